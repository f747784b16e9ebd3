using System.CommandLine;

using Rote.Datasets;
using Rote.Datasets.Shapes;
using Rote.Reports;

namespace Rote.Cli.Commands;

/// <summary><c>rote data list|get|show</c>: what can be had by name, fetching it, and a picture of it.</summary>
internal static class DataCommand
{
    /// <summary>The command with its three parts.</summary>
    /// <param name="output">Takes results.</param>
    /// <param name="progress">Takes what is told on the way.</param>
    /// <param name="cache">The data folder; asked when a command runs.</param>
    public static Command Create(TextWriter output, IProgress<DownloadProgress> progress, Func<DataFolder> cache) =>
        new("data", "List, fetch and look at data sets.") { List(output, cache), Get(output, progress, cache), Show(output, progress, cache) };

    private static Command List(TextWriter output, Func<DataFolder> cache)
    {
        var command = new Command("list", "List the data sets that can be had by name, and where each is.");
        command.SetAction(_ =>
        {
            var folder = cache();
            string[] header = ["Name", "Title", "Train", "Test", "Image", "Classes", "Where"];
            string[][] rows = [header, .. DataCatalog.Entries.Select(e => Row(e, folder))];
            var widths = header.Select((_, column) => rows.Max(r => r[column].Length)).ToArray();
            foreach (var row in rows)
            {
                // Counts are read by their last digit, words by their first.
                var cells = row.Select((text, column) => column is 2 or 3 or 5 ? text.PadLeft(widths[column]) : text.PadRight(widths[column]));
                output.WriteLine(string.Join("  ", cells).TrimEnd());
            }
        });
        return command;
    }

    private static string[] Row(CatalogEntry entry, DataFolder folder) =>
    [
        entry.Name, entry.Title, $"{entry.TrainExamples:N0}", $"{entry.TestExamples:N0}",
        $"{entry.Height}×{entry.Width}×{entry.Channels}", $"{entry.ClassNames.Count}", Where(entry, folder),
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

    private static Command Get(TextWriter output, IProgress<DownloadProgress> progress, Func<DataFolder> cache)
    {
        var name = Name();
        var command = new Command("get", "Fetch a data set into the data folder and check it; what is there already is only checked.") { name };
        command.SetAction((arguments, token) =>
        {
            var entry = DataCatalog.Find(arguments.GetRequiredValue(name));
            var folder = cache();
            DataCatalog.Fetch(entry.Name, folder, progress, token);
            output.WriteLine(entry.Files.Count == 0
                ? $"{entry.Name} is drawn when asked for; there is nothing to fetch."
                : $"{entry.Name} is in {folder.Of(entry.Name)}: {entry.Files.Count} files, {entry.Bytes / 1e6:F0} MB, every SHA-256 as expected.");
            return Task.FromResult(0);
        });
        return command;
    }

    private static Command Show(TextWriter output, IProgress<DownloadProgress> progress, Func<DataFolder> cache)
    {
        var name = Name();
        var file = new Option<string?>("--out") { Description = "The picture's file. Default: NAME.png", HelpName = "FILE" };
        var perClass = new Option<int>("--per-class") { Description = "Examples a class, 1 to 100", DefaultValueFactory = _ => 10, HelpName = "N" };
        var split = new Option<string>("--split") { Description = "train or test", DefaultValueFactory = _ => "train", HelpName = "SPLIT" };
        var command = new Command("show", "Write a picture of a data set's first examples, one row a class.") { name, file, perClass, split };
        command.SetAction((arguments, token) =>
        {
            var entry = DataCatalog.Find(arguments.GetRequiredValue(name));
            var count = arguments.GetValue(perClass);
            if (count is < 1 or > 100)
            {
                throw new InputException($"--per-class is {count}, expected 1 to 100.");
            }

            var isTest = arguments.GetValue(split) switch
            {
                "train" => false,
                "test" => true,
                var other => throw new InputException($"--split is \"{other}\", expected train or test."),
            };
            var path = Path.GetFullPath(arguments.GetValue(file) ?? $"{entry.Name}.png");

            // A set that is drawn begins with every class equally often, however many follow: no more is drawn than is shown.
            using var data = entry.Files.Count == 0
                ? ShapeImages.Generate(count * entry.ClassNames.Count, count * entry.ClassNames.Count)
                : DataCatalog.Load(entry.Name, cache(), progress, token);
            var sheet = ContactSheet.Png(isTest ? data.Test : data.Train, $"{entry.Name}, {(isTest ? "test" : "train")}: the first {count} of each class", count);
            AtomicFile.Write(path, stream => stream.Write(sheet));
            output.WriteLine($"Wrote {path}.");
            return Task.FromResult(0);
        });
        return command;
    }

    private static Argument<string> Name() => new("NAME") { Description = $"One of {string.Join(", ", DataCatalog.Entries.Select(e => e.Name))}." };
}
