using System.CommandLine;
using Rote.Cli.Documents;
using Rote.Reports.Runs;

namespace Rote.Cli.Commands;

/// <summary><c>rote runs show</c>.</summary>
internal static class RunsShowCommand
{
    public static Command Create()
    {
        var (name, runs, report) = (RunsCommand.Name(), CommonOptions.Runs(), RunsCommand.Report());
        var command = new Command("show", "Show everything about one run: experiment, results, circumstances, files, curve")
        {
            name,
            runs,
            report,
        };
        command.SetAction(parse =>
        {
            var screen = new Screen(parse);
            var run = RunsCommand.Store(parse, runs).Get(parse.GetRequiredValue(name));
            screen.PeopleWriter.Write(RunReport.ToText(run, screen.Style));
            var file = RunsCommand.File(parse.GetValue(report));
            if (file is not null)
            {
                RunReport.Write(run, file);
                screen.Line();
                screen.Line($"The page with charts: {file}");
            }

            screen.Document(new RunsShowDocument(RunDocument.Of(run), run.Summary, run.Manifest, run.Files(), run.History, file));
            return ExitCode.Done;
        });
        return command;
    }
}
