using System.Security.Cryptography;
using System.Text;
using Rote.Data.Formats.Pictures;
using Rote.Data.Formats.Pictures.Layouts;
using Rote.Data.Labels;
using Rote.Data.Splitting;
using Rote.Data.Texts;
using static TorchSharp.torch;

namespace Rote.Data.Formats.TextFiles;

/// <summary>Loads a folder of texts, laid out like pictures: one folder per class, for all texts or separately for training and
/// testing.</summary>
internal sealed class TextFolder
{
    /// <summary>A larger file is too long to be an example.</summary>
    private const long LargestFile = 16L << 20;

    /// <summary>Folders beside the classes that hold unlabelled training texts, as in IMDB.</summary>
    private static readonly string[] Unlabelled = ["unsup", "unlabelled", "unlabeled"];

    /// <summary>The only column of the data: the texts.</summary>
    private static readonly DataColumn[] Columns = [new DataColumn { Name = "text", Kind = DataColumnKind.Text }];

    private readonly FolderListing _listing;
    private readonly List<(string Path, string Class, Split? Split)> _files = [];
    private readonly List<Sentence> _notes = [];

    private TextFolder(FolderListing listing) => _listing = listing;

    /// <summary>Whether a file name ends in .txt.</summary>
    public static bool IsText(string name) => name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase);

    /// <summary>Loads a folder.</summary>
    /// <param name="request">The request, with the folder's path.</param>
    /// <returns>Texts, which the caller owns.</returns>
    /// <exception cref="InputException">There are fewer than two classes of texts, or a file is not a text.</exception>
    /// <exception cref="MachineException">It cannot be read, or does not fit into memory.</exception>
    public static NamedData Load(DataRequest request)
    {
        var work = new TextFolder(List(request.Path));
        work.FindFiles();
        foreach (var note in work._notes)
        {
            request.Report(note);
        }

        using var scope = NewDisposeScope();
        return work.Assemble(request);
    }

    /// <summary>Loads all texts in a folder, or a single text, without labels.</summary>
    /// <param name="path">The folder or the file.</param>
    /// <param name="name">A short name of the data.</param>
    /// <param name="classNames">The classes that may be predicted.</param>
    /// <param name="token">Stops.</param>
    /// <returns>Texts in ordinal order of their paths, with labels that mean nothing; the caller owns them.</returns>
    /// <exception cref="InputException">There is no text, or a file is not a text.</exception>
    /// <exception cref="MachineException">It cannot be read, or does not fit into memory.</exception>
    public static (DataSpec Spec, Dataset Examples) LoadUnlabelled(
        string path,
        string name,
        IReadOnlyList<string> classNames,
        CancellationToken token
    )
    {
        var listing = List(path);
        string[] files = [.. listing.Pictures.Select(p => p.Path)];
        if (files.Length == 0)
        {
            throw new InputException($"{listing.Root} has no texts in it, expected files whose names end in .txt.");
        }

        using var scope = NewDisposeScope();
        var (texts, sha256) = Read(listing.Root, files, token);
        var examples = new Dataset(
            HashedWords.Of(texts, token),
            zeros(files.Length, int64),
            classNames,
            Split.Test,
            new Provenance(name, $"a folder of {files.Length:N0} texts without labels", sha256),
            SourceRows.OfFiles(files),
            columns: Columns,
            texts: texts
        );
        return (new DataSpec { Name = name, Sha256 = sha256 }, examples);
    }

    /// <summary>Lists the folder with its texts in the place of pictures, so that the same layouts are found.</summary>
    private static FolderListing List(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        try
        {
            var all = FolderWalk.List(full, followLinks: false);
            return all with { Pictures = [.. all.Others.Where(f => IsText(f.Name))], Others = [.. all.Others.Where(f => !IsText(f.Name))] };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{full} cannot be listed ({e.Message.Split('\n')[0]}); check its permissions.", e);
        }
    }

    private void FindFiles()
    {
        var parts = FolderParts.Find(_listing);
        var train = parts.Train is null ? parts.Base : FolderParts.Unwrap(_listing, parts.Train);
        var test = parts
            .Tests.Select(t => FolderParts.Unwrap(_listing, t))
            .FirstOrDefault(t => _listing.FoldersOf(t).Any(name => _listing.FoldersOf(train).Contains(name)));
        string[] aside = test is null ? [] : [.. Unlabelled.Except(_listing.FoldersOf(test))];
        Add(train, test is null ? null : Split.Train, aside);
        if (test is not null)
        {
            Add(test, Split.Test, []);
        }

        var known = _files.Where(f => f.Split != Split.Test).Select(f => f.Class).ToHashSet(StringComparer.Ordinal);
        if (known.Count < 2)
        {
            throw new InputException(
                $"{Path.Combine(_listing.Root, train)} has {(known.Count == 0 ? "no folder" : "one folder only")} with .txt files in it, "
                    + $"expected one folder of texts per class, and at least two."
            );
        }

        var twins = known.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        if (twins is not null)
        {
            throw new InputException(
                $"{_listing.Root} has folders whose names differ only in upper and lower case: "
                    + $"{string.Join(", ", twins.Order(StringComparer.Ordinal))}; rename one, or put their texts together."
            );
        }

        var strangers = _files.RemoveAll(f => !known.Contains(f.Class));
        if (strangers > 0)
        {
            _notes.Add($"Left out, because there is no text of their class to train on: {strangers:N0} texts to test.");
        }

        var unread = _listing.Pictures.Length + _listing.Others.Length - _files.Count - strangers;
        if (unread > 0)
        {
            _notes.Add($"Files not read, because they are no .txt files or lie in no class's folder: {unread:N0}.");
        }

        _notes.AddRange(_listing.LinkNotes);
    }

    private void Add(string part, Split? split, string[] aside)
    {
        foreach (var name in _listing.FoldersOf(part))
        {
            ListedFile[] texts = [.. _listing.PicturesIn(FolderListing.Join(part, name))];
            if (aside.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                _notes.Add($"Left out as texts without labels: {FolderListing.Join(part, name)}/ ({texts.Length:N0}).");
                continue;
            }

            _files.AddRange(texts.Select(t => (t.Path, LabelTexts.Clean(name), split)));
        }
    }

    private NamedData Assemble(DataRequest request)
    {
        var files = _files.OrderBy(f => f.Path, StringComparer.Ordinal).ToArray();
        string[] names = [.. files.Where(f => f.Split != Split.Test).Select(f => f.Class).Distinct().Order(StringComparer.Ordinal)];
        var labels = Array.ConvertAll(files, f => (long)Array.IndexOf(names, f.Class));
        var (texts, sha256) = Read(_listing.Root, Array.ConvertAll(files, f => f.Path), request.Token);
        var isSplit = files.Any(f => f.Split == Split.Test);
        var provenance = new Provenance(
            request.Name,
            $"a folder of {files.Length:N0} texts, {(isSplit ? "with its own test texts" : SplitOff.Words)}",
            sha256
        );
        var spec = new DataSpec { Name = request.Name, Sha256 = sha256 };
        var (words, rows) = (HashedWords.Of(texts, request.Token), SourceRows.OfFiles(files.Select(f => f.Path)));
        if (!isSplit)
        {
            SplitOff.RequireTestable(labels, names, _listing.Root, request.Progress);
            return new NamedData(spec, SplitOff.Of(words, labels, names, provenance, rows, columns: Columns, texts: texts));
        }

        return new NamedData(spec, new DatasetSplits(Given(Split.Train), Given(Split.Test)));

        Dataset Given(Split split)
        {
            var taken = StratifiedSplit.Shuffle(
                StratifiedSplit.Where([.. files.Select(f => f.Split == Split.Test)], value: split == Split.Test),
                split
            );
            return new Dataset(
                words.index_select(0, tensor(taken)),
                tensor(Array.ConvertAll(taken, row => labels[row])),
                names,
                split,
                provenance,
                rows.Select(taken),
                columns: Columns,
                texts: [.. taken.Select(row => texts[row])]
            );
        }
    }

    private static (string[] Texts, string Sha256) Read(string root, string[] files, CancellationToken token)
    {
        // The hashed words, and their copies in the split.
        MemoryGuard.Require(root, "texts", 2L * sizeof(float) * HashedWords.Size, files.Length, "give fewer texts");
        using var hash = new ContentHash();
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var texts = new string[files.Length];
        for (var i = 0; i < files.Length; i++)
        {
            token.ThrowIfCancellationRequested();
            var bytes = Bytes(root, files[i]);
            texts[i] = Decoded(bytes, Path.Combine(root, files[i]));
            SHA256.HashData(bytes, digest);
            hash.Add(files[i], digest);
        }

        hash.Add(HashedWords.Mark, new byte[SHA256.HashSizeInBytes]);
        return (texts, hash.Result());
    }

    private static byte[] Bytes(string root, string file)
    {
        var path = Path.Combine(root, file);
        try
        {
            return new FileInfo(path).Length <= LargestFile
                ? File.ReadAllBytes(path)
                : throw new InputException($"{path} has more than {LargestFile >> 20} MiB, expected a text that is an example.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be read ({e.Message.Split('\n')[0]}); check its permissions.", e);
        }
    }

    private static string Decoded(byte[] bytes, string path)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(bytes), TextEncoding.Of(bytes), detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd().Trim();
        }
        catch (DecoderFallbackException error)
        {
            throw new InputException($"{path} is not UTF-8; save it as UTF-8, or remove it.", error);
        }
    }
}
