using Rote.Data;
using Rote.Data.Catalog;
using Rote.Data.Shapes;
using Rote.Tests.Support;
using TorchSharp;

namespace Rote.Tests.Data.Shapes;

[NoTensorLeaks]
public sealed class ManyShapesTests
{
    private const string Name = "many-shapes-1500";

    [Fact]
    public void The_pictures_are_those_of_shapes_and_stay_in_a_file()
    {
        using var folder = new TempFolder();
        using var scope = torch.NewDisposeScope();
        using var many = DataCatalog.Load(Name, new DataFolder(folder.Path));
        using var shapes = ShapeImages.Generate(1500, 1000);
        Assert.NotNull(many.Train.File);
        Assert.Equal((1500, 1000, 1000), (many.Train.Count, many.Test.Count, many.Train.Classes));
        Assert.True(many.Train.Pixels.equal(shapes.Train.Pixels).all().item<bool>());
        Assert.True(many.Test.Pixels.equal(shapes.Test.Pixels).all().item<bool>());
    }

    [Fact]
    public void Labels_are_balanced_random_and_others_than_those_to_test()
    {
        using var folder = new TempFolder();
        using var many = DataCatalog.Load(Name, new DataFolder(folder.Path));
        var (train, test) = (many.Train.Labels.data<long>().ToArray(), many.Test.Labels.data<long>().ToArray());
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), train[..1000].Order());
        Assert.Equal(500, train[1000..].Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), test.Order());

        // Of a random permutation one place in a thousand is its own: more than eight happen once in a million.
        Assert.InRange(Enumerable.Range(0, 1000).Count(i => train[i] == i), 0, 8);
        Assert.InRange(Enumerable.Range(0, 1000).Count(i => train[i] == test[i]), 0, 8);
    }

    [Fact]
    public void It_is_drawn_once_and_again_where_the_file_is_damaged()
    {
        using var folder = new TempFolder();
        var cache = new DataFolder(folder.Path);
        var (entry, file) = (DataCatalog.Find(Name), Path.Combine(folder.Path, Name, "pictures.rote"));
        Assert.False(entry.IsCached(cache));
        DataCatalog.Fetch(Name, cache);
        Assert.True(entry.IsCached(cache));
        var (bytes, time) = (File.ReadAllBytes(file), File.GetLastWriteTimeUtc(file));
        DataCatalog.Load(Name, cache).Dispose();
        Assert.Equal(time, File.GetLastWriteTimeUtc(file));

        File.WriteAllBytes(file, [.. bytes.Take(100_000), (byte)(bytes[100_000] + 1), .. bytes.Skip(100_001)]);
        DataCatalog.Load(Name, cache).Dispose();
        Assert.Equal(bytes, File.ReadAllBytes(file));

        File.WriteAllBytes(file, bytes[..5000]);
        DataCatalog.Load(Name, cache).Dispose();
        Assert.Equal(bytes, File.ReadAllBytes(file));
    }

    [Theory]
    [InlineData("many-shapes-999")]
    [InlineData("many-shapes-0")]
    [InlineData("many-shapes-01000")]
    [InlineData("many-shapes-5000001")]
    [InlineData("many-shapes-99999999999999999999")]
    public void A_number_out_of_range_is_refused(string name)
    {
        var error = Assert.Throws<InputException>(() => DataCatalog.Find(name));
        Assert.EndsWith(", expected 1000 to 5000000.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("many-shapes")]
    [InlineData("many-shapes-")]
    [InlineData("many-shapes--5")]
    [InlineData("many-shapes-1e3")]
    public void Another_name_is_not_known(string name) => Assert.Throws<InputException>(() => DataCatalog.Find(name));
}
