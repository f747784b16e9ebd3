using Rote.Data;
using Rote.Data.Catalog;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Catalog;

[NoTensorLeaks]
public sealed class ModularAdditionTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(41)]
    public void Every_pair_is_there_once_with_its_sum(int modulus)
    {
        using var data = ModularAddition.Generate(modulus);
        Assert.Equal((int)Math.Round(0.7 * modulus * modulus, MidpointRounding.AwayFromZero), data.Train.Count);
        var pairs = new HashSet<(int, int)>();
        foreach (var part in new[] { data.Train, data.Test })
        {
            var (values, labels) = (part.Pixels.data<float>().ToArray(), part.Labels.data<long>().ToArray());
            for (var i = 0; i < part.Count; i++)
            {
                var row = values.AsSpan(i * 2 * modulus, 2 * modulus).ToArray();
                Assert.Equal(2, row.Count(v => v == 1));
                Assert.Equal((2 * modulus) - 2, row.Count(v => v == 0));
                var (first, second) = (Array.IndexOf(row, 1f), Array.IndexOf(row, 1f, modulus) - modulus);
                Assert.Equal((first + second) % modulus, labels[i]);
                Assert.True(pairs.Add((first, second)));
            }
        }

        Assert.Equal(modulus * modulus, pairs.Count);
    }

    // The order is a part of every result.
    [Fact]
    public void The_catalogs_set_stays_the_same()
    {
        using var data = DataCatalog.Load("modular-addition", DataFolder.Default());
        Assert.Equal((1177, 504, 82, 41), (data.Train.Count, data.Test.Count, data.Train.Width, data.Train.Classes));
        Snapshot.Verify($"{data.Train.Provenance.Sha256}\n{data.Test.Provenance.Sha256}\n", "modular-addition");
    }

    [Fact]
    public void Another_modulus_is_a_name_of_its_own()
    {
        Assert.True(DatasetLoader.IsCatalogName("modular-addition-7"));
        var entry = DataCatalog.Find("modular-addition-7");
        Assert.Equal((34, 15, 14, 7), (entry.TrainExamples, entry.TestExamples, entry.Width, entry.ClassNames.Count));
        using var data = DataCatalog.Load("modular-addition-7", DataFolder.Default());
        Assert.Equal((34, 15), (data.Train.Count, data.Test.Count));
    }

    [Theory]
    [InlineData("modular-addition-4")]
    [InlineData("modular-addition-200")]
    [InlineData("modular-addition-007")]
    [InlineData("modular-addition-99999999999999999999999")]
    public void A_modulus_out_of_range_is_one_sentence(string name) =>
        Assert.EndsWith(
            ", expected 5 to 199.",
            Assert.Throws<InputException>(() => DataCatalog.Find(name)).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("modular-addition-")]
    [InlineData("modular-addition-x")]
    [InlineData("modular-addition--7")]
    [InlineData("modular-additions")]
    public void Another_name_is_not_known(string name) =>
        Assert.StartsWith(
            "There is no data set",
            Assert.Throws<InputException>(() => DataCatalog.Find(name)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Symbols_reach_a_network_as_they_are()
    {
        using var data = ModularAddition.Generate(5);
        var features = VectorFeatures.Of(data.Train);
        using var standardized = features.Standardize(data.Train);
        Assert.Equal(data.Train.Pixels.data<float>().ToArray(), standardized.Pixels.data<float>().ToArray());
        Assert.Equal("a=0", features.Names![0]);
        Assert.Equal("b=4", features.Names[9]);
    }
}
