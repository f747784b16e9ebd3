using static TorchSharp.torch;

namespace Rote.Data;

/// <summary>What is known of each feature of vectors: its name, and the mean and deviation that it is standardized by.</summary>
/// <remarks>
/// Images are whitened one by one, since all their values are of one scale. The features of a vector are not, so each is standardized over
/// the examples that are trained on. These numbers belong to a network as its weights do: test examples and other data are brought to its
/// scale, not to their own.
/// </remarks>
public sealed record VectorFeatures
{
    /// <summary>Examples that are worked on together, so that float64 copies stay small.</summary>
    private const int Part = 1000;

    /// <summary>[D] what the user calls them; null where they have numbers only.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>[D] means over the examples trained on, in the features' own units.</summary>
    /// <exception cref="InputException">A value is not finite.</exception>
    public required IReadOnlyList<double> Means
    {
        get;
        init => field = value.All(double.IsFinite) ? value : throw new InputException("The mean of a feature is not finite.");
    }

    /// <summary>[D] population standard deviations over the same examples, at least 0; 0 exactly where all of them have one
    /// value.</summary>
    /// <exception cref="InputException">A value is negative or not finite.</exception>
    public required IReadOnlyList<double> Deviations
    {
        get;
        init =>
            field = value.All(v => double.IsFinite(v) && v >= 0)
                ? value
                : throw new InputException("The standard deviation of a feature is negative or not finite.");
    }

    /// <summary>Measures the features.</summary>
    /// <param name="train">Vectors [N, D] that are trained on, N at least 1.</param>
    /// <returns>Their moments, summed in float64 in two passes.</returns>
    public static VectorFeatures Of(Dataset train)
    {
        using var scope = NewDisposeScope();
        var values = train.Pixels; // [N, D]
        var means = Sum(values, part => part) / train.Count; // [D]
        var variances = Sum(values, part => (part - means).pow_(2)) / train.Count; // [D]

        // A sum rounds, so that equal values could seem to vary a little; dividing by that would make noise of nothing.
        var isConstant = values.amin([0L]).eq(values.amax([0L])); // [D]
        return new VectorFeatures
        {
            Names = train.FeatureNames,
            Means = means.data<double>().ToArray(),
            Deviations = variances.sqrt_().masked_fill_(isConstant, 0).data<double>().ToArray(),
        };
    }

    /// <summary>Standardizes vectors: (x − mean) / deviation in each feature, and 0 where the deviation is 0.</summary>
    /// <param name="vectors">[N, D] in the features' own units; still the caller's.</param>
    /// <returns>[N, D] float32, which the caller owns.</returns>
    public Dataset Standardize(Dataset vectors)
    {
        using var scope = NewDisposeScope();
        var means = tensor(Means.ToArray(), float64); // [D]
        var factors = tensor(Deviations.Select(d => d == 0 ? 0 : 1 / d).ToArray(), float64); // [D]
        var result = empty(vectors.Pixels.shape, float32);
        for (var start = 0; start < vectors.Count; start += Part)
        {
            using var part = NewDisposeScope();
            var count = Math.Min(Part, vectors.Count - start);
            var values = vectors.Pixels.narrow(0, start, count).to(float64);
            result.narrow(0, start, count).copy_(values.sub_(means).mul_(factors));
        }

        return vectors.With(result);
    }

    /// <summary>Demands that these are as many features as an example has.</summary>
    /// <param name="count">How many it has.</param>
    /// <exception cref="InputException">They are not.</exception>
    internal void RequireCount(int count)
    {
        if (Means.Count != count || Deviations.Count != count || (Names is { } names && names.Count != count))
        {
            throw new InputException(
                $"There are {Means.Count} means, {Deviations.Count} deviations and {Names?.Count ?? count} names for {count} features."
            );
        }
    }

    private static Tensor Sum(Tensor values, Func<Tensor, Tensor> change)
    {
        var sum = zeros(values.shape[1], float64);
        for (var start = 0L; start < values.shape[0]; start += Part)
        {
            using var scope = NewDisposeScope();
            var part = values.narrow(0, start, Math.Min(Part, values.shape[0] - start)).to(float64); // [n, D]
            sum.add_(change(part).sum([0L]));
        }

        return sum;
    }
}
