using Rote.Audits;
using Rote.Audits.Members;
using Rote.Audits.Scoring;
using Rote.Data;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Losses;
using Rote.Training.Schedules;
using static TorchSharp.torch;

namespace Rote.Tests.Audits;

/// <summary>Whole audits of pictures that a small network learns in a moment, with some labels changed beforehand.</summary>
[NoTensorLeaks]
public sealed class AuditTests : IDisposable
{
    private const int Examples = 600;
    private const int Wrong = 60;

    private readonly TempFolder _folder = new();
    private readonly DatasetSplits _clean = Samples.Learnable(Examples, 40);
    private readonly DatasetSplits _data;

    public AuditTests()
    {
        using var scope = NewDisposeScope();
        var labels = _clean.Train.Labels.data<long>().ToArray();
        for (var i = 0; i < Wrong; i++)
        {
            labels[i] = (labels[i] + 1 + (i % 3)) % 4;
        }

        _data = new DatasetSplits(_clean.Train.With(labels: tensor(labels, int64)), _clean.Test.With());
    }

    public void Dispose()
    {
        _data.Dispose();
        _clean.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Wrong_labels_are_found_counted_and_a_right_one_suggested()
    {
        var result = Run("a", 5);
        Assert.Equal(5, result.Members);
        var isWrong = result.Suspects.Select(e => e.Id < Wrong).ToArray();
        Assert.InRange(isWrong.Take(Wrong).Count(wrong => wrong), 0.9 * Wrong, Wrong);
        Assert.InRange((double)Wrong / Examples, result.Wrong.Low, result.Wrong.High);
        Assert.InRange(result.WrongAmong(Wrong).Value, 0.75 * Wrong, Wrong);
        var truth = _clean.Train.Labels.data<long>().ToArray();
        Assert.InRange(result.Suspects.Take(40).Count(e => e.Suggested == truth[e.Id]), 36, 40);
        Assert.InRange(result.Count(Verdict.Rule), 450, 560);
        Assert.All(result.Canaries, c => Assert.InRange(c.Auroc.Value, 0.85, 1));
        Assert.All(result.Examples, e => Assert.InRange(e.OutOfBag.Samples, 1, 2));
    }

    [Fact]
    public void Frozen_features_rank_before_any_network_and_count_beside_them()
    {
        using var data = AuditData.Of(_data);
        data.LookThrough(RowMeans(data.Examples));
        var first = new List<AuditResult>();
        var budget = new AuditBudget { Members = 3, Time = TimeSpan.FromHours(1) };
        var result = Audit.Run(Plan, data, budget, _folder.File("a"), preliminary: first.Add);
        Assert.Equal((0, 3), (first[0].Members, result.Members));
        Assert.All(
            new[] { first[0], result },
            ranking => Assert.InRange(ranking.Suspects.Take(Wrong).Count(e => e.Id < Wrong), 0.9 * Wrong, Wrong)
        );
        Assert.Contains(result.Weights, weight => weight is { Measure: "frozenConfidence", Weight: < 0 });
        var kept = MemberResult.Read(
            Path.Combine(Audit.FolderOf(_folder.File("a"), Plan), "member-01", "member.safetensors"),
            Plan.Identity
        );
        Assert.Null(kept.Result.Neighbours); // frozen features have found them
        Assert.All(result.OutOfBagProbabilities!.Values.Chunk(4), row => Assert.Equal(1, row.Sum(), 1e-4));
        AuditFiles.Write(first[0], data, _folder.File("out"));
    }

    [Fact]
    public void Networks_that_learned_nothing_call_nothing_wrong()
    {
        using var data = AuditData.Of(_data);
        var plan = Plan with { Recipe = Plan.Recipe with { LearningRate = 1e-6 } };
        var result = Audit.Run(plan, data, new AuditBudget { Members = 4, Time = TimeSpan.FromHours(1) }, _folder.File("a"));
        Assert.False(result.Wrong.IsTold);
        Assert.Equal(0, result.Count(Verdict.ProbablyWrong) + result.Count(Verdict.RareButRight));
        Assert.All(result.Examples, e => Assert.Equal(double.NaN, e.WrongProbability));
        AuditFiles.Write(result, data, _folder.File("out"));
        Assert.Equal(Examples, File.ReadLines(Path.Combine(_folder.File("out"), AuditFiles.Keep)).Count());
    }

    [Fact]
    public void Canaries_whose_planted_label_is_the_true_one_do_not_count()
    {
        var truth = _clean.Train.Labels.data<long>().ToArray();
        var given = truth.Select((label, i) => i / 4 % 4 == 0 ? (label + 1 + (i % 3)) % 4 : label).ToArray(); // a quarter of each class
        using var data = new DatasetSplits(_clean.Train.With(labels: tensor(given, int64)), _clean.Test.With());
        using var audited = AuditData.Of(data);
        var result = Audit.Run(
            Plan with
            {
                Canaries = 120,
            },
            audited,
            new AuditBudget { Members = 5, Time = TimeSpan.FromHours(1) },
            _folder.File("a")
        );
        var accidents = result.Canaries.Sum(c => c.RightByAccident);

        // 60 of the 240 canaries came with a wrong label, for which a third of the labels that can be drawn is the true one.
        Assert.InRange(accidents, 10, 30);
        Assert.Equal(240 - accidents, result.Canaries.Sum(c => c.Planted));
        Assert.InRange(0.25, result.Wrong.Low, result.Wrong.High);
    }

    [Fact]
    public void The_same_plan_and_number_of_members_give_the_same_bits()
    {
        using var data = AuditData.Of(_data);
        AuditFiles.Write(Run("a", 4), data, _folder.File("first"));
        AuditFiles.Write(Run("b", 4), data, _folder.File("second"));
        foreach (var name in new[] { AuditFiles.Csv, AuditFiles.Parquet, AuditFiles.Suspects, AuditFiles.Summary, AuditFiles.Keep })
        {
            Assert.Equal(
                File.ReadAllBytes(Path.Combine(_folder.File("first"), name)),
                File.ReadAllBytes(Path.Combine(_folder.File("second"), name))
            );
        }
    }

    [Fact]
    public void How_many_members_are_trained_at_the_same_time_changes_no_bit()
    {
        using var data = AuditData.Of(_data);
        foreach (var (folder, together) in new[] { ("one", 1), ("three", 3) })
        {
            var budget = new AuditBudget
            {
                Members = 5,
                Time = TimeSpan.FromHours(1),
                Together = together,
            };
            AuditFiles.Write(Audit.Run(Plan, data, budget, _folder.File(folder)), data, _folder.File(folder));
        }

        foreach (var name in new[] { AuditFiles.Parquet, AuditFiles.Summary })
        {
            Assert.Equal(
                File.ReadAllBytes(Path.Combine(_folder.File("one"), name)),
                File.ReadAllBytes(Path.Combine(_folder.File("three"), name))
            );
        }
    }

    [Fact]
    public void An_audit_that_was_stopped_goes_on_and_ends_with_the_same_bits()
    {
        using var stop = new CancellationTokenSource();
        var progress = new Recorder(value =>
        {
            if (value.Finished == 2)
            {
                stop.Cancel();
            }
        });
        Assert.Throws<OperationCanceledException>(() => Run("cut", 4, progress, stop.Token));
        var member = Directory.GetFiles(_folder.File("cut"), "member.safetensors", SearchOption.AllDirectories);
        Assert.Equal(2, member.Length);
        var times = member.Select(File.GetLastWriteTimeUtc).ToArray();
        var resumed = Run("cut", 4);
        Assert.Equal(times, member.Select(File.GetLastWriteTimeUtc)); // finished members are not trained again
        Assert.Equal(AuditFiles.ToJson(AuditSummary.Of(Run("whole", 4))), AuditFiles.ToJson(AuditSummary.Of(resumed)));
    }

    [Fact]
    public void A_finished_audit_is_not_trained_again_and_a_larger_one_takes_its_members_over()
    {
        Run("a", 3);
        var trained = new List<int>();
        Run("a", 4, new Recorder(value => trained.Add(value.ExamplesPerSecond > 0 ? value.Finished : -1)));
        Assert.Equal([3], trained.Where(t => t >= 0).Distinct());
    }

    [Fact]
    public void What_finished_members_took_counts_as_it_was_however_many_are_trained_at_a_time_now()
    {
        Run("a", 3);
        foreach (var file in Directory.GetFiles(_folder.File("a"), "member.safetensors", SearchOption.AllDirectories))
        {
            MemberResult.Read(file, Plan.Identity).Result.Write(file, Plan.Identity, new MemberTime(3000, 2));
        }

        using var data = AuditData.Of(_data);
        foreach (var together in new[] { 1, 2, 3 })
        {
            var used = new List<TimeSpan>();
            Audit.Run(
                Plan,
                data,
                new AuditBudget
                {
                    Members = 3,
                    Time = TimeSpan.FromHours(1),
                    Together = together,
                },
                _folder.File("a"),
                new Recorder(value => used.Add(value.Used))
            );
            Assert.InRange(used[^1].TotalSeconds, 4500, 4600);
        }
    }

    [Fact]
    public void A_member_that_is_trained_beside_finished_ones_has_the_time_to_itself()
    {
        using var data = AuditData.Of(_data);
        var budget = new AuditBudget
        {
            Members = 3,
            Time = TimeSpan.FromHours(1),
            Together = 3,
        };
        Audit.Run(Plan, data, budget, _folder.File("a"));
        var files = Directory
            .GetFiles(_folder.File("a"), "member.safetensors", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .ToArray();
        Assert.Equal([2, 2, 1], files.Select(Together)); // the first ranking comes after two
        File.Delete(files[0]);
        Audit.Run(Plan, data, budget, _folder.File("a"));
        Assert.Equal([1, 2, 1], files.Select(Together));

        static int Together(string file) => MemberResult.Read(file, Plan.Identity).Time.Together;
    }

    [Fact]
    public void A_damaged_member_is_named()
    {
        var before = Run("a", 2);
        var member = Directory.GetFiles(_folder.File("a"), "member.safetensors", SearchOption.AllDirectories)[0];
        var bytes = File.ReadAllBytes(member);
        bytes[^3] ^= 1;
        File.WriteAllBytes(member, bytes);
        Assert.Contains(member, Assert.Throws<InputException>(() => Run("a", 2)).Message, StringComparison.Ordinal);

        using (var data = AuditData.Of(_data))
        {
            Audit.Run(Plan with { Seed = 2 }, data, new AuditBudget { Members = 2, Time = TimeSpan.FromHours(1) }, _folder.File("b"));
        }

        File.Copy(Directory.GetFiles(_folder.File("b"), "member.safetensors", SearchOption.AllDirectories)[0], member, overwrite: true);
        var error = Assert.Throws<InputException>(() => Run("a", 2));
        Assert.EndsWith("remove it, and it is trained again.", error.Message, StringComparison.Ordinal);

        File.Delete(member);
        Assert.Equal(before.Examples.Select(e => e.Score), Run("a", 2).Examples.Select(e => e.Score));
    }

    [Fact]
    public void A_budget_too_small_for_one_network_is_refused_with_what_one_takes()
    {
        using var data = AuditData.Of(_data);
        var plan = Plan with { Recipe = Plan.Recipe with { Epochs = 5000, EvaluateEvery = 5000, TestEvery = 5000 } };
        var error = Assert.Throws<InputException>(() =>
            Audit.Run(plan, data, new AuditBudget { Time = TimeSpan.FromMilliseconds(50) }, _folder.File("a"))
        );
        Assert.Contains("too small for one network", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_member_gives_a_result_that_says_what_is_not_known()
    {
        var result = Run("a", 1);
        Assert.Contains(result.Examples, e => double.IsNaN(e.Memorization.Value));
        Assert.DoesNotContain(result.Examples, e => double.IsNaN(e.Score) || double.IsNaN(e.WrongProbability));
        using var data = AuditData.Of(_data);
        AuditFiles.Write(result, data, _folder.File("out"));
        Assert.Contains("NaN", File.ReadAllText(_folder.File("out/summary.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_ranking_is_given_before_the_end()
    {
        Run("a", 4);
        var members = new List<int>();
        using var data = AuditData.Of(_data);
        Audit.Run(
            Plan,
            data,
            new AuditBudget { Members = 5, Time = TimeSpan.FromMilliseconds(1) },
            _folder.File("a"),
            preliminary: soFar => members.Add(soFar.Members)
        );
        Assert.Equal([2, 3, 4], members); // used up by then: the members are those that are there
    }

    [Fact]
    public void What_killed_processes_left_half_written_is_swept()
    {
        Run("swept", 1);
        var member = Directory.GetFiles(_folder.File("swept"), "member.safetensors", SearchOption.AllDirectories)[0];
        var (left, other) = (member + ".4711.tmp", Path.Combine(Path.GetDirectoryName(member)!, "notes.tmp"));
        File.WriteAllText(left, "half");
        File.SetLastWriteTimeUtc(left, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.WriteAllText(other, "the user's");
        Run("swept", 1);
        Assert.False(File.Exists(left));
        Assert.True(File.Exists(other));
    }

    [Fact]
    public void A_part_that_was_set_apart_to_test_is_audited_too()
    {
        using var data = AuditData.Of(_data);
        Assert.Equal(Examples, data.Examples.Count);
        Assert.NotNull(data.Test);
        using var own = _data with { Train = _data.Train.With(), Test = _data.Test.With(), Origin = SplitOrigin.SetAside };
        using var whole = AuditData.Of(own);
        Assert.Equal(Examples + 40, whole.Examples.Count);
        Assert.Null(whole.Test);
    }

    /// <summary>The mean of each row of a picture: classes have their bright row in different places.</summary>
    private static Dataset RowMeans(Dataset examples)
    {
        using var scope = NewDisposeScope();
        return examples.With(examples.Pixels.to(float32).mean([2L, 3L])); // [N, H]
    }

    private static AuditPlan Plan =>
        new()
        {
            Data = new DataSpec { Name = "sample" },
            Network = new Mlp { Hidden = [16] },
            Recipe = new Recipe
            {
                Epochs = 12,
                EvaluateEvery = 12,
                TestEvery = 12,
                BatchSize = 32,
                Schedule = new OneCycleSchedule(),
                Precision = Precision.Float32,
            },
            Threads = 1,
            Canaries = 48,
        };

    [Fact]
    public void Members_train_with_the_loss_of_the_recipe_one_that_remembers_every_example_included()
    {
        using var data = AuditData.Of(_data);
        var plan = Plan with { Recipe = Plan.Recipe with { Loss = new EarlyLearningRegularization() } };
        var result = Audit.Run(plan, data, new AuditBudget { Members = 2, Time = TimeSpan.FromHours(1) }, _folder.File("elr"));
        Assert.Equal(2, result.Members);
    }

    private AuditResult Run(string folder, int members, IProgress<AuditProgress>? progress = null, CancellationToken cancel = default)
    {
        using var data = AuditData.Of(_data);
        return Audit.Run(
            Plan,
            data,
            new AuditBudget { Members = members, Time = TimeSpan.FromHours(1) },
            _folder.File(folder),
            progress,
            cancel: cancel
        );
    }

    private sealed class Recorder(Action<AuditProgress> action) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value) => action(value);
    }
}
