using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Rote.Data;

/// <summary>The names of a vector's features, and the means and deviations that standardize them.</summary>
/// <remarks>
/// Images are whitened one by one, since all their values share one scale. The features of a vector do not, so each is standardized over
/// the training examples. These numbers are part of a network, as its weights are: test examples and other data are brought to its scale,
/// not to their own.
/// A missing value (NaN) does not enter mean and deviation, and counts as the mean.
/// Texts are standardized differently. Almost all entries of a bag of words are 0, and subtracting a mean would turn them into dense noise.
/// So the mean is 0, and each entry is multiplied by its inverse document frequency ln((1 + N) / (1 + n)) + 1, where n of N texts have it
/// (Spärck Jones 1972, as scikit-learn smooths it). Each row is then scaled to the length √D that a standardized vector has on average, so
/// that a long text counts as much as a short one.
/// The features of a symbol are already 0 and 1, each 1 equally often; they stay as they are (mean 0, deviation 1).
/// </remarks>
public sealed record VectorFeatures
{
    /// <summary>Examples processed together, so that float64 copies stay small.</summary>
    private const int Part = 1000;

    /// <summary>[D] the user's names of the features; null if they have only numbers.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The table columns that the features were made from, unless every feature is a column of numbers; else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DataColumn>? Columns { get; init; }

    /// <summary>[D] means over the training examples, in the features' own units; 0 for texts, symbols, and features without a
    /// value.</summary>
    /// <exception cref="InputException">A value is not finite.</exception>
    public required IReadOnlyList<double> Means
    {
        get;
        init => field = value.All(double.IsFinite) ? value : throw new InputException("The mean of a feature is not finite.");
    }

    /// <summary>[D] population standard deviations over the same examples, at least 0; exactly 0 if all of them have one value. For texts,
    /// 1 divided by the inverse document frequency, and 0 for entries that no text has.</summary>
    /// <exception cref="InputException">A value is negative or not finite.</exception>
    public required IReadOnlyList<double> Deviations
    {
        get;
        init =>
            field = value.All(v => double.IsFinite(v) && v >= 0)
                ? value
                : throw new InputException("The standard deviation of a feature is negative or not finite.");
    }

    /// <summary>Whether the features are hashed words of texts.</summary>
    [JsonIgnore]
    public bool AreTexts => Columns is [{ Kind: DataColumnKind.Text }];

    /// <summary>Measures the mean and deviation of each feature.</summary>
    /// <param name="train">Training vectors [N, D], N at least 1.</param>
    /// <returns>Their moments, summed in float64 in two passes.</returns>
    public static VectorFeatures Of(Dataset train)
    {
        using var scope = NewDisposeScope();
        var values = train.Pixels; // [N, D]
        if (train.Columns is [{ Kind: DataColumnKind.Text }])
        {
            return OfTexts(train);
        }

        var counts = Sum(values, part => part.isnan().logical_not_().to(float64)).clamp_min_(1); // [D]
        var means = Sum(values, part => part.nan_to_num_(0)) / counts; // [D]
        var variances = Sum(values, part => (part - means).nan_to_num_(0).pow_(2)) / counts; // [D]

        // Sums round, so equal values could seem to vary a little; dividing by that deviation would turn rounding into noise.
        var isConstant = Extreme(values, isLeast: true).ge(Extreme(values, isLeast: false)); // [D]
        variances.sqrt_().masked_fill_(isConstant, 0);
        var isSymbol = IsSymbol(train); // [D]
        return new VectorFeatures
        {
            Names = train.FeatureNames,
            Columns = train.Columns,
            Means = means.masked_fill_(isSymbol, 0).data<double>().ToArray(),
            Deviations = variances.masked_fill_(isSymbol, 1).data<double>().ToArray(),
        };
    }

    private static Tensor IsSymbol(Dataset train) =>
        tensor(
            train.Columns is { } columns
                ? columns.SelectMany(c => Enumerable.Repeat(c.Kind == DataColumnKind.Symbol, c.Features)).ToArray()
                : new bool[train.Width]
        );

    private static VectorFeatures OfTexts(Dataset train)
    {
        var having = Sum(train.Pixels, part => part.ne(0).to(float64)); // [D]
        var weights = ((1.0 + train.Count) / (having + 1)).log_().add_(1); // [D]
        return new VectorFeatures
        {
            Names = train.FeatureNames,
            Columns = train.Columns,
            Means = new double[train.Width],
            Deviations = weights.reciprocal_().masked_fill_(having.eq(0), 0).data<double>().ToArray(),
        };
    }

    /// <summary>Standardizes vectors: (x − mean) / deviation in each feature, and 0 where the deviation is 0 or there is no value; texts
    /// are then scaled to one length.</summary>
    /// <param name="vectors">[N, D] in the features' own units; the caller keeps ownership.</param>
    /// <returns>[N, D] float32, which the caller owns.</returns>
    public Dataset Standardize(Dataset vectors)
    {
        using var scope = NewDisposeScope();
        return vectors.With(Of(vectors.Pixels));
    }

    /// <summary>Standardizes the values of some vectors.</summary>
    /// <param name="vectors">[n, D] in the features' own units.</param>
    /// <returns>[n, D] float32, as <see cref="Standardize"/> gives them, in the caller's dispose scope.</returns>
    internal Tensor Of(Tensor vectors)
    {
        using var scope = NewDisposeScope();
        var means = tensor(Means.ToArray(), float64); // [D]
        var factors = tensor(Deviations.Select(d => d == 0 ? 0 : 1 / d).ToArray(), float64); // [D]
        var result = empty(vectors.shape, float32);
        for (var start = 0L; start < vectors.shape[0]; start += Part)
        {
            using var part = NewDisposeScope();
            var count = Math.Min(Part, vectors.shape[0] - start);
            var values = vectors.narrow(0, start, count).to(float64, copy: true);
            values.sub_(means).mul_(factors);
            result.narrow(0, start, count).copy_(AreTexts ? OfOneLength(values) : values.nan_to_num_(0));
        }

        return result.MoveToOuterDisposeScope();
    }

    /// <summary>Throws unless there are as many features as an example has.</summary>
    /// <param name="count">Features of an example.</param>
    /// <exception cref="InputException">There are more or fewer.</exception>
    internal void RequireCount(int count)
    {
        if (Means.Count != count || Deviations.Count != count || (Names is { } names && names.Count != count))
        {
            throw new InputException(
                $"There are {Means.Count} means, {Deviations.Count} deviations and {Names?.Count ?? count} names for {count} features."
            );
        }

        if (Columns is { } columns && columns.Sum(c => (long)c.Features) is var made && made != count)
        {
            throw new InputException($"Its columns make {made} features, expected {count}.");
        }
    }

    private static Tensor OfOneLength(Tensor values)
    {
        var lengths = values.square().sum([1L], keepdim: true).sqrt_(); // [n, 1]; 0 for a text without words
        return values.mul_(Math.Sqrt(values.shape[1])).div_(lengths.clamp_min_(1e-12));
    }

    private static Tensor Sum(Tensor values, Func<Tensor, Tensor> change)
    {
        var sum = zeros(values.shape[1], float64);
        for (var start = 0L; start < values.shape[0]; start += Part)
        {
            using var scope = NewDisposeScope();
            var part = values.narrow(0, start, Math.Min(Part, values.shape[0] - start)).to(float64, copy: true); // [n, D]
            sum.add_(change(part).sum([0L]));
        }

        return sum;
    }

    /// <summary>The least or the greatest value of each feature, ignoring missing ones.</summary>
    private static Tensor Extreme(Tensor values, bool isLeast)
    {
        var none = isLeast ? double.PositiveInfinity : double.NegativeInfinity;
        var found = full(values.shape[1], none, float64);
        for (var start = 0L; start < values.shape[0]; start += Part)
        {
            using var scope = NewDisposeScope();
            var part = values.narrow(0, start, Math.Min(Part, values.shape[0] - start)).to(float64, copy: true);
            part.nan_to_num_(none, double.PositiveInfinity, double.NegativeInfinity);
            found.copy_(isLeast ? found.minimum(part.amin([0L])) : found.maximum(part.amax([0L])));
        }

        return found;
    }
}
