using System.Security.Cryptography;
using Rote.Data.Download;
using Rote.Data.Labels;
using Rote.Data.Splitting;
using static TorchSharp.torch;

namespace Rote.Data.Formats;

/// <summary>A request to read the user's own data.</summary>
/// <param name="Path">The file or folder, as the user gave it.</param>
/// <param name="Name">Its short name, fit for file names; the <see cref="DataSpec.Name"/> of the result.</param>
/// <param name="Options">How to read it; only options that the reader takes are set.</param>
/// <param name="Progress">Receives sentences on what was understood and what is not used; null for silence.</param>
/// <param name="Token">Cancels the reading.</param>
public sealed record DataRequest(
    string Path,
    string Name,
    UserDataOptions Options,
    IProgress<DownloadProgress>? Progress,
    CancellationToken Token
)
{
    /// <summary>Tells the user a sentence.</summary>
    /// <param name="sentence">What was understood, or what is not used.</param>
    public void Report(string sentence) => Progress?.Report(new DownloadProgress(sentence));

    /// <summary>Tells the user a sentence that may name settings.</summary>
    /// <param name="sentence">What was understood, or what is not used.</param>
    public void Report(Sentence sentence) => Progress?.Report(new DownloadProgress(sentence));

    /// <summary>Makes labelled data from examples without a test part: finds the classes and splits off a fifth of each, always the same
    /// examples.</summary>
    /// <param name="examples">[N, H, W, C] uint8 or float32 in [0, 255], or vectors [N, D] float32 or float64, in the order of the source;
    /// the caller still owns them.</param>
    /// <param name="labels">[N] labels as they are written; whole numbers make classes in numerical order, texts in ordinal order.</param>
    /// <param name="files">The files that were read: their content is the data's name in experiments.</param>
    /// <param name="featureNames">[D] the user's names of the features; null where they have none.</param>
    /// <returns>The data, which the caller owns.</returns>
    /// <exception cref="InputException">There are fewer than two classes, or no class has two examples.</exception>
    /// <exception cref="MachineException">A file cannot be read.</exception>
    public NamedData Whole(
        Tensor examples,
        IReadOnlyList<string> labels,
        IReadOnlyList<string> files,
        IReadOnlyList<string>? featureNames = null
    )
    {
        if (labels.Count != examples.shape[0])
        {
            throw new ArgumentException(
                $"There are {labels.Count} labels, expected one for each of {examples.shape[0]} examples.",
                nameof(labels)
            );
        }

        var texts = Texts(labels);
        var classes = ClassList.Of(texts.Distinct, Path);
        var numbers = texts.Numbers(classes, Path);
        SplitOff.RequireTestable(numbers, classes.Names, Path, Progress);
        var file = FileName;
        var provenance = new Provenance(Name, $"{file}, {SplitOff.Words}", Sha256Of(files));
        var spec = new DataSpec { Name = Name, Sha256 = provenance.Sha256 };
        return new NamedData(
            spec,
            SplitOff.Of(examples, numbers, classes.Names, provenance, SourceRows.Of(file, labels.Count), featureNames)
        );
    }

    /// <summary>Makes labelled data from examples that come with a test part; both parts keep their order.</summary>
    /// <param name="train">The training examples and their labels.</param>
    /// <param name="test">The test examples, of the same shape, and their labels, all of which must occur in training.</param>
    /// <param name="files">The files that were read: their content is the data's name in experiments.</param>
    /// <returns>The data, which the caller owns.</returns>
    /// <exception cref="InputException">There are fewer than two classes, or a test label does not occur in training.</exception>
    /// <exception cref="MachineException">A file cannot be read.</exception>
    public NamedData Parts(
        (Tensor Examples, IReadOnlyList<string> Labels) train,
        (Tensor Examples, IReadOnlyList<string> Labels) test,
        IReadOnlyList<string> files
    ) => Parts(train, test, files, null, null);

    /// <summary>The same, where each part's examples are rows of files.</summary>
    internal NamedData Parts(
        (Tensor Examples, IReadOnlyList<string> Labels) train,
        (Tensor Examples, IReadOnlyList<string> Labels) test,
        IReadOnlyList<string> files,
        SourceRows? trainRows,
        SourceRows? testRows
    )
    {
        var texts = Texts(train.Labels);
        var classes = ClassList.Of(texts.Distinct, Path);
        var provenance = new Provenance(Name, $"{FileName}, with its own test examples", Sha256Of(files));
        var spec = new DataSpec { Name = Name, Sha256 = provenance.Sha256 };
        return new NamedData(
            spec,
            new DatasetSplits(
                new Dataset(train.Examples, tensor(texts.Numbers(classes, Path)), classes.Names, Split.Train, provenance, trainRows),
                new Dataset(
                    test.Examples,
                    tensor(Texts(test.Labels).Numbers(classes, Path)),
                    classes.Names,
                    Split.Test,
                    provenance,
                    testRows
                )
            )
        );
    }

    private string FileName => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(Path)));

    private LabelTexts Texts(IReadOnlyList<string> labels)
    {
        var texts = new LabelTexts();
        return labels.FirstOrDefault(label => !texts.Add(label)) is { } longest
            ? throw new InputException($"{Path} has a label of {longest.Length} characters, expected at most {LabelTexts.Longest}.")
            : texts;
    }

    /// <summary>Returns the checksum of the files' content and names, for <see cref="DataSpec.Sha256"/>.</summary>
    /// <param name="files">The files, in an order that does not depend on the machine.</param>
    /// <returns>The SHA-256 of the list of their SHA-256, in 64 lower-case hexadecimal digits.</returns>
    /// <exception cref="MachineException">A file cannot be read.</exception>
    public static string Sha256Of(IEnumerable<string> files)
    {
        using var hash = new ContentHash();
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var path in files)
        {
            try
            {
                ContentHash.OfFile(path, digest);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new MachineException($"{path} cannot be read ({e.Message.Split('\n')[0]}); check its permissions.", e);
            }

            hash.Add(System.IO.Path.GetFileName(path), digest);
        }

        return hash.Result();
    }
}
