using System.CommandLine;
using Rote.Cli.Documents;
using Rote.Reports;
using Rote.Reports.Runs;
using Rote.Storage;
using Spectre.Console;

namespace Rote.Cli.Commands;

/// <summary><c>rote runs remove</c>.</summary>
internal static class RunsRemoveCommand
{
    /// <summary>The command.</summary>
    /// <param name="ask">Asks the user; null: the terminal.</param>
    public static Command Create(Func<Screen, string, bool?>? ask = null)
    {
        var (names, runs) = (RunsCommand.Names(), CommonOptions.Runs());
        var yes = new Option<bool>("--yes") { Description = "Do not ask" };
        var command = new Command("remove", "Remove runs with their weights, for good; asks first") { names, runs, yes };
        command.SetAction(parse =>
        {
            var screen = new Screen(parse);
            var store = RunsCommand.Store(parse, runs);
            StoredRun[] chosen = [.. parse.GetRequiredValue(names).Select(store.Get).DistinctBy(run => run.Folder)];
            foreach (var run in chosen)
            {
                // All of them before the first is gone.
                store.RequireRemovable(run);
            }

            var bytes = chosen.ToDictionary(run => run, run => run.Files().Sum(file => file.Bytes));
            foreach (var run in chosen)
            {
                screen.Line(PlainText.ForTerminal($"{run.Name}: {RunWords.State(run)}, {Numbers.Bytes(bytes[run])}"));
            }

            var what = PlainText.ForTerminal($"{Numbers.Count(chosen.Length, "run")}, {Numbers.Bytes(bytes.Values.Sum())}");
            if (!parse.GetValue(yes) && !IsWanted((ask ?? Ask)(screen, $"Remove {what}, for good?")))
            {
                screen.Line("Nothing is removed.");
                screen.Document(new RunsRemoveDocument([], 0));
                return ExitCode.Done;
            }

            foreach (var run in chosen)
            {
                store.Remove(run);
            }

            screen.Line($"Removed {what}.");
            screen.Document(new RunsRemoveDocument([.. chosen.Select(run => run.Name)], bytes.Values.Sum()));
            return ExitCode.Done;
        });
        return command;
    }

    private static bool IsWanted(bool? answer) =>
        answer ?? throw new InputException("Nothing is removed: nobody can be asked here; add --yes to remove what is listed.");

    /// <summary>Asks where both ends are a terminal.</summary>
    private static bool? Ask(Screen screen, string question) =>
        screen.People.Profile.Capabilities.Interactive && !Console.IsInputRedirected
            ? screen.People.Prompt(new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false })
            : null;
}
