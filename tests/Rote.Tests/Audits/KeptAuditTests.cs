using Rote.Audits;
using Rote.Data;
using Rote.Measurement;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Schedules;
using static TorchSharp.torch;

namespace Rote.Tests.Audits;

/// <summary>Audits of many classes, of which only some numbers of each example are kept: beside the same audit with all of them.</summary>
[NoTensorLeaks]
public sealed class KeptAuditTests : IDisposable
{
    private const int Classes = 60;
    private const int Each = 20;
    private const int Examples = Classes * Each;
    private const int Wrong = 60;
    private const int Canaries = 40;

    private readonly TempFolder _folder = new();
    private readonly DatasetSplits _data = Draw();

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Numbers_that_are_not_kept_change_hardly_anything(bool looksThrough)
    {
        var (all, some) = (Run("all", Examples * Classes, looksThrough), Run("some", Examples * 16, looksThrough));
        Assert.True(all.OutOfBagProbabilities!.Kept.AreAll);
        Assert.Equal((2 * Canaries * Classes) + ((Examples - (2 * Canaries)) * 8), some.OutOfBagProbabilities!.Kept.Total);

        Assert.Equal(all.Examples.Select(e => e.Agreeing), some.Examples.Select(e => e.Agreeing));
        Assert.Equal(all.Examples.Select(e => e.Contradicting), some.Examples.Select(e => e.Contradicting));
        var ranks = Ranks.Correlation([.. all.Examples.Select(e => e.Score)], [.. some.Examples.Select(e => e.Score)]);
        Assert.InRange(ranks, 0.95, 1);
        foreach (var audit in new[] { all, some })
        {
            Assert.InRange((double)Wrong / Examples, audit.Wrong.Low, audit.Wrong.High);
            Assert.InRange(audit.OutOfBagAccuracy.Value, 0.85, 0.95); // of all labels 95 % are right
        }

        Assert.InRange(all.Examples.Zip(some.Examples).Count(pair => pair.First.Verdict != pair.Second.Verdict), 0, Examples / 20);
        Assert.InRange(Found(some) - Found(all), -3, 3);
        Assert.InRange(Found(all), 0.8 * Wrong, Wrong);
    }

    // Before canaries are named by what the first network confuses, which is a sum over all numbers, networks are the same.
    [Fact]
    public void What_is_asked_of_the_label_and_of_the_nearest_class_is_the_same_to_the_bit()
    {
        var (all, some) = (Run("all", Examples * Classes, false, members: 2), Run("some", Examples * 16, false, members: 2));
        Assert.Equal(all.Examples.Select(e => e.Consistency), some.Examples.Select(e => e.Consistency));
        Assert.Equal(all.Examples.Select(e => e.InBagAccuracy), some.Examples.Select(e => e.InBagAccuracy));
        Assert.Equal(all.Examples.Select(e => e.NormalizedMargin), some.Examples.Select(e => e.NormalizedMargin));
        Assert.Equal(all.Examples.Select(e => e.Agreeing), some.Examples.Select(e => e.Agreeing));
        Assert.Equal(all.Examples.Select(e => e.Contradicting), some.Examples.Select(e => e.Contradicting));
        Assert.Equal(all.OutOfBagAccuracy, some.OutOfBagAccuracy);
    }

    [Fact]
    public void More_numbers_than_an_array_holds_are_refused_before_anything_is_trained()
    {
        var plan = new AuditPlan
        {
            Data = new DataSpec { Name = "classes" },
            Network = new Mlp { Hidden = [64] },
            Recipe = new Recipe(),
            Canaries = 200_000,
            Threads = 1,
            Seed = 1,
        };
        Check(14_000, 7000); // few enough for all to be kept
        Assert.Equal(
            "classes has 7,000 classes and 21,000 examples, of which 400,000 are planted with wrong labels, and a probability of each "
                + "class is kept for each of these: more than 2,147,483,647; merge rare classes, or lower the number of examples.",
            Assert.Throws<InputException>(() => Check(21_000, 7000)).Message
        );
        Assert.Equal(
            "classes has 7,001 classes for 14,002 examples, and an audit counts every pair of classes: expected at most 7,000; give "
                + "labels that are classes, or merge rare ones.",
            Assert.Throws<InputException>(() => Check(14_002, 7001)).Message
        );

        void Check(int count, int classes)
        {
            using var scope = NewDisposeScope();
            using var examples = new Dataset(
                zeros([count, 1], float32),
                arange(count, int64) % classes,
                [.. Enumerable.Range(0, classes).Select(k => $"{k}")],
                Split.Train,
                new Provenance("classes", "drawn", new string('a', 64)),
                SourceRows.Of("t.csv", count)
            );
            AuditDefaults.RequireAuditable(plan, examples);
        }
    }

    [Fact]
    public void A_second_session_reads_what_was_kept()
    {
        var first = Run("a", Examples * 16, looksThrough: false);
        var again = Run("a", Examples * 16, looksThrough: false);
        Assert.Equal(first.Examples.Select(e => e.Score), again.Examples.Select(e => e.Score));
        Assert.Equal(first.OutOfBagProbabilities!.Values, again.OutOfBagProbabilities!.Values);

        // Another number is kept of every example: these are not its networks.
        var error = Assert.Throws<InputException>(() => Run("a", Examples * 30, looksThrough: false));
        Assert.Contains("is not a member of this audit; remove it, and it is trained again.", error.Message, StringComparison.Ordinal);
    }

    private static int Found(AuditResult result) => result.Suspects.Take(Wrong).Count(e => e.Id < Wrong);

    private AuditResult Run(string folder, long most, bool looksThrough, int members = 6)
    {
        using var data = AuditData.Of(_data);
        data.MostKept = most;
        if (looksThrough)
        {
            data.LookThrough(_data.Train.With());
        }

        var recipe = new Recipe
        {
            Epochs = 8,
            EvaluateEvery = 8,
            BatchSize = 32,
            LearningRate = 0.05,
            Schedule = new OneCycleSchedule(),
            Precision = Precision.Float32,
        };
        var plan = new AuditPlan
        {
            Data = new DataSpec { Name = "classes" },
            Network = new Mlp { Hidden = [64] },
            Recipe = recipe,
            Canaries = Canaries,
            Threads = 1,
            Seed = 1,
        };
        return Audit.Run(plan, data, new AuditBudget { Members = members, Time = TimeSpan.FromHours(1) }, _folder.File(folder));
    }

    /// <summary>Vectors around one corner for each class; the first labels are those of the next class.</summary>
    private static DatasetSplits Draw()
    {
        using var scope = NewDisposeScope();
        var stream = new Seeds(1).Stream("classes");
        var (values, labels) = (new float[Examples * Classes], new long[Examples]);
        stream.FillGaussian(values);
        for (var i = 0; i < Examples; i++)
        {
            var truth = i * 7 % Classes;
            values[(i * Classes) + truth] += 6;
            labels[i] = i < Wrong ? (truth + 1) % Classes : truth;
        }

        string[] names = [.. Enumerable.Range(0, Classes).Select(k => $"{k}")];
        var provenance = new Provenance("classes", "drawn", new string('a', 64));
        Dataset Part(int start, int count, Split split) =>
            new(
                tensor(values, [Examples, Classes]).narrow(0, start, count),
                tensor(labels).narrow(0, start, count),
                names,
                split,
                provenance,
                SourceRows.Of("t.csv", count)
            );
        return new DatasetSplits(Part(0, Examples, Split.Train), Part(0, Classes, Split.Test));
    }
}
