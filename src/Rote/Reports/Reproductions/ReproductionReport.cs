using System.Text;
using Rote.Reports.Charts;
using Rote.Studies.Claims;

namespace Rote.Reports.Reproductions;

/// <summary>The report of <c>rote reproduce</c>: the ledger first, then figures, tables, and the differences from the paper.</summary>
public static class ReproductionReport
{
    private const int Width = 110;

    private static readonly ClaimVerdict[] Failing = [ClaimVerdict.NotReproduced, ClaimVerdict.NotRun];

    /// <summary>Returns the ledger for a terminal.</summary>
    /// <param name="result">What the study found.</param>
    /// <returns>Lines that end with a line feed, without control characters.</returns>
    public static string ToText(Reproduction result)
    {
        var text = new StringBuilder();
        foreach (var (id, table) in LedgerTables.Of(result.Ledger))
        {
            text.Append(PlainText.ForTerminal($"{id} · ")).Append(table.ToText(Width).TrimEnd('\n')).Append("\n\n");
        }

        foreach (var verdict in Failing)
        {
            foreach (var (id, sentence) in ReproductionWords.Failures(result, verdict))
            {
                AppendWrapped($"{ClaimNumbers.Verdict(verdict)[..1]} {id}: {sentence}");
            }
        }

        AppendWrapped(ReproductionWords.Count(result));
        AppendWrapped(ReproductionWords.Caution(result));
        return text.ToString();

        void AppendWrapped(string paragraph)
        {
            foreach (var line in PlainText.Wrap(PlainText.ForTerminal(paragraph), Width))
            {
                text.Append(line).Append('\n');
            }
        }
    }

    /// <summary>Writes the page, whole or not at all.</summary>
    /// <param name="result">What the study found.</param>
    /// <param name="path">The page's file; missing folders are created.</param>
    /// <exception cref="MachineException">A file cannot be written.</exception>
    public static void Write(Reproduction result, string path) => AtomicFile.WriteText(path, ToHtml(result));

    /// <summary>Writes each figure as its own file, named after the figure: <c>figure1a-mlp-1x512.svg</c>.</summary>
    /// <param name="result">What the study found.</param>
    /// <param name="folder">The folder for the files; it is created if it is missing.</param>
    /// <returns>The number of figures.</returns>
    /// <exception cref="MachineException">A file cannot be written.</exception>
    public static int WritePictures(Reproduction result, string folder)
    {
        foreach (var figure in result.Figures)
        {
            AtomicFile.WriteText(Path.Combine(folder, $"{figure.Id}.svg"), SvgFile.Of(Chart(figure), figure.Id));
        }

        var drawn = 0;
        foreach (var table in result.Tables)
        {
            if (StudyTables.Bars(table) is { } bars)
            {
                AtomicFile.WriteText(Path.Combine(folder, $"{table.Id}.svg"), SvgFile.Of(bars, table.Id));
                drawn++;
            }
        }

        return result.Figures.Count + drawn;
    }

    /// <summary>Returns the page.</summary>
    /// <param name="result">What the study found.</param>
    /// <returns>An HTML document in UTF-8; lines end with a line feed.</returns>
    public static string ToHtml(Reproduction result)
    {
        var page = new HtmlPage(result.Study.Title, $"rote reproduce {result.Study.Name} · scale {result.Plan.Name}");
        page.Lead(Html.Text(ReproductionWords.Count(result)));
        page.Paragraph(Html.Text(ReproductionWords.Caution(result)));
        AddFailures(page, result);
        page.Heading("ledger", "The ledger").Add(LedgerHtml.Draw(result.Ledger));

        AddFigures(page, result);
        AddTables(page, result);
        if (result.Plan.Differences.Count > 0)
        {
            page.Heading("differences", "What differs from the paper, and what it does not say").Definitions(result.Plan.Differences);
        }

        if (result.Plan.Sizes.Count > 0)
        {
            page.Heading("sizes", "Sizes, and why").Definitions(result.Plan.Sizes);
        }

        page.Heading("again", "Make it again");
        foreach (var (_, command) in result.Provenance.Where(pair => pair.Name == "Command"))
        {
            page.Code(command);
        }

        page.Definitions(result.Provenance.Where(pair => pair.Name != "Command"));
        return page.ToHtml();
    }

    private static void AddFailures(HtmlPage page, Reproduction result)
    {
        foreach (var verdict in Failing)
        {
            var failures = ReproductionWords.Failures(result, verdict).ToArray();
            if (failures.Length > 0)
            {
                page.Heading(
                        verdict == ClaimVerdict.NotRun ? "not-run" : "failures",
                        verdict == ClaimVerdict.NotRun ? "What could not be run" : "What is not reproduced"
                    )
                    .Definitions(failures);
            }
        }
    }

    private static void AddFigures(HtmlPage page, Reproduction result)
    {
        if (result.Figures.Count > 0)
        {
            page.Heading("figures", "The figures");
        }

        foreach (var figure in result.Figures)
        {
            page.Subheading(figure.Title).Figure(figure.Id, Chart(figure), Html.Text(figure.Caption));
        }

        if (result.FittingTimes.Count > 0)
        {
            page.Heading("times", "How long each kind of data takes").Table(FittingTimeTable.Create(result.FittingTimes), wide: true);
        }
    }

    private static void AddTables(HtmlPage page, Reproduction result)
    {
        foreach (var table in result.Tables)
        {
            page.Heading(table.Id, table.Title);
            if (StudyTables.Bars(table) is { } bars)
            {
                page.Figure($"{table.Id}-bars", bars, Html.Text(table.Caption));
            }
            else
            {
                page.Paragraph(Html.Text(table.Caption));
            }

            page.Table(StudyTables.Create(table), wide: true);
        }
    }

    private static LineChart Chart(StudyFigure figure) =>
        new()
        {
            Title = figure.Title,
            Description = figure.Caption,
            X = new ChartAxis(figure.X) { IsLogarithmic = figure.HasLogarithmicX },
            Y = new ChartAxis(figure.Y) { Minimum = 0 },
            Lines =
            [
                .. figure.Lines.Select(
                    (line, style) =>
                        new ChartLine(
                            line.Name,
                            style,
                            [.. line.Points.Select(point => new ChartPoint(point.X, point.Y.Value, point.Y.StandardError))],
                            line.Points.Count <= 12 ? ErrorMarks.Bars : ErrorMarks.Band
                        )
                ),
            ],
        };
}
