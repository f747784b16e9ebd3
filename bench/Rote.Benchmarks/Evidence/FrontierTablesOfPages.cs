using System.Globalization;
using Rote.Studies.Frontiers;

namespace Rote.Benchmarks.Evidence;

/// <summary>Tables of pages whose numbers come from frontiers.</summary>
internal static class FrontierTablesOfPages
{
    /// <summary>Test accuracy in percent, a row a tool, a column a degree; bold is the best, and what is level with it.</summary>
    public static string Accuracies(FrontierEvidence file, IReadOnlyList<string> tools, string old)
    {
        var table = MarkdownTable.Parse(old);
        foreach (var (column, degree) in Degrees(table))
        {
            var accuracies = tools.Select(tool => file.At(tool, degree)).ToArray();
            var best = accuracies.OfType<Measurement.Estimate>().DefaultIfEmpty().MaxBy(accuracy => accuracy.Value); // none may reach it
            foreach (var (cells, accuracy) in Rows(table, accuracies))
            {
                cells[column] = "not reached";
                if (accuracy is { } found)
                {
                    var isLevel = best.Value - found.Value <= double.Hypot(best.StandardError, found.StandardError);
                    cells[column] = $"{Bold($"{100 * found.Value:0.0}", isLevel)} ± {100 * found.StandardError:0.0}";
                }
            }
        }

        return table.ToString();
    }

    /// <summary>By how many points the dial is above the best tool, a row a file, a column a degree; bold where it is below.</summary>
    public static string Leads(IReadOnlyList<FrontierEvidence> files, string old)
    {
        var table = MarkdownTable.Parse(old);
        foreach (var (column, degree) in Degrees(table))
        {
            foreach (var (cells, file) in Rows(table, files))
            {
                cells[column] = file.Lead(degree) is { } lead
                    ? Bold($"{100 * lead.Value:+0.0;−0.0;0.0} ± {100 * lead.StandardError:0.0}", lead.Value < 0)
                    : "none reaches it";
            }
        }

        return table.ToString();
    }

    /// <summary>Memorization of the data's own wrong labels, a row a file, a column a degree that was asked for.</summary>
    public static string WrongLabels(IReadOnlyList<FrontierEvidence> files, string old)
    {
        var table = MarkdownTable.Parse(old);
        foreach (var (column, degree) in Degrees(table))
        {
            foreach (var (cells, file) in Rows(table, files))
            {
                cells[column] = $"{file.Dial.Where(run => run.Asked == degree).Average(run => run.WrongLabels!.Value):0.00}";
            }
        }

        return table.ToString();
    }

    /// <summary>How near the dial comes, a row a data set: distance on steering canaries, intervals that hold, distance of the data's own
    /// wrong labels from the held-out canaries; for one network and then another.</summary>
    /// <param name="files">Two a row.</param>
    /// <param name="old">The table with the page's words.</param>
    public static string SetPoints(IReadOnlyList<FrontierEvidence> files, string old)
    {
        var table = MarkdownTable.Parse(old);
        foreach (var (cells, pair) in Rows(table, [.. files.Chunk(2)]))
        {
            for (var i = 0; i < pair.Length; i++)
            {
                var runs = pair[i].Dial.ToArray();
                var holds = runs.Count(run => run.HeldOut.Holds(run.Asked!.Value));
                cells[1 + (3 * i)] = FrontierNumbers.Off([pair[i]]);
                cells[2 + (3 * i)] = Bold($"{holds} of {runs.Length}", holds < 0.8 * runs.Length);
                cells[3 + (3 * i)] = runs.All(run => run.WrongLabels is not null)
                    ? $"{runs.Average(run => Math.Abs(run.WrongLabels!.Value - run.HeldOut.Value)):0.000}"
                    : "";
            }
        }

        return table.ToString();
    }

    /// <summary>Runs whose interval does not hold what was asked, in the order of the files.</summary>
    public static string Misses(IReadOnlyList<FrontierEvidence> files, string old)
    {
        var table = MarkdownTable.Parse(old);
        var misses = files.SelectMany(file => file.Dial).Where(run => !run.HeldOut.Holds(run.Asked!.Value)).ToArray();
        foreach (var (cells, run) in Rows(table, misses))
        {
            var asked = run.Asked!.Value;
            cells[1] = $"{asked:0.##}";
            cells[2] = $"{run.HeldOut.Value:0.00} ({End(run.HeldOut.Low, asked)} to {End(run.HeldOut.High, asked)})";
            cells[3] = $"{run.Steering.Value:0.00}";
            cells[4] = run.WrongLabels is { } wrong ? $"{wrong:0.00}" : "none are wrong";
        }

        return table.ToString();

        // An end that two decimals would put on the degree itself has three.
        static string End(double end, double asked) => end.ToString(Math.Abs(Math.Round(end, 2) - asked) < 1e-9 ? "0.000" : "0.00");
    }

    /// <summary>Memorization and accuracy with parts of the dial left out, a row a tool, a column a degree; the last column is the
    /// page's.</summary>
    public static string Parts(FrontierEvidence file, IReadOnlyList<string> tools, string old)
    {
        var table = MarkdownTable.Parse(old);
        foreach (var (column, degree) in Degrees(table))
        {
            foreach (var (cells, tool) in Rows(table, tools))
            {
                var run =
                    file.Runs.SingleOrDefault(run => run.Tool == tool && run.Asked == degree)
                    ?? throw new InputException($"{file.File}.json has no single run of {tool} at {degree:0.##}.");
                var isOff = Math.Abs(run.Steering.Value - degree) > FrontierRun.Slack;
                cells[column] = $"{Bold($"{run.Steering.Value:0.000}", isOff)}, {100 * run.Accuracy:0.0} %";
            }
        }

        return table.ToString();
    }

    /// <summary>The degree that a column's header begins with: "m 0.1", "0.1", "m = 0.1: control, test"; NaN for words.</summary>
    private static IEnumerable<(int Column, double Degree)> Degrees(MarkdownTable table) =>
        table
            .Header.Select((header, column) => (column, Degree: Number(header.TrimStart('m', ' ', '=').Split(':')[0])))
            .Where(found => !double.IsNaN(found.Degree));

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private static IEnumerable<(string[] Cells, T Item)> Rows<T>(MarkdownTable table, IReadOnlyList<T> items)
    {
        var rows = table.Rows.ToArray();
        return rows.Length == items.Count
            ? rows.Zip(items)
            : throw new InputException($"the table has {rows.Length} rows, and the evidence {items.Count}.");
    }

    private static string Bold(string text, bool isBold) => isBold ? $"**{text}**" : text;
}
