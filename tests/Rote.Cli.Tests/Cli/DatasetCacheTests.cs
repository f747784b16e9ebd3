using Rote.Cli;
using Rote.Data;
using Rote.Tests.Support;
using Rote.Workers;

namespace Rote.Tests.Cli;

/// <summary>Data that is no more what it was when a command began.</summary>
[NoTensorLeaks]
public sealed class DatasetCacheTests : IDisposable
{
    private const string Again = "; run the command again.";

    private readonly TempFolder _folder = new();

    public DatasetCacheTests() => Rote.Embeddings.OnnxEncoders.Register();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Data_that_has_changed_meanwhile_is_refused_and_found_by_the_same_command_again()
    {
        Table(40);
        using var cache = new DatasetCache(Silent(), CancellationToken.None);
        var (spec, source) = Found(cache, null);
        Table(30);

        using var then = new DatasetCache(Silent(), CancellationToken.None);
        then.Register(spec, source);
        Assert.Contains(Again, Assert.Throws<InputException>(() => then.Load(spec)).Message, StringComparison.Ordinal);

        using var again = new DatasetCache(Silent(), CancellationToken.None);
        var data = again.Load(Found(again, null).Spec);
        Assert.Equal(30, data.Train.Count + data.Test.Count);
    }

    [Fact]
    public void An_encoder_that_has_changed_meanwhile_is_refused_and_found_by_the_same_command_again()
    {
        for (uint i = 0; i < 24; i++)
        {
            PictureFiles.Write(_folder, $"pets/{(i < 12 ? "cat" : "dog")}/{i}.png", PictureFiles.Noise(9, 9, i));
        }

        var network = _folder.Put("net.onnx", OnnxFiles.Pictures([0, 3, 8, 8], [1, 0, 0, 1, 1, 1], 2));
        using var cache = new DatasetCache(Silent(), CancellationToken.None);
        var (spec, source) = Found(cache, network);
        _folder.Put("net.onnx", OnnxFiles.Pictures([0, 3, 8, 8], [1, 2, 3], 1));

        using var then = new DatasetCache(Silent(), CancellationToken.None);
        then.Register(spec, source);
        var error = Assert.Throws<InputException>(() => then.Load(spec));
        Assert.Contains("The encoder ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(Again, error.Message, StringComparison.Ordinal);

        using var again = new DatasetCache(Silent(), CancellationToken.None);
        Assert.Equal(1, again.Load(Found(again, network).Spec).Train.Width);
    }

    private (DataSpec Spec, UserDataSource Source) Found(DatasetCache cache, string? encoder)
    {
        var spec = cache.Find(_folder.File(encoder is null ? "t.csv" : "pets"), new UserDataOptions(), encoder);
        return (spec, cache.SourceOf(spec)!);
    }

    private void Table(int rows) =>
        File.WriteAllLines(_folder.File("t.csv"), ["a,label", .. Enumerable.Range(0, rows).Select(i => $"{i * 7 % 11}.5,c{i % 2}")]);

    private static Screen Silent() => new(json: false, quiet: true, TextWriter.Null, TextWriter.Null);
}
