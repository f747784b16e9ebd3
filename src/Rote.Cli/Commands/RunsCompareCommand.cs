using System.CommandLine;
using Rote.Cli.Documents;
using Rote.Reports;
using Rote.Reports.Runs;
using Rote.Storage;

namespace Rote.Cli.Commands;

/// <summary><c>rote runs compare</c>.</summary>
internal static class RunsCompareCommand
{
    public static Command Create()
    {
        var (names, runs, report) = (RunsCommand.Names(), CommonOptions.Runs(), RunsCommand.Report());
        var command = new Command(
            "compare",
            "Show what differs between two or more runs, and what came of it; runs that differ by seed alone are also taken together"
        )
        {
            names,
            runs,
            report,
        };
        command.SetAction(parse =>
        {
            var screen = new Screen(parse);
            var store = RunsCommand.Store(parse, runs);
            var comparison = RunComparison.Of([.. parse.GetRequiredValue(names).Select(store.Get)]);
            screen.PeopleWriter.Write(ComparisonReport.ToText(comparison, screen.Style));
            foreach (var run in comparison.Runs.Where(run => run.IsStale))
            {
                screen.Line($"{RunWords.Short(run)}: {PlainText.ForTerminal(RunWords.Warning(run)!)}");
            }

            var file = RunsCommand.File(parse.GetValue(report));
            if (file is not null)
            {
                ComparisonReport.Write(comparison, file);
                screen.Line();
                screen.Line($"The page with charts: {file}");
            }

            screen.Document(RunsCompareDocument.Of(comparison, file));
            return ExitCode.Done;
        });
        return command;
    }
}
