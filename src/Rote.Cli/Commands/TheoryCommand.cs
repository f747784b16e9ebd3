using System.CommandLine;
using Rote.Cli.Displays;
using Rote.Data;
using Rote.Tensors;
using Rote.Theory;
using static TorchSharp.torch;

namespace Rote.Cli.Commands;

/// <summary><c>rote theory theorem1|kernel|minimum-norm</c>: what needs no training to be shown.</summary>
internal static class TheoryCommand
{
    /// <summary>The command with its three parts.</summary>
    public static Command Create() =>
        new("theory", "What needs no training: the 2n + d network of Theorem 1, kernel interpolation, the solution that SGD finds")
        {
            TheoryTheorem1Command.Create(),
            TheoryKernelCommand.Create(),
            TheoryMinimumNormCommand.Create(),
        };

    /// <summary>How own data is read.</summary>
    public static DataOptions OwnData { get; } = new();

    /// <summary>The data set.</summary>
    public static Argument<string> Data() =>
        new("DATA") { Description = "A catalog name ('rote data list' shows them) or the path of your own pictures, arrays or tables" };

    /// <summary>How many training examples.</summary>
    public static Option<int?> Examples(string otherwise) =>
        new("--examples") { Description = $"Only the first N training examples [default: {otherwise}]", HelpName = "N" };

    /// <summary>The randomness.</summary>
    public static Option<long> Seed() => new("--seed") { Description = "Seed of every random draw", DefaultValueFactory = _ => 1 };

    /// <summary>Where the page goes.</summary>
    public static Option<string?> Report() =>
        new("--report") { Description = "Also write a page that explains the result, with pictures", HelpName = "FILE.html" };

    /// <summary>Loads the data, computes with a display, and prints; an interruption is reported.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="threads">Threads to compute with.</param>
    /// <param name="work">Computes and prints.</param>
    public static int Run(ParseResult parse, int threads, Action<Screen, DatasetCache, IProgress<TheoryProgress>, CancellationToken> work)
    {
        var screen = new Screen(parse);
        if (threads is < 1 or > 1024)
        {
            throw new InputException($"The number of threads is {threads}, expected 1 to 1024.");
        }

        using var interrupt = new Interrupt(screen, $"Interrupted; nothing was kept. Once more: {CommandLine.Typed(parse)}");
        using var shelf = new DatasetCache(screen, interrupt.Token);
        try
        {
            TorchLibrary.Load();
            set_num_threads(threads);
            using var display = new TheoryDisplay(screen, TimeProvider.System);
            work(screen, shelf, display, interrupt.Token);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return interrupt.Stopped();
        }
    }

    /// <summary>The part of a data set that the user asked for, vectors standardized; the caller owns it.</summary>
    /// <param name="parse">The command line: how own data is read.</param>
    /// <param name="screen">Where to say what is not as asked.</param>
    /// <param name="shelf">Where it is kept.</param>
    /// <param name="name">A catalog name or a path.</param>
    /// <param name="examples">Training examples at most; null: all.</param>
    /// <param name="isCentred">Whether the means of features become 0.</param>
    public static DatasetSplits Load(
        ParseResult parse,
        Screen screen,
        DatasetCache shelf,
        string name,
        int? examples,
        bool isCentred = true
    )
    {
        var spec = shelf.Find(name, OwnData.Read(parse), OwnData.Encoder(parse));
        var whole = shelf.Load(spec);
        var cut = ExampleCount.Fit(screen, spec, whole, examples).Cut(whole);
        if (!cut.Train.IsVectors)
        {
            return cut;
        }

        using (cut)
        {
            // Features of a table have scales of their own, and the distance between two rows would be that of the largest.
            // Without centring one example may be asked for, which has no deviation: then the scales are those of all.
            var features = VectorFeatures.Of(isCentred ? cut.Train : whole.Train);
            return cut.Map(part => isCentred ? features.Standardize(part) : Scaled(features, part));
        }
    }

    /// <summary>Vectors in units of each feature's deviation, with the means kept: rows whose means are taken away sum to 0, so that the
    /// last is known from the others.</summary>
    private static Dataset Scaled(VectorFeatures features, Dataset part)
    {
        using var scope = NewDisposeScope();
        using var standardized = features.Standardize(part); // a missing value counts as the mean
        var means = features.Means.Zip(features.Deviations, (mean, deviation) => deviation == 0 ? 0 : (float)(mean / deviation));
        return part.With(standardized.Pixels + tensor(means.ToArray()));
    }

    /// <summary>What makes a result reproducible.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="data">The data; null where it was generated.</param>
    /// <param name="more">Facts of this result.</param>
    public static IReadOnlyList<(string Name, string Value)> Provenance(
        ParseResult parse,
        Provenance? data,
        params (string Name, string Value)[] more
    )
    {
        (string, string)[] source = data is null ? [] : [("Data", $"{data.Name}, from {data.Source}"), ("Data SHA-256", data.Sha256)];
        return [("Command", CommandLine.Of(parse)), .. more, .. source, .. MachineFacts.Now()];
    }
}
