using Rote.Audits;
using Rote.Audits.Members;
using Rote.Data;
using Rote.Measurement;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Schedules;

namespace Rote.Tests.Audits;

/// <summary>Several processes on one audit's folder: each trains what it has claimed.</summary>
[NoTensorLeaks]
public sealed class SharedAuditTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DatasetSplits _data = Samples.Learnable(200, 20);

    private static AuditPlan Plan =>
        new()
        {
            Data = new DataSpec { Name = "sample" },
            Network = new Mlp { Hidden = [8] },
            Recipe = new Recipe
            {
                Epochs = 3,
                EvaluateEvery = 3,
                TestEvery = 3,
                BatchSize = 32,
                Schedule = new OneCycleSchedule(),
                Precision = Precision.Float32,
            },
            Threads = 1,
            Canaries = 16,
        };

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Members_that_are_trained_apart_and_in_any_order_give_the_same_bits()
    {
        using var data = AuditData.Of(_data);
        var alone = Run("a");
        var budget = OneByOne(13);
        var folder = new AuditFolder(_folder.File("b"), Plan);
        int finished;
        using (MemberClaims.Take(folder, 5, 8, 2)) // two that another process trains
        {
            finished = Audit.Train(Plan, data, budget, _folder.File("b"));
        }

        Assert.Equal(11, finished);
        Assert.Equal([false, false], new[] { 5, 6 }.Select(folder.Has));
        Assert.Equal(13, Audit.Train(Plan, data, budget, _folder.File("b")));
        var together = Run("b");
        Assert.Equal(
            alone.Examples.Select(e => (e.Score, e.WrongProbability)),
            together.Examples.Select(e => (e.Score, e.WrongProbability))
        );
        Assert.False(Directory.Exists(Path.Combine(folder.Path, ".claims")));
    }

    [Fact]
    public async Task An_audit_waits_for_what_another_process_trains_and_takes_it_over_when_that_lets_go()
    {
        var folder = new AuditFolder(_folder.File("a"), Plan);
        var held = MemberClaims.Take(folder, 0, 2, 1);
        var waits = new TaskCompletionSource();
        using var data = AuditData.Of(_data);
        var progress = new Listener(value =>
        {
            if (value.Part.StartsWith("Waiting", StringComparison.Ordinal))
            {
                waits.TrySetResult();
            }
        });
        var budget = new AuditBudget { Members = 2, Time = TimeSpan.FromHours(1) };
        var running = Task.Run(() => Audit.Run(Plan, data, budget, _folder.File("a"), progress), TestContext.Current.CancellationToken);
        await waits.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.Equal((false, true), (folder.Has(0), folder.Has(1)));
        held.Dispose();
        Assert.Equal(2, (await running).Members);
    }

    /// <summary>What other processes and earlier sessions trained counts, and was not counted beyond the first two members.</summary>
    [Fact]
    public void Time_that_others_have_used_is_used()
    {
        using var data = AuditData.Of(_data);
        var budget = OneByOne(5);
        Assert.Equal(3, Audit.Train(Plan, data, budget with { Members = 3 }, _folder.File("a")));
        var folder = new AuditFolder(_folder.File("a"), Plan);
        var (result, _) = folder.Find(2, KeptClasses.All(200, _data.Train.Classes))!.Value;
        folder.Keep(2, result, new MemberTime(3500, 2)); // of two that were trained at a time, so that half of it is its own
        Assert.Equal(4, Audit.Train(Plan, data, budget with { Members = 4, Time = TimeSpan.FromHours(2) }, _folder.File("a")));
        folder.Keep(2, result, new MemberTime(3599, 1));
        Assert.Equal(4, Audit.Train(Plan, data, budget, _folder.File("a")));
        Assert.Equal(5, Audit.Train(Plan, data, budget with { Time = AuditBudget.Unlimited }, _folder.File("a")));
    }

    private static AuditBudget OneByOne(int members) =>
        new()
        {
            Members = members,
            Time = TimeSpan.FromHours(1),
            Together = 1,
        };

    private AuditResult Run(string folder)
    {
        using var data = AuditData.Of(_data);
        return Audit.Run(Plan, data, new AuditBudget { Members = 13, Time = TimeSpan.FromHours(1) }, _folder.File(folder));
    }

    private sealed class Listener(Action<AuditProgress> report) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value) => report(value);
    }
}
