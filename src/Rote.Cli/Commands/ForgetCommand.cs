using System.CommandLine;
using Rote.Audits;
using Rote.Cli.Displays;
using Rote.Cli.Documents;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Reports.Runs;
using Rote.Storage;

namespace Rote.Cli.Commands;

/// <summary><c>rote forget RUN --examples FILE</c>: takes training examples out of a finished run's network, as a run of its own.</summary>
internal static class ForgetCommand
{
    private static readonly Argument<string> RunName = RunsCommand.Name();

    private static readonly Argument<string?> Data = new("DATA")
    {
        Description = "The data the run was trained on, where that is your own [default: the run's catalog name]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string> Examples = new("--examples")
    {
        Description =
            "Which: a table with file and row (suspects.csv, canaries.csv), decisions.csv or .jsonl (those dropped), or a text with a row "
            + "number or name a line",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<bool> CompareRetrained = new("--compare-retrained")
    {
        Description = "Also train without the examples from the start, the gold standard, and say how far the two agree",
    };

    private static readonly DataOptions OwnData = new();

    private static readonly Option<string> Runs = CommonOptions.Runs();

    public static Command Create()
    {
        var command = new Command(
            "forget",
            "Take training examples out of a finished run's network: a new run, with a membership attack before and after"
        )
        {
            RunName,
            Data,
            Examples,
            CompareRetrained,
            Runs,
        };
        command.SetAction(Run);
        return OwnData.AddTo(command);
    }

    private static int Run(ParseResult parse)
    {
        var screen = new Screen(parse);
        var run = RunsCommand.Store(parse, Runs).Get(parse.GetValue(RunName)!).Finished();
        var store = new RunStore(Path.GetDirectoryName(run.Folder)!, TimeProvider.System);
        using var interrupt = new Interrupt(screen, $"Interrupted; what was trained is kept. Go on with: {CommandLine.Typed(parse)}");
        using var shelf = new DatasetCache(screen, interrupt.Token);
        try
        {
            Find(parse, run, shelf);
            var plan = Plan(parse, screen, run, shelf);
            var retrains = parse.GetValue(CompareRetrained);
            var (after, forgotten) = ForgetFlow.Run(plan, store, shelf.Load, retrains, Train, interrupt.Token);
            Print(screen, after, forgotten);
            return ExitCode.Done;

            FinishedRun Train(Experiment experiment)
            {
                screen.Progress(Doing(plan, experiment));
                return TrainDisplay.Show(
                    screen,
                    experiment,
                    progress => Flow.Run(experiment, store, shelf.Load, progress, interrupt.Token)
                );
            }
        }
        catch (OperationCanceledException)
        {
            return interrupt.Stopped();
        }
    }

    /// <summary>Own data is found by the user alone, and must be what the run was trained on.</summary>
    private static void Find(ParseResult parse, FinishedRun run, DatasetCache shelf)
    {
        var trained = run.Experiment.Data;
        using var network = TrainedNetwork.Load(run);
        var name = parse.GetValue(Data) ?? EvaluationData.NameOfOwn(run.Experiment);
        var spec = EvaluateCommand.SpecOf(parse, network, shelf, name, OwnData, isItsData: true);
        if (spec.Whole() != trained.Whole())
        {
            throw new InputException(
                $"{name} is not what the run {Path.GetFileName(run.Folder)} was trained on, which is {trained.Name}"
                    + $"{(trained.Sha256 is { } sha ? $" with the SHA-256 {sha[..12]}…" : "")}; give that data, as it was then."
            );
        }
    }

    private static ForgetPlan Plan(ParseResult parse, Screen screen, FinishedRun run, DatasetCache shelf)
    {
        using var cut = run.Experiment.Data.Cut(shelf.Load(run.Experiment.Data.Whole()));
        var list = ExampleList.Read(parse.GetValue(Examples)!, cut.Train.Rows, cut.Test.Rows);
        if (list.Repeated > 0)
        {
            screen.Progress(
                $"{Wording.Count(list.Repeated, "line")} of {parse.GetValue(Examples)} named an example again; each counts once."
            );
        }

        if (list.OfTest > 0)
        {
            screen.Progress(
                $"{Wording.Count(list.OfTest, "line")} of {parse.GetValue(Examples)} named an example of the test, which was never "
                    + $"trained on; {Wording.Count(list.Rows.Count, "example")} to forget."
            );
        }

        return ForgetPlan.Of(run, list.Rows, shelf.Load);
    }

    private static string Doing(ForgetPlan plan, Experiment experiment) =>
        experiment == plan.Reference
            ? $"A short training without the {Wording.Count(plan.Rows.Count, "example")}: what a network makes of them that never saw them."
        : experiment == plan.Forgetting ? $"Forgetting {Wording.Count(plan.Rows.Count, "example")}."
        : "Training without them from the start, to compare.";

    private static void Print(Screen screen, FinishedRun after, ForgottenExamples forgotten)
    {
        screen.Line();
        screen.Line(ForgottenWords.Of(forgotten));
        var facts = ForgottenWords.Facts(forgotten);
        var width = facts.Max(fact => fact.Name.Length);
        foreach (var (name, value) in facts)
        {
            screen.Line($"  {name.PadRight(width)}  {value}");
        }

        screen.Line($"The network that forgot: {after.Folder}");
        screen.Document(new ForgetDocument(after.Folder, after.Experiment.Identity, forgotten));
    }
}
