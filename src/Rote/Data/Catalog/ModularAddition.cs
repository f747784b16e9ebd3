using System.Globalization;
using System.Security.Cryptography;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Data.Catalog;

/// <summary>The generated data set <c>modular-addition</c>: all pairs of numbers below a modulus p, each labelled with its sum modulo p.
/// The rule is simple to state and slow to learn.</summary>
/// <remarks>
/// Power et al. 2022 (arXiv:2201.02177) found on such tables that a network can memorize its training examples long before it learns the
/// rule. docs/reference/modular-addition.md describes the set.
/// </remarks>
public static class ModularAddition
{
    /// <summary>The modulus of the catalog's set.</summary>
    public const int DefaultModulus = 41;

    /// <summary>The smallest modulus.</summary>
    public const int LeastModulus = 5;

    /// <summary>The largest modulus: 39,601 pairs.</summary>
    public const int MostModulus = 199;

    /// <summary>The share of the pairs that are training examples; the others are the test examples.</summary>
    public const double TrainShare = 0.7;

    private const string Name = "modular-addition";

    internal static CatalogEntry Entry { get; } = Of(DefaultModulus, Name);

    /// <summary>All pairs of numbers below a modulus, in a random order that depends on the modulus alone; the first 70 % are the training
    /// examples.</summary>
    /// <param name="modulus">p, from <see cref="LeastModulus"/> to <see cref="MostModulus"/>.</param>
    /// <returns>float32 vectors [N, 2p]: the one-hot code of the first number, then that of the second. Labels are sums modulo p. The
    /// caller owns them; the checksum in their provenance is that of the pairs.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The modulus is out of range.</exception>
    public static DatasetSplits Generate(int modulus = DefaultModulus)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modulus, LeastModulus);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(modulus, MostModulus);
        var pairs = new Seeds(0).Permutation(SeedStreams.ModularAddition, modulus, modulus * modulus);
        var trained = TrainCount(modulus);
        var train = Part(pairs.AsSpan(0, trained), modulus, Split.Train);
        try
        {
            return new DatasetSplits(train, Part(pairs.AsSpan(trained), modulus, Split.Test));
        }
        catch
        {
            train.Dispose();
            throw;
        }
    }

    /// <summary>The entry of a set with a modulus in its name, such as <c>modular-addition-97</c>.</summary>
    /// <returns>Null for another name.</returns>
    /// <exception cref="InputException">The modulus is out of range.</exception>
    internal static CatalogEntry? Named(string name) =>
        NumberedName.Read(name, Name, "modulus", LeastModulus, MostModulus) is { } modulus ? Of(modulus, name) : null;

    private static int TrainCount(int modulus) => (int)Math.Round(TrainShare * modulus * modulus, MidpointRounding.AwayFromZero);

    private static CatalogEntry Of(int modulus, string name) =>
        new()
        {
            Name = name,
            Title = $"Sums modulo {modulus}, made by this program",
            ClassNames = Numbers(modulus),
            Height = 1,
            Width = 2 * modulus,
            Channels = 1,
            IsVector = true,
            TrainExamples = TrainCount(modulus),
            TestExamples = (modulus * modulus) - TrainCount(modulus),
            Terms = "as this program",
            Citation = "Power et al. 2022, Grokking (arXiv:2201.02177)",
            Page = "docs/reference/modular-addition.md",
            Read = _ => Generate(modulus),
        };

    private static string[] Numbers(int modulus) =>
        [.. Enumerable.Range(0, modulus).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    private static Dataset Part(ReadOnlySpan<long> pairs, int modulus, Split split)
    {
        var features = new float[pairs.Length * 2 * modulus];
        var labels = new long[pairs.Length];
        var bytes = new byte[2 * pairs.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            var (first, second) = ((int)(pairs[i] / modulus), (int)(pairs[i] % modulus));
            var row = i * 2 * modulus;
            (features[row + first], features[row + modulus + second]) = (1, 1);
            labels[i] = (first + second) % modulus;
            (bytes[2 * i], bytes[(2 * i) + 1]) = ((byte)first, (byte)second);
        }

        using var scope = NewDisposeScope();
        DataColumn[] columns = [Column("a", modulus), Column("b", modulus)];
        return new Dataset(
            tensor(features, dtype: float32).reshape(pairs.Length, 2 * modulus),
            tensor(labels, dtype: int64),
            Numbers(modulus),
            split,
            new Provenance(Name, $"all sums modulo {modulus}", Convert.ToHexStringLower(SHA256.HashData(bytes))),
            SourceRows.Of(split == Split.Train ? "train" : "test", pairs.Length),
            [.. columns.SelectMany(column => column.FeatureNames())],
            columns
        );
    }

    private static DataColumn Column(string name, int modulus) =>
        new()
        {
            Name = name,
            Kind = DataColumnKind.Symbol,
            Values = Numbers(modulus),
        };
}
