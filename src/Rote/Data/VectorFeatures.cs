using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Rote.Data;

/// <summary>What is known of each feature of vectors: its name, and the mean and deviation that it is standardized by.</summary>
/// <remarks>
/// Images are whitened one by one, since all their values are of one scale. The features of a vector are not, so each is standardized over
/// the examples that are trained on. These numbers belong to a network as its weights do: test examples and other data are brought to its
/// scale, not to their own.
/// A value that is missing (NaN) is left out of mean and deviation, and counts as the mean.
/// Texts are standardized otherwise. Almost all places of a bag of words are 0, and a mean would make dense noise of them: here the mean
/// is 0, and what a place holds is multiplied by its inverse document frequency ln((1 + N) / (1 + n)) + 1 where n of N texts have it
/// (Spärck Jones 1972, in the form that scikit-learn smooths it); a long text counts as a short one, because every row is brought to the
/// length √D that a standardized vector has on average.
/// The features of a symbol are 0 and 1 already, and each is 1 as often as another: they stay as they are (mean 0, deviation 1).
/// </remarks>
public sealed record VectorFeatures
{
    /// <summary>Examples that are worked on together, so that float64 copies stay small.</summary>
    private const int Part = 1000;

    /// <summary>[D] what the user calls them; null where they have numbers only.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The columns of a table that the features were made of, where not every feature is a column of numbers; null
    /// elsewhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DataColumn>? Columns { get; init; }

    /// <summary>[D] means over the examples trained on, in the features' own units; 0 for texts, and where no example has a
    /// value.</summary>
    /// <exception cref="InputException">A value is not finite.</exception>
    public required IReadOnlyList<double> Means
    {
        get;
        init => field = value.All(double.IsFinite) ? value : throw new InputException("The mean of a feature is not finite.");
    }

    /// <summary>[D] population standard deviations over the same examples, at least 0; 0 exactly where all of them have one value. For
    /// texts 1 divided by the inverse document frequency, and 0 for places that no text has.</summary>
    /// <exception cref="InputException">A value is negative or not finite.</exception>
    public required IReadOnlyList<double> Deviations
    {
        get;
        init =>
            field = value.All(v => double.IsFinite(v) && v >= 0)
                ? value
                : throw new InputException("The standard deviation of a feature is negative or not finite.");
    }

    /// <summary>Whether they are words of texts.</summary>
    [JsonIgnore]
    public bool AreTexts => Columns is [{ Kind: DataColumnKind.Text }];

    /// <summary>Measures the features.</summary>
    /// <param name="train">Vectors [N, D] that are trained on, N at least 1.</param>
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

        // A sum rounds, so that equal values could seem to vary a little; dividing by that would make noise of nothing.
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
    /// then to one length.</summary>
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
            var values = vectors.Pixels.narrow(0, start, count).to(float64, copy: true);
            values.sub_(means).mul_(factors);
            result.narrow(0, start, count).copy_(AreTexts ? OfOneLength(values) : values.nan_to_num_(0));
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

    /// <summary>The least or the greatest value of each feature, missing ones aside.</summary>
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
