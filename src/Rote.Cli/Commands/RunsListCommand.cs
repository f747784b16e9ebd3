using System.CommandLine;
using Rote.Cli.Documents;
using Rote.Reports;
using Rote.Reports.Runs;
using Rote.Storage;

namespace Rote.Cli.Commands;

/// <summary><c>rote runs list</c>.</summary>
internal static class RunsListCommand
{
    private const string Stale = "stale";

    private static readonly string[] States = [.. Enum.GetNames<RunState>().Select(name => name.ToLowerInvariant()), Stale];

    public static Command Create()
    {
        var runs = CommonOptions.Runs();
        var data = new Option<string?>("--data") { Description = "Only runs on this data", HelpName = "NAME" };
        var state = new Option<string?>("--state")
        {
            Description = $"Only runs that are {string.Join(", ", States[..^1])} or {Stale}",
            HelpName = "STATE",
        };
        var command = new Command("list", "List the runs with their results, in the order in which they were started")
        {
            runs,
            data,
            state,
        };
        command.SetAction(parse =>
        {
            var screen = new Screen(parse);
            var wanted = parse.GetValue(state)?.ToLowerInvariant();
            if (wanted is not null && !States.Contains(wanted))
            {
                throw Nearest.Unknown("state", wanted, States);
            }

            var store = RunsCommand.Store(parse, runs);
            var all = store.All();
            StoredRun[] chosen = [.. all.Where(run => HasData(run, parse.GetValue(data)) && HasState(run, wanted))];
            Print(screen, store, all, chosen);
            screen.Document(chosen.Select(RunDocument.Of));
            return ExitCode.Done;
        });
        return command;
    }

    private static bool HasData(StoredRun run, string? data) =>
        data is null || string.Equals(run.Experiment?.Data.Name, data, StringComparison.OrdinalIgnoreCase);

    private static bool HasState(StoredRun run, string? state) =>
        state is null || (state == Stale ? run.IsStale : Name(run.State) == state);

    private static string Name(RunState state) => state.ToString().ToLowerInvariant();

    private static void Print(Screen screen, RunStore store, IReadOnlyList<StoredRun> all, StoredRun[] chosen)
    {
        if (all.Count == 0)
        {
            screen.Line($"There are no runs in {store.Root}: 'rote train' and 'rote quickstart' make some, --runs names another folder.");
            return;
        }

        if (chosen.Length == 0)
        {
            var data = all.Select(run => run.Experiment?.Data.Name).OfType<string>().Distinct().ToArray();
            screen.Line(
                $"None of the {all.Count} runs in {store.Root} is of that kind; they are "
                    + $"{string.Join(", ", all.Select(run => Name(run.State)).Distinct())}"
                    + $"{(data.Length > 0 ? $", on {string.Join(", ", data)}" : "")}."
            );
            return;
        }

        screen.PeopleWriter.Write(RunListTable.Create(chosen, store.Root).ToText(screen.Style));
        StoredRun[] odd = [.. chosen.Where(run => run.State is RunState.Damaged or RunState.Foreign || run.IsStale)];
        if (odd.Length > 0)
        {
            screen.Line();
        }

        foreach (var run in odd)
        {
            screen.Line($"{PlainText.ForTerminal(RunWords.Short(run))}: {PlainText.ForTerminal(RunWords.Warning(run)!)}");
        }
    }
}
