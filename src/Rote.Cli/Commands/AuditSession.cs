using Rote.Audits;
using Rote.Audits.Review;
using Rote.Audits.Shown;
using Rote.Cli.Clusters;
using Rote.Cli.Displays;
using Rote.Data;
using Rote.Data.Encoders;
using Rote.Reports.Audits;

namespace Rote.Cli.Commands;

/// <summary>One call of <c>rote audit</c> that trains networks, here or on a cluster, and judges by them.</summary>
/// <param name="screen">Where words go.</param>
/// <param name="asked">What is asked.</param>
internal sealed class AuditSession(Screen screen, AuditSettings asked)
{
    private AuditPlan? _plan; // known when the data was read

    /// <summary>Audits.</summary>
    /// <param name="interrupted">The command that goes on after a stop.</param>
    /// <returns>The exit code.</returns>
    public int Run(string interrupted)
    {
        using var interrupt = new Interrupt(
            screen,
            asked.Cluster is null
                ? $"Interrupted; the networks that are finished are kept. Go on with: {interrupted}"
                : SetRunner.Farewell(interrupted),
            patience: asked.Worker.Patience(asked.Parse)
        );
        using var shelf = new DatasetCache(screen, interrupt.Token);
        try
        {
            return Run(shelf, interrupt);
        }
        catch (OperationCanceledException)
        {
            asked.Worker.Leave(asked.Parse, screen, asked.Root, _plan);
            return interrupt.Stopped();
        }
    }

    private int Run(DatasetCache shelf, Interrupt interrupt)
    {
        var found = shelf.Find(asked.Source, asked.Own.Read(asked.Parse));
        var whole = shelf.Load(found);
        var examples = ExampleCount.OfAudit(screen, found.Name, whole, asked.Examples);
        using var data = AuditData.Of(whole, examples, asked.Decisions);
        using var shown = ShownOf(whole);
        data.Shown = shown;
        PrintAudited(data);
        RequireVectors(data.Examples);
        var plan = PlanOf(found with { Examples = examples }, data, interrupt.Token);
        _plan = plan;
        DeviceOption.Print(screen, asked.Device, plan.Data.Encoder is not null);
        if (asked.Cluster is { } cluster && !TrainElsewhere(cluster, plan, interrupt.Token))
        {
            return ExitCode.Done;
        }

        if (asked.TrainOnly)
        {
            using var worker = asked.Worker.Enter(asked.Parse, asked.Root, plan, interrupt);
            return Train(plan, data, interrupt.Token);
        }

        var output = asked.Output ?? Audit.FolderOf(asked.Root, plan);
        var result = Judge(plan, data, output, interrupt.Token);
        Write(result, data, output);
        var verdict = asked.Gate.Answer(result, data, asked.Source);
        AuditOutput.Print(screen, result, data, output, verdict);
        return verdict?.ExitCode ?? ExitCode.Done;
    }

    private AuditPlan PlanOf(DataSpec spec, AuditData data, CancellationToken cancel)
    {
        var plan = AuditPlan.For(spec, data.Examples, asked.Network, asked.Seed, asked.Threads);
        var epochs = asked.Epochs ?? plan.Recipe.Epochs;
        plan = plan with
        {
            Measures = asked.Measures,
            Recipe = plan.Recipe with
            {
                Device = asked.Device,
                Precision = asked.Precision,
                Epochs = epochs,
                EvaluateEvery = epochs,
                TestEvery = epochs,
            },
        };

        // Last, because it takes minutes and everything before may refuse.
        return plan with
        {
            Data = plan.Data with { Encoder = EncoderOf(data, spec.Examples, cancel) },
            Corrections = data.Decided?.Identity,
        };
    }

    private EncoderSpec? EncoderOf(AuditData data, int? examples, CancellationToken cancel)
    {
        return asked.Cluster is { IsDry: true }
            ? AuditEncoder.SpecOf(asked.Parse, asked.Own, data)
            : AuditEncoder.LookThrough(asked.Parse, asked.Own, asked.Source, data, Select, screen, cancel);

        AuditData Select(DatasetSplits large) => AuditData.Of(large, examples, asked.Decisions);
    }

    /// <summary>Has the networks trained by a cluster.</summary>
    /// <returns>False where nothing but a script was wanted.</returns>
    private bool TrainElsewhere(ClusterRequest cluster, AuditPlan plan, CancellationToken cancel) =>
        new AuditRunner(screen, cluster, plan, asked.Root, asked.Budget.Members, cancel).Train(probe =>
            AuditCommand.WorkerWords(asked, plan, probe)
        );

    private int Train(AuditPlan plan, AuditData data, CancellationToken cancel)
    {
        var members = asked.Budget.Members;
        var finished = AuditDisplay.Show(
            screen,
            plan,
            asked.Budget,
            data.Examples,
            progress => Audit.Train(plan, data, asked.Budget, asked.Root, progress, cancel)
        );
        screen.Line(
            finished < members
                ? $"{finished} of {Wording.Count(members, "network")} are finished in {Audit.FolderOf(asked.Root, plan)}; others train "
                    + "the rest, or the budget is used up."
                : $"All {members} networks are finished in {Audit.FolderOf(asked.Root, plan)}. Judge with the same command without "
                    + "--train-only."
        );
        return ExitCode.Done;
    }

    private AuditResult Judge(AuditPlan plan, AuditData data, string output, CancellationToken cancel)
    {
        WarnOfOldTables(output);
        return AuditDisplay.Show(
            screen,
            plan,
            asked.Budget,
            data.Examples,
            progress => Audit.Run(plan, data, asked.Budget, asked.Root, progress, soFar => Preliminary(soFar, data, output), cancel)
        );
    }

    private void Preliminary(AuditResult soFar, AuditData data, string output)
    {
        AuditFiles.WriteRanking(soFar, data, output);
        var from = soFar.Members == 0 ? "the frozen features alone" : $"{soFar.Members} networks";
        screen.Progress($"A ranking from {from} is in {Path.Combine(output, AuditFiles.Suspects)}.");
    }

    private void Write(AuditResult result, AuditData data, string output)
    {
        AuditFiles.Write(result, data, output);
        var own = asked.Own.Read(asked.Parse);
        var place = AuditSource.Of(result.Plan.Identity, asked.Source, own, result.ClassNames, asked.Shown);
        place.Write(output);
        var provenance = AuditOutput.Provenance(asked.Parse, result, data);
        AuditReport.Write(result, data, provenance, Path.Combine(output, AuditOutput.Page), place);
    }

    private ShownExamples? ShownOf(DatasetSplits whole) =>
        asked.Shown is { IsEmpty: false } show
            ? ShownExamples.Read(show, asked.Source, asked.Own.Read(asked.Parse), ShownExamples.RowsOf(whole))
            : null;

    private void PrintAudited(AuditData data)
    {
        foreach (var line in new[] { data.Decided?.ToString(), data.LeftOut, data.Shown?.Missing }.OfType<string>())
        {
            screen.Line(line);
        }
    }

    private void WarnOfOldTables(string output)
    {
        if (AuditFiles.AreOld(output))
        {
            screen.Line(
                $"The tables in {output} are of an earlier layout, whose id is no row of your data; do not join by it. They are "
                    + $"replaced when this audit is finished."
            );
        }
    }

    private void RequireVectors(Dataset examples)
    {
        if (asked.Vectors is { } path && !examples.IsVectors)
        {
            throw new InputException($"--embeddings is {path}, which holds pictures, expected vectors of numbers; give it as DATA.");
        }
    }
}
