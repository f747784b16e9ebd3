using System.Buffers.Binary;
using System.Globalization;
using Rote.Data;
using Rote.Data.Formats;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Data.Formats;

/// <summary>Features far from 0 that vary little: float32 would round away what they tell.</summary>
[NoTensorLeaks]
public sealed class VectorPrecisionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("t.csv")]
    [InlineData("t.npz")]
    [InlineData("t.parquet")]
    public void A_time_in_seconds_keeps_what_it_tells(string file)
    {
        double[] seconds = [.. Enumerable.Range(0, 40).Select(i => 1_700_000_000.0 + i)];
        using var data = Load(file, seconds);
        Assert.Equal(ScalarType.Float64, data.Data.Train.Pixels.dtype);
        using var all = data.Data.Joined(Split.Train);
        Assert.Equal(seconds, all.Pixels.data<double>().ToArray().Order());
        using var standardized = VectorFeatures.Of(data.Data.Train).Standardize(data.Data.Train);
        Assert.Equal((ScalarType.Float32, 32), (standardized.Pixels.dtype, standardized.Pixels.data<float>().ToArray().Distinct().Count()));
    }

    [Theory]
    [InlineData("t.csv")]
    [InlineData("t.npz")]
    [InlineData("t.parquet")]
    public void What_float32_holds_stays_float32_under_the_checksum_of_its_files(string file)
    {
        double[] values = [.. Enumerable.Range(0, 40).Select(i => (i - 20) / 8.0)];
        using var data = Load(file, values);
        Assert.Equal(ScalarType.Float32, data.Data.Train.Pixels.dtype);
        Assert.Equal(DataRequest.Sha256Of([_folder.File(file)]), data.Spec.Sha256);
        using var other = Load(file, [.. values.Select(v => v + 0.1)]);
        Assert.NotEqual(DataRequest.Sha256Of([_folder.File(file)]), other.Spec.Sha256);
    }

    [Fact]
    public void Values_before_the_first_that_float32_would_round_are_kept_as_they_are()
    {
        double[] values = [.. Enumerable.Range(0, 20_000).Select(i => i == 15_000 ? 0.1 : i)];
        using var data = Load("t.csv", values);
        using var all = data.Data.Joined(Split.Train);
        Assert.Equal(values.Order(), all.Pixels.data<double>().ToArray().Order());
    }

    private NamedData Load(string file, double[] values)
    {
        var labels = Array.ConvertAll(values, v => v < values[values.Length / 2] ? "early" : "late");
        var path = _folder.File(file);
        switch (Path.GetExtension(file))
        {
            case ".csv":
                File.WriteAllLines(
                    path,
                    ["ts,label", .. values.Zip(labels, (v, l) => string.Create(CultureInfo.InvariantCulture, $"{v},{l}"))]
                );
                break;
            case ".npz":
                var y = NpyFiles.Labels([.. labels.Select(l => l == "early" ? 0L : 1)]);
                File.WriteAllBytes(
                    path,
                    NpyFiles.Npz(
                        true,
                        (
                            "x.npy",
                            NpyFiles.Array("<f8", NpyFiles.Raw(values, 8, BinaryPrimitives.WriteDoubleLittleEndian), values.Length, 1)
                        ),
                        ("y.npy", y)
                    )
                );
                break;
            default:
                File.WriteAllBytes(
                    path,
                    ParquetFiles.Write([
                        ParquetFiles.Plain<double>("ts", [.. values.Select(v => (double?)v)]),
                        ParquetFiles.Texts("label", labels),
                    ])
                );
                break;
        }

        return DatasetLoader.Load(path, new DataFolder("/nowhere"));
    }
}
