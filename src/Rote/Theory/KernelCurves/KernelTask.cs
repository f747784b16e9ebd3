using Rote.Data;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Theory.KernelCurves;

/// <summary>A kernel and the examples of a draw.</summary>
internal sealed record KernelTask
{
    /// <summary>Catalog name of the data.</summary>
    public required string Data { get; init; }

    /// <summary>The kernel.</summary>
    public required KernelShape Kernel { get; init; }

    /// <summary>The number of training examples, at least 2.</summary>
    public required int Examples { get; init; }

    /// <summary>The number of test examples that errors are measured on.</summary>
    public required int TestExamples { get; init; }

    /// <summary>The number of other test examples that bandwidth and ridge are chosen on.</summary>
    public required int ChoiceExamples { get; init; }

    /// <summary>The source of all randomness.</summary>
    public required long Seed { get; init; }

    /// <summary>The number of the draw.</summary>
    public required int Draw { get; init; }
}

/// <summary>The drawn examples of a task with their kernel matrices in float64; its tensors belong to the caller's scope.</summary>
internal sealed class KernelExamples
{
    // The bandwidth is chosen on few examples: it is a choice and no result.
    private const int BandwidthExamples = 1_000;
    private const int Pairs = 2_000;

    private readonly KernelTask _task;
    private readonly Seeds _seeds;
    private readonly Tensor _labels;
    private readonly int _classes;

    /// <summary>Draws the examples and chooses the bandwidth.</summary>
    /// <param name="task">What to draw.</param>
    /// <param name="data">Pictures or vectors; still the caller's.</param>
    /// <exception cref="InputException">There are too few different examples, or most are equal.</exception>
    public KernelExamples(KernelTask task, DatasetSplits data)
    {
        using var scope = NewDisposeScope();
        (_task, _seeds, _classes) = (task, new Seeds(task.Seed), data.Train.Classes);
        var (rows, labels) = ExampleDraw.Rows(data.Train, task.Examples, SeedStreams.KernelCurveTrain, _seeds, task.Draw, distinct: true);
        var asked = task.TestExamples + task.ChoiceExamples;
        var (test, truth) = ExampleDraw.Rows(data.Test, asked, SeedStreams.KernelCurveTest, _seeds, task.Draw);
        var mean = rows.mean([0L], keepdim: true);
        var (train, others) = (rows.sub(mean), test.sub(mean));
        _labels = labels.MoveToOuterDisposeScope();
        Truth = truth.MoveToOuterDisposeScope();
        Bandwidth = Choose(train, others.narrow(0, task.TestExamples, task.ChoiceExamples));
        var gamma = Bandwidth / Length(train);
        Kernel = KernelMatrix.Among(task.Kernel, train, gamma).MoveToOuterDisposeScope();
        Asked = KernelMatrix.Between(task.Kernel, others, train, gamma).MoveToOuterDisposeScope();
    }

    /// <summary>Bandwidths that are tried: γ in units of one over the median distance, squared for the Gaussian kernel.</summary>
    public static IReadOnlyList<double> Bandwidths { get; } = [0.25, 0.5, 1, 2, 4];

    /// <summary>The chosen one of <see cref="Bandwidths"/>: its interpolant of up to 1,000 true labels has the fewest errors on the
    /// examples held out for choices; the larger of equally good ones.</summary>
    public double Bandwidth { get; }

    /// <summary>[N, N] between training examples.</summary>
    public Tensor Kernel { get; }

    /// <summary>[T + V, N] between test examples (first those to measure on, then those to choose on) and training examples.</summary>
    public Tensor Asked { get; }

    /// <summary>[T + V] true labels of the test examples.</summary>
    public Tensor Truth { get; }

    /// <summary>Returns the training labels with a share of them drawn anew.</summary>
    /// <param name="noise">Share in [0, 1]; the labels of a larger share contain the drawn ones of a smaller share.</param>
    /// <returns>[N] int64.</returns>
    public Tensor Labels(double noise) =>
        ExampleDraw.Relabelled(_labels, noise, _classes, SeedStreams.KernelCurveLabels, _seeds, _task.Draw);

    /// <summary>Returns labels as rows of 0 and 1.</summary>
    /// <param name="labels">[n] int64.</param>
    /// <returns>[n, C] float64.</returns>
    public Tensor Targets(Tensor labels) => nn.functional.one_hot(labels, _classes).to(float64);

    /// <summary>Counts wrong answers.</summary>
    /// <param name="scores">[n, C].</param>
    /// <param name="labels">[n] int64.</param>
    /// <returns>A share in [0, 1].</returns>
    public static double Wrong(Tensor scores, Tensor labels)
    {
        using var scope = NewDisposeScope();
        return scores.argmax(1).ne(labels).to(float64).mean().item<double>();
    }

    private double Choose(Tensor train, Tensor choice)
    {
        using var scope = NewDisposeScope();
        var few = train.narrow(0, 0, Math.Min(BandwidthExamples, train.shape[0]));
        var targets = Targets(_labels.narrow(0, 0, few.shape[0]));
        var truth = Truth.narrow(0, _task.TestExamples, _task.ChoiceExamples);
        var length = Length(train);
        return Bandwidths.OrderDescending().MinBy(Errors);

        double Errors(double bandwidth)
        {
            using var inner = NewDisposeScope();
            var (factor, info) = linalg.cholesky_ex(KernelMatrix.Among(_task.Kernel, few, bandwidth / length), check_errors: false);
            return info.item<int>() != 0
                ? 1
                : Wrong(
                    KernelMatrix.Between(_task.Kernel, choice, few, bandwidth / length).mm(cholesky_solve(targets, factor, false)),
                    truth
                );
        }
    }

    private double Length(Tensor train)
    {
        using var scope = NewDisposeScope();
        var count = Math.Min(Pairs, train.shape[0] - 1);
        var square = train.narrow(0, 0, count).sub(train.narrow(0, 1, count)).square().sum([1L]).median().item<double>();
        return square > 0
            ? (_task.Kernel == KernelShape.Gaussian ? square : Math.Sqrt(square))
            : throw new InputException("Most training examples are equal; a kernel has no bandwidth for them.");
    }
}
