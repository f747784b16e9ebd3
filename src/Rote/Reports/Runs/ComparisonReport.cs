using Rote.Storage;

namespace Rote.Reports.Runs;

/// <summary>Runs side by side: <c>rote runs compare</c>.</summary>
public static class ComparisonReport
{
    private const int Width = 100;

    /// <summary>Returns the comparison for a terminal.</summary>
    /// <param name="comparison">The runs side by side.</param>
    /// <param name="style">How to draw its tables; null: with legends, at full width.</param>
    /// <returns>Lines that end with a line feed, without control characters.</returns>
    public static string ToText(RunComparison comparison, TextStyle? style = null)
    {
        style ??= new TextStyle { Width = Width };
        var tables = new ComparisonTables(comparison);
        var difference = PlainText.ForTerminal(ComparisonWords.Difference(comparison));
        return string.Join(
                '\n',
                [
                    tables.Differences().ToText(style),
                    tables.Results().ToText(style),
                    .. HasGroups(comparison) ? [tables.Groups().ToText(style)] : Array.Empty<string>(),
                ]
            ) + string.Concat(PlainText.Wrap(difference, style.Line).Select((line, index) => $"{(index == 0 ? "\n" : "")}{line}\n"));
    }

    /// <summary>Writes the page of a comparison, whole or not at all.</summary>
    /// <param name="comparison">The runs side by side.</param>
    /// <param name="path">The file; an existing one is replaced, missing folders are created.</param>
    /// <exception cref="MachineException">The file cannot be written.</exception>
    public static void Write(RunComparison comparison, string path) => AtomicFile.WriteText(path, ToHtml(comparison));

    /// <summary>Returns the page of a comparison.</summary>
    /// <param name="comparison">The runs side by side.</param>
    /// <returns>An HTML document in UTF-8; lines end with a line feed.</returns>
    public static string ToHtml(RunComparison comparison)
    {
        var tables = new ComparisonTables(comparison);
        var page = new HtmlPage(ComparisonWords.Title(comparison), "rote runs compare");
        foreach (var run in comparison.Runs.Where(run => run.State != RunState.Finished || run.IsStale))
        {
            page.Notice(Html.Of($"<b>{RunWords.Short(run)}</b> {RunWords.Warning(run) ?? ""}"));
        }

        if (ComparisonWords.Lead(comparison) is { Length: > 0 } lead)
        {
            page.Lead(Html.Text(lead));
        }

        if (HasGroups(comparison))
        {
            page.Heading("groups", "Over seeds").Table(tables.Groups(), wide: true);
        }

        AddCurves(page, comparison);
        page.Heading("results", "The runs").Table(tables.Results(), wide: true);
        if (comparison.Difference is null && ComparisonWords.Difference(comparison) is { Length: > 0 } why)
        {
            page.Paragraph(Html.Text(why));
        }

        page.Heading("differences", "What differs").Table(tables.Differences(), wide: true);
        page.Heading("folders", "Where they lie").Definitions(comparison.Runs.Select(run => (RunWords.Short(run), run.Folder)));
        page.Heading("again", "Make it again").Code($"rote runs compare {string.Join(' ', comparison.Runs.Select(RunWords.Short))}");
        return page.ToHtml();
    }

    /// <summary>Without several seeds, a table of groups would repeat the table of the runs.</summary>
    private static bool HasGroups(RunComparison comparison) => comparison.Groups.Any(group => group.Runs.Count > 1);

    private static void AddCurves(HtmlPage page, RunComparison comparison)
    {
        var curves = Curves(comparison).Where(curve => curve.History.Count > 0).ToArray();
        if (curves.Length == 0)
        {
            return;
        }

        page.Heading("curves", "The curves");
        var groups = HasGroups(comparison) && comparison.Groups.Count > 1 ? " Runs that differ by seed alone have one colour." : "";
        page.Figure(
            "test",
            RunCurves.Test("Test accuracy per epoch", curves),
            Html.Of($"Share of the test examples that get their true label, evaluated after the epoch.{groups}")
        );
        page.Figure(
            "training",
            RunCurves.Training("Training accuracy per epoch", curves),
            Html.Text("Share of the training examples that get the label they were given.")
        );
        page.Figure(
            "loss",
            RunCurves.Loss("Training loss per epoch", curves),
            Html.Text("Mean loss over the epoch's batches as each was trained on.")
        );
    }

    private static IEnumerable<RunCurve> Curves(RunComparison comparison) =>
        comparison.Groups.Count == 1
            ? comparison.Runs.Select((run, index) => new RunCurve($"seed {run.Experiment!.Seed}", index, run.History))
            : comparison.Groups.SelectMany(
                (group, style) =>
                    group.Runs.Select(
                        (run, index) =>
                            new RunCurve(
                                index > 0 ? ""
                                    : group.Runs.Count == 1 ? group.Label
                                    : $"{group.Label} ({group.Runs.Count} seeds)",
                                style,
                                run.History
                            )
                    )
            );
}
