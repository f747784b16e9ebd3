using Rote.Corruptions;
using Rote.Data;
using Rote.Experiments;
using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Tests.Support;

/// <summary>Runs that are really trained, in a fraction of a second.</summary>
internal sealed class TinyRuns : IDisposable
{
    public const int Train = 120;
    public const int Test = 60;

    public TinyRuns(int side = 6) => Data = Samples.Learnable(Train, Test, side);

    public TempFolder Folder { get; } = new();

    /// <summary>Four classes of grey pictures, called "class 0" to "class 3".</summary>
    public DatasetSplits Data { get; }

    public RunStore Store => new(Folder.File("runs"), TimeProvider.System);

    public static Experiment Experiment(
        Corruption? corruption = null,
        NetworkSpec? network = null,
        int? cropSide = null,
        Precision precision = Precision.Float32
    ) =>
        new()
        {
            Data = new DataSpec
            {
                Name = "sample",
                Examples = 100,
                CropSide = cropSide,
            },
            Corruption = corruption ?? new TrueLabels(),
            Network = network ?? new Mlp { Hidden = [8] },
            Recipe = new Recipe
            {
                Epochs = 3,
                BatchSize = 32,
                Precision = precision,
            },
            Threads = 1,
        };

    public FinishedRun Finish(Experiment? experiment = null) => Flow.Run(experiment ?? Experiment(), Store, _ => Data);

    public NamedData Named() => new(new DataSpec { Name = "sample" }, Data);

    /// <summary>The same pictures under another name, with other class names or class numbers, as someone's own data.</summary>
    /// <param name="classNames">Names for the classes.</param>
    /// <param name="number">From the class numbers of <see cref="Data"/> to those of <paramref name="classNames"/>.</param>
    public NamedData Others(string[] classNames, Func<long, long>? number = null)
    {
        using var scope = NewDisposeScope();
        return new NamedData(
            new DataSpec { Name = "others", Sha256 = new string('b', 64) },
            new DatasetSplits(Renamed(Data.Train), Renamed(Data.Test))
        );

        Dataset Renamed(Dataset images)
        {
            var labels = images.Labels.data<long>().ToArray();
            var rows = Enumerable.Range(0, labels.Length).Where(i => Number(labels[i]) >= 0).Select(i => (long)i).ToArray();
            return new Dataset(
                images.Pixels.index_select(0, tensor(rows)),
                tensor(rows.Select(r => Number(labels[r])).ToArray(), int64),
                classNames,
                images.Split,
                new Provenance("others", "made by the test", new string('b', 64)),
                SourceRows.OfFiles(rows.Select(r => $"picture {r}"))
            );
        }

        long Number(long label) => number?.Invoke(label) ?? label;
    }

    public void Dispose()
    {
        Data.Dispose();
        Folder.Dispose();
    }
}
