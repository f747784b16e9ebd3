using Rote.Theory.Features;
using static TorchSharp.torch;

namespace Rote.Theory.Kernels;

/// <summary>Chooses γ by cross-validation of the interpolant on some training examples, all in float64.</summary>
internal static class BandwidthSearch
{
    /// <summary>The most training examples that are used.</summary>
    public const int MostExamples = 4_000;

    /// <summary>The fewest examples for which a search makes sense.</summary>
    public const int FewestExamples = 20;

    private const int Folds = 5;

    /// <summary>Powers of two; γ is each divided by the median of the squared distances.</summary>
    private static readonly int[] Powers = [-3, -2, -1, 0, 1, 2, 3, 4];

    /// <summary>Tries bandwidths.</summary>
    /// <param name="features">The features of a picture for the kernel.</param>
    /// <param name="pixels">[N, H, W, C] training pictures in random order; the search uses the first ones.</param>
    /// <param name="targets">[C, N] float64 one-hot.</param>
    /// <param name="progress">Receives the trials.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The best γ and all trials. The fewest errors win, then the largest γ, whose matrix has the best condition.</returns>
    /// <exception cref="InputException">There are too few examples, all are equal, or no kernel matrix can be factored.</exception>
    public static (double Best, IReadOnlyList<BandwidthTrial> Trials) Run(
        IFeatures features,
        Tensor pixels,
        Tensor targets,
        IProgress<TheoryProgress>? progress,
        CancellationToken cancel
    )
    {
        var count = Math.Min(MostExamples, pixels.shape[0]);
        if (count < FewestExamples)
        {
            throw new InputException(
                $"There are {count} training examples, too few to choose a bandwidth by cross-validation; set {Setting.Gamma}, "
                    + $"or at least {FewestExamples} examples."
            );
        }

        using var scope = NewDisposeScope();
        var distances = Distances(features, pixels.narrow(0, 0, count), cancel);
        var labels = targets.narrow(1, 0, count).argmax(0);
        var median =
            distances.masked_select(distances.gt(0)) is var apart && apart.numel() > 0
                ? apart.median().item<double>()
                : throw new InputException("All training examples are equal; there is nothing to choose a bandwidth by.");
        var trials = new List<BandwidthTrial>();
        foreach (var power in Powers)
        {
            progress?.Report(new TheoryProgress("Choosing the bandwidth", trials.Count, Powers.Length, "values"));
            var gamma = Rounded(Math.Pow(2, power) / median);
            trials.Add(new BandwidthTrial(gamma, Wrong(distances, targets.narrow(1, 0, count), labels, gamma, cancel), (int)count));
        }

        return
            trials
                .Where(trial => trial.Wrong is not null)
                .OrderBy(trial => trial.Wrong)
                .ThenByDescending(trial => trial.Gamma)
                .FirstOrDefault()
                is { } best
            ? (best.Gamma, trials)
            : throw new InputException(
                $"No bandwidth gives a kernel matrix that can be factored: many examples are nearly equal; set {Setting.Gamma}."
            );
    }

    /// <summary>Rounds to three significant digits, so that a user can type the number.</summary>
    private static double Rounded(double value) => double.Parse($"{value:G3}", System.Globalization.CultureInfo.InvariantCulture);

    private static Tensor Distances(IFeatures features, Tensor pixels, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        var products = zeros([pixels.shape[0], pixels.shape[0]], float64);
        for (var block = 0; block < features.Blocks; block++)
        {
            using var inner = NewDisposeScope();
            var own = features.Compute(pixels, block, cancel).to(float64);
            own.sub_(own.mean([0L], keepdim: true));
            products.add_(own.mm(own.t()));
        }

        var norms = products.diagonal();
        return norms.unsqueeze(1).add(norms.unsqueeze(0)).sub_(products.mul(2)).clamp_min_(0).MoveToOuterDisposeScope();
    }

    private static int? Wrong(Tensor distances, Tensor targets, Tensor labels, double gamma, CancellationToken cancel)
    {
        var wrong = 0;
        for (var fold = 0; fold < Folds; fold++)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var numbers = arange(labels.shape[0], int64);
            var isHeld = numbers.remainder(Folds).eq(fold);
            var (held, kept) = (numbers.masked_select(isHeld), numbers.masked_select(isHeld.logical_not()));
            var rows = distances.index_select(0, kept);
            var (factor, info) = linalg.cholesky_ex(rows.index_select(1, kept).mul(-gamma).exp_(), check_errors: false);
            if (info.item<int>() != 0)
            {
                return null;
            }

            var solution = cholesky_solve(targets.index_select(1, kept).t(), factor, false); // [kept, C]
            var scores = rows.index_select(1, held).mul(-gamma).exp_().t().mm(solution); // [held, C]
            wrong += (int)scores.argmax(1).ne(labels.index_select(0, held)).sum([0L]).item<long>();
        }

        return wrong;
    }
}
