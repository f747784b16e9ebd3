using System.Text;
using Rote.Memorization;
using Rote.Storage;

namespace Rote.Reports.Runs;

/// <summary>Everything about one run: <c>rote runs show</c>.</summary>
public static class RunReport
{
    /// <summary>Returns the report for a terminal.</summary>
    /// <param name="run">A run in any state.</param>
    /// <param name="style">How to draw its table; null: with legends, at full width.</param>
    /// <returns>Lines that end with a line feed, without control characters.</returns>
    /// <exception cref="MachineException">The folder cannot be read.</exception>
    public static string ToText(StoredRun run, TextStyle? style = null)
    {
        var text = new StringBuilder();
        Line($"{run.Name}: {RunWords.State(run)}");
        Line(run.Folder);
        if (RunWords.Warning(run) is { } warning)
        {
            Line(warning);
        }

        var sections = new RunFacts(run).Sections();
        var width = sections.SelectMany(section => section.Facts).Select(fact => fact.Name.Length).DefaultIfEmpty().Max();
        foreach (var (heading, facts) in sections)
        {
            Line("");
            Line(heading);
            foreach (var (name, value) in facts)
            {
                Line($"  {name.PadRight(width)}  {value}");
            }
        }

        return run.History.Count == 0
            ? text.ToString()
            : text.Append('\n').Append(RunCurveTable.Create(run).ToText(style ?? new TextStyle())).ToString();

        void Line(string line) => text.Append(PlainText.ForTerminal(line).TrimEnd()).Append('\n');
    }

    /// <summary>Writes the page of a run, whole or not at all.</summary>
    /// <param name="run">A run in any state.</param>
    /// <param name="path">The file; an existing one is replaced, missing folders are created.</param>
    /// <exception cref="MachineException">The folder cannot be read, or the file cannot be written.</exception>
    public static void Write(StoredRun run, string path) => AtomicFile.WriteText(path, ToHtml(run));

    /// <summary>Returns the page of a run.</summary>
    /// <param name="run">A run in any state.</param>
    /// <returns>An HTML document in UTF-8; lines end with a line feed.</returns>
    /// <exception cref="MachineException">The folder cannot be read.</exception>
    public static string ToHtml(StoredRun run)
    {
        var degrees = Degrees(run);
        var page = new HtmlPage(RunWords.Title(run), $"rote runs show · {run.Name}")
        {
            Script = degrees is null ? null : AdjustableSection.Script,
            MoreStyle = degrees is null ? "" : AdjustableSection.Style,
        };
        if (RunWords.Warning(run) is { } warning)
        {
            page.Notice(Html.Text(warning));
        }

        page.Lead(Lead(run));
        if (degrees is not null)
        {
            AdjustableSection.Add(page, run, degrees);
        }

        AddCurves(page, run);
        foreach (var (heading, facts) in new RunFacts(run).Sections())
        {
            page.Heading(heading.ToLowerInvariant(), heading).Definitions(facts);
        }

        if (run.Experiment is { } experiment)
        {
            page.Heading("record", "The record");
            page.Paragraph(
                Html.Text("What is not in it does not change the result; its SHA-256, sorted and without white space, names the run.")
            );
            page.Code(System.Text.Json.JsonSerializer.Serialize(experiment, RoteJson.Options));
        }

        return page.ToHtml();
    }

    /// <summary>The degrees that can be set; a run whose table cannot be read shows the rest.</summary>
    private static DegreeTable? Degrees(StoredRun run)
    {
        try
        {
            return run.State == RunState.Finished ? run.Finished().Degrees() : null;
        }
        catch (InputException)
        {
            return null;
        }
    }

    private static Html Lead(StoredRun run)
    {
        if (run.Summary is not { } summary || run.State != RunState.Finished)
        {
            return Html.Of($"A run that is {RunWords.State(run)}.");
        }

        var certified = summary.Certificate() is { } certificate ? " " + CertificateWords.Of(certificate) : "";
        var which = run.Experiment?.Control is AdjustableMemorization ? " that memorizes all" : "";
        var kept = RunWords.Kept(summary);
        return Html.Of(
            $"After {Numbers.Count(summary.Epochs, "epoch")}{(kept.Length > 0 ? $"{kept}," : "")} the network{which} gives "
                + $"{Numbers.PercentWithError(summary.TrainAccuracy())} of the training examples the label they came with, and "
                + $"{Numbers.PercentWithError(summary.TestAccuracy())} of the test examples their true label.{certified}"
        );
    }

    private static void AddCurves(HtmlPage page, StoredRun run)
    {
        page.Heading("curve", "The curve");
        if (run.History.Count == 0)
        {
            page.Paragraph(Html.Text("No epoch of it is known."));
            return;
        }

        var band = run.Summary is null ? "" : " The band is one binomial standard error each side.";
        page.Figure(
            "accuracy",
            RunCurves.Accuracies(
                $"Accuracy per epoch: {RunWords.Title(run)}",
                run.History,
                run.Summary?.TrainCount,
                run.Summary?.TestCount
            ),
            Html.Of(
                $"Shares of the training examples that get the label they were given, and of the test examples that get their true "
                    + $"label, evaluated after the epoch.{band}"
            )
        );
        if (run.History.Any(epoch => epoch.MemorizedShare is not null))
        {
            page.Figure(
                "parts",
                RunCurves.Parts($"What is fitted per epoch: {RunWords.Title(run)}", run.History, run.Summary),
                Html.Of(
                    $"Of the training examples whose label the corruption left alone, the share that gets it; of those whose label it "
                        + $"changed, the share that gets this wrong label, which is learned by rote, and the share that gets the true "
                        + $"one in spite of it.{band}"
                )
            );
        }

        if (RunMemorization.Chart($"Memorization per epoch: {RunWords.Title(run)}", run) is { } memorization)
        {
            page.Figure(
                "memorization-curve",
                memorization,
                Html.Text(
                    "Degree of memorization: of the steering canaries, examples with a wrong label planted on purpose, the share whose "
                        + "planted label the network gives, corrected for chance."
                )
            );
        }

        page.Figure(
            "loss",
            RunCurves.Loss($"Training loss per epoch: {RunWords.Title(run)}", [new RunCurve("training", 1, run.History)]),
            Html.Text("Mean loss over the epoch's batches as each was trained on: the network changes under it.")
        );
        page.Table(RunCurveTable.Create(run));
    }
}
