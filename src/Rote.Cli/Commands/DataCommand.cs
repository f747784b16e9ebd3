using System.CommandLine;
using Rote.Cli.Documents;
using Rote.Data;
using Rote.Data.Catalog;
using Rote.Data.Download;
using Rote.Data.Shapes;
using Rote.Reports.Images;
using Rote.Tensors;

namespace Rote.Cli.Commands;

/// <summary><c>rote data list|get|show|check|pack</c>: what can be had by name, fetching it, a picture of it, what is odd in it, and one
/// file of many.</summary>
internal static class DataCommand
{
    private const int MaxPerClass = 100;

    /// <summary>The command with its five parts.</summary>
    /// <param name="cache">The data folder, asked when a command runs; null for the user's.</param>
    public static Command Create(Func<DataFolder>? cache = null)
    {
        var folder = cache ?? DataFolder.Default;
        return new Command("data", "List, fetch, look at, check and pack data sets")
        {
            List(folder),
            Get(folder),
            Show(folder),
            DataCheckCommand.Create(folder, Interruptible),
            DataPackCommand.Create(folder, Interruptible),
        };
    }

    private static Command List(Func<DataFolder> cache)
    {
        var command = new Command("list", "List the data sets that can be had by name, and where each is");
        command.SetAction(parse =>
        {
            var screen = new Screen(parse);
            var folder = cache();
            string[] header = ["Name", "Title", "Train", "Test", "Example", "Classes", "Where"];
            string[][] rows = [header, .. DataCatalog.Entries.Select(e => Row(e, folder))];
            var widths = header.Select((_, column) => rows.Max(r => r[column].Length)).ToArray();
            foreach (var row in rows)
            {
                // Counts are read by their last digit, words by their first.
                var cells = row.Select(
                    (text, column) => column is 2 or 3 or 5 ? text.PadLeft(widths[column]) : text.PadRight(widths[column])
                );
                screen.PeopleWriter.WriteLine(string.Join("  ", cells).TrimEnd());
            }

            screen.Document(DataCatalog.Entries.Select(e => CatalogDocument.Of(e, folder)));
        });
        return command;
    }

    private static string[] Row(CatalogEntry entry, DataFolder folder) =>
        [
            entry.Name,
            entry.Title,
            $"{entry.TrainExamples:N0}",
            $"{entry.TestExamples:N0}",
            entry.IsVector ? $"{entry.Width} features" : $"{entry.Height}×{entry.Width}×{entry.Channels}",
            $"{entry.ClassNames.Count}",
            Where(entry, folder),
        ];

    private static string Where(CatalogEntry entry, DataFolder folder)
    {
        if (entry.Files.Count == 0)
        {
            return "drawn when asked for, no download";
        }

        return entry.IsCached(folder)
            ? $"in {folder.Of(entry.Name)} ({entry.Bytes / 1e6:F0} MB)"
            : $"not here yet: rote data get {entry.Name} ({entry.Bytes / 1e6:F0} MB)";
    }

    private static Command Get(Func<DataFolder> cache)
    {
        var name = Name();
        var command = new Command("get", "Fetch a data set into the data folder and check it; what is there already is only checked")
        {
            name,
        };
        command.SetAction(parse =>
            Interruptible(
                parse,
                (screen, progress, cancel) =>
                {
                    var entry = DataCatalog.Find(parse.GetRequiredValue(name));
                    var folder = cache();
                    DataCatalog.Fetch(entry.Name, folder, progress, cancel);
                    screen.Line(
                        entry.KeptAs is not null ? $"{entry.Name} is in {folder.Of(entry.Name)}."
                        : entry.Files.Count == 0 ? $"{entry.Name} is drawn when asked for; there is nothing to fetch."
                        : $"{entry.Name} is in {folder.Of(entry.Name)}: {entry.Files.Count} files, {entry.Bytes / 1e6:F0} MB, every "
                            + $"SHA-256 as expected."
                    );
                    screen.Document(CatalogDocument.Of(entry, folder));
                }
            )
        );
        return command;
    }

    private static Command Show(Func<DataFolder> cache)
    {
        var name = new Argument<string>("DATA")
        {
            Description =
                $"One of {string.Join(", ", DataCatalog.Entries.Select(e => e.Name))}; or the path of your own pictures, texts or tables",
        };
        var ownData = new DataOptions(encoder: EncoderUse.Never);
        var file = new Option<string?>("--out") { Description = "The picture's file [default: NAME.png]", HelpName = "FILE" };
        var perClass = new Option<int>("--per-class")
        {
            Description = $"Examples a class, 1 to {MaxPerClass}",
            DefaultValueFactory = _ => 10,
            HelpName = "N",
        };
        var split = new Option<string>("--split")
        {
            Description = "train or test",
            DefaultValueFactory = _ => "train",
            HelpName = "SPLIT",
        };
        var command = new Command(
            "show",
            "Write a picture of a data set's first examples, one row a class; of a table its columns; of texts say the first"
        )
        {
            name,
            file,
            perClass,
            split,
        };
        command.SetAction(parse =>
            Interruptible(
                parse,
                (screen, progress, cancel) =>
                {
                    var asked = parse.GetRequiredValue(name);
                    var own = ownData.Read(parse);
                    var isDrawn = DatasetLoader.IsCatalogName(asked) && DataCatalog.Find(asked) is { Files.Count: 0, KeptAs: null };
                    var count = parse.GetValue(perClass) is >= 1 and <= MaxPerClass and var number
                        ? number
                        : throw new InputException($"--per-class is {parse.GetValue(perClass)}, expected 1 to {MaxPerClass}.");
                    var isTest = parse.GetValue(split) switch
                    {
                        "train" => false,
                        "test" => true,
                        var other => throw new InputException($"--split is \"{other}\", expected train or test."),
                    };

                    TorchLibrary.Load();
                    using var data = isDrawn ? Drawn(asked, own, count) : DatasetLoader.Load(asked, cache(), own, progress, cancel);
                    Draw(screen, data, isDrawn, isTest, count, parse.GetValue(file));
                }
            )
        );
        return ownData.AddTo(command);
    }

    private static void Draw(Screen screen, NamedData data, bool isDrawn, bool isTest, int count, string? file)
    {
        var shown = isTest ? data.Data.Test : data.Data.Train;
        if (shown.Texts is not null)
        {
            ShowTexts(screen, data, shown, count);
            return;
        }

        var path = Path.GetFullPath(file ?? $"{data.Spec.Name}.png");
        var part = isTest ? "test" : "train";
        var sheet = shown.IsVectors
            ? TableSheet.Png(shown, $"{data.Spec.Name}, {part}: the values of each column in each class")
            : ContactSheet.Png(shown, $"{data.Spec.Name}, {part}: the first {count} of each class", count);
        AtomicFile.Write(path, stream => stream.Write(sheet));
        foreach (var line in isDrawn ? [] : DataFacts.Of(data))
        {
            screen.Line(line);
        }

        screen.Line($"Wrote {path}.");
        screen.Document<object>(isDrawn ? new DrawnDataDocument(path) : DataFacts.Document(data, path));
    }

    /// <summary>Texts have no picture: the first of each class are said.</summary>
    private static void ShowTexts(Screen screen, NamedData data, Dataset shown, int perClass)
    {
        foreach (var line in DataFacts.Of(data).Concat(DataFacts.Texts(shown, perClass)))
        {
            screen.Line(line);
        }

        screen.Document(DataFacts.Document(data, file: null));
    }

    // A set that is drawn begins with every class equally often, however many follow: no more is drawn than is shown.
    private static NamedData Drawn(string name, UserDataOptions own, int perClass)
    {
        DatasetLoader.RequireDefaults(name, own);
        var entry = DataCatalog.Find(name);
        if (entry.IsVector)
        {
            return new NamedData(new DataSpec { Name = name }, DataCatalog.Load(name, DataFolder.Default()));
        }

        var count = perClass * entry.ClassNames.Count;
        return new NamedData(new DataSpec { Name = name }, ShapeImages.Generate(count, count));
    }

    private static int Interruptible(ParseResult parse, Action<Screen, IProgress<DownloadProgress>?, CancellationToken> work)
    {
        var screen = new Screen(parse);
        using var interrupt = new Interrupt(screen, $"Interrupted; what has arrived is kept. Go on with: {CommandLine.Typed(parse)}");
        try
        {
            work(screen, screen.Quiet ? null : new DownloadLines(screen.PeopleWriter, screen.IsLive, screen.NameOf), interrupt.Token);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return interrupt.Stopped();
        }
    }

    private static Argument<string> Name() =>
        new("NAME") { Description = $"One of {string.Join(", ", DataCatalog.Entries.Select(e => e.Name))}" };
}
