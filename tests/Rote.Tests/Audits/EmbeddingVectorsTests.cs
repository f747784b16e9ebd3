using Rote.Audits;
using Rote.Audits.Scoring;
using Rote.Data;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Audits;

/// <summary>Whole audits of vectors whose classes lie apart: made without the labels, and by a model that was trained on them.</summary>
[NoTensorLeaks]
public sealed class EmbeddingVectorsTests : IDisposable
{
    private const int Examples = 900;
    private const int Classes = 5;
    private const int Features = 24;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Wrong_labels_of_classes_that_lie_apart_are_counted_one_by_one()
    {
        const int Wrong = 37;
        var result = Run(wrong: Wrong, knows: false);
        Assert.NotNull(result.Wrong.Apart);
        Assert.False(result.Wrong.MayBeHidden);
        Assert.InRange(result.Count(Verdict.ProbablyWrong), Wrong - 2, Wrong + 2);
        Assert.InRange(result.Wrong.Share * Examples, Wrong - 4, Wrong + 4);
        Assert.InRange((double)Wrong / Examples, result.Wrong.Low, result.Wrong.High);
        Assert.InRange(result.Wrong.High, 0, 0.075);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(108, true)] // 12 %
    public void Where_no_label_disagrees_no_number_is_given_whether_labels_are_right_or_the_vectors_know_them(int wrong, bool knows)
    {
        var result = Run(wrong, knows);
        Assert.True(result.Wrong.MayBeHidden);
        Assert.Equal(1, result.Wrong.High);
        Assert.InRange(result.Count(Verdict.ProbablyWrong), 0, 2);
        Assert.Equal(double.NaN, result.WrongAmong(200).Value);
    }

    [Fact]
    public void Pictures_and_named_measurements_know_no_labels()
    {
        using var pictures = Samples.Learnable(10, 10);
        Assert.False(EmbeddingVectors.MayBe(pictures.Train));
        Assert.True(MayBe(null));
        Assert.True(MayBe([.. Enumerable.Range(0, 12).Select(i => $"e{i}")]));
        Assert.True(MayBe([.. Enumerable.Range(0, 12).Select(i => $"{i}")]));
        Assert.False(MayBe(["sepal length", "sepal width", "petal length"]));
        Assert.False(MayBe(["x1", "x2", "x3"]));

        static bool MayBe(string[]? names)
        {
            using var vectors = Vectors.Of([new float[names?.Length ?? 3]], names);
            return EmbeddingVectors.MayBe(vectors);
        }
    }

    private AuditResult Run(int wrong, bool knows)
    {
        using var scope = NewDisposeScope();
        using var data = Draw(wrong, knows);
        using var examples = AuditData.Of(data);
        var plan = AuditPlan.For(new DataSpec { Name = "vectors" }, examples.Examples, new Mlp { Hidden = [32] });
        return Audit.Run(plan, examples, new AuditBudget { Members = 6, Time = TimeSpan.FromHours(1) }, _folder.File("audits"));
    }

    /// <summary>One cloud a class; where the vectors know the labels an example lies by its given label, and only a fifth of the way
    /// towards its true class.</summary>
    private static DatasetSplits Draw(int wrong, bool knows)
    {
        var stream = new Seeds(5).Stream("vectors");
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - stream.NextDouble())) * Math.Cos(2 * Math.PI * stream.NextDouble());
        var centres = Enumerable
            .Range(0, Classes)
            .Select(_ => Enumerable.Range(0, Features).Select(_ => 1.6 * Normal()).ToArray())
            .ToArray();
        var truth = Enumerable.Range(0, Examples).Select(i => i % Classes).ToArray();
        var given = truth.Select((label, i) => i < wrong ? (label + 1 + (i / Classes % (Classes - 1))) % Classes : label).ToArray();
        var values = truth
            .SelectMany(
                (label, i) =>
                    Enumerable
                        .Range(0, Features)
                        .Select(d =>
                            (float)((knows ? (0.8 * centres[given[i]][d]) + (0.2 * centres[label][d]) : centres[label][d]) + Normal())
                        )
            )
            .ToArray();
        var names = Enumerable.Range(0, Classes).Select(k => $"class {k}").ToArray();
        var all = tensor(values, [Examples, Features], float32);
        return new DatasetSplits(
            new Dataset(
                all,
                tensor(given.Select(k => (long)k).ToArray()),
                names,
                Split.Train,
                new Provenance("vectors", "drawn by the test", "")
            ),
            new Dataset(
                all.narrow(0, 0, 10).clone(),
                tensor(truth.Take(10).Select(k => (long)k).ToArray()),
                names,
                Split.Test,
                new Provenance("vectors", "drawn by the test", "")
            )
        );
    }
}
