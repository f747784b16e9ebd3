using Microsoft.ML.OnnxRuntime;
using Rote.Data;
using Rote.Data.Encoders;
using Rote.Embeddings;
using Rote.Embeddings.Pictures;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Embeddings;

[NoTensorLeaks]
public sealed class PictureEncoderTests : IDisposable
{
    /// <summary>Two numbers a picture: red minus green, and blue.</summary>
    private static readonly float[] Weights = [1, 0, -1, 0, 0, 1];

    private static readonly PicturePreparation Plain = new()
    {
        Side = 8,
        Scale = 1,
        Mean = [0, 0, 0],
        Deviation = [1, 1, 1],
    };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    [InlineData(false, 4)] // 5 pictures: the last batch is filled up
    public void A_picture_of_one_colour_gives_what_the_network_says_of_it(bool isChannelsLast, int batch)
    {
        using var encoder = Open(
            OnnxFiles.Pictures(isChannelsLast ? [batch, 8, 8, 3] : [batch, 3, 8, 8], Weights, 2, isChannelsLast),
            Plain
        );
        using var pictures = Plains(5, side: 11);
        using var vectors = encoder.Encode(pictures);
        Assert.Equal((2, 8, EncoderInput.Pictures), (encoder.Width, encoder.PictureSide, encoder.Input));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal((10f * i) - 20, Vectors.At(vectors, i, 0), 1e-3f); // red 10i, green 20, blue 30 + i
            Assert.Equal(30f + i, Vectors.At(vectors, i, 1), 1e-3f);
        }
    }

    [Fact]
    public void Mean_and_deviation_come_from_the_metadata_then_the_file_beside_then_imagenet()
    {
        var plain = OnnxFiles.Pictures([0, 3, 0, 0], Weights, 2);
        using (var usual = Open(plain))
        using (var pictures = Plains(1, side: 4))
        using (var vectors = usual.Encode(pictures))
        {
            // (0 − 0.485) / 0.229 − (20 / 255 − 0.456) / 0.224, and (30 / 255 − 0.406) / 0.225
            Assert.Equal(224, usual.PictureSide);
            // The network sums 50,176 float32.
            Assert.Equal(-0.43233, Vectors.At(vectors, 0, 0), 5e-4);
            Assert.Equal(-1.28157, Vectors.At(vectors, 0, 1), 5e-4);
        }

        File.WriteAllText(
            _folder.File(PreparationFile.Name),
            """{"image_mean": [0, 0, 0], "image_std": [1, 1, 1], "size": {"shortest_edge": 16}, "crop_size": {"height": 12, "width": 12}}"""
        );
        using var beside = Open(plain);
        Assert.Equal(12, beside.PictureSide);
        using var within = Open(OnnxFiles.Pictures([0, 3, 0, 0], Weights, 2, false, ("image_mean", "[0,0,0]"), ("crop_size", "10")));
        Assert.Equal(10, within.PictureSide);
        Assert.NotEqual(beside.Identity, within.Identity);
    }

    [Fact]
    public void Pictures_are_resized_as_torchvision_does()
    {
        // Against the sum over all pixels under a triangle that is as wide as a pixel of the result (PIL's and torchvision's antialias).
        using var scope = NewDisposeScope();
        foreach (var (height, width, side) in new[] { (13, 9, 5), (5, 7, 12), (32, 32, 20), (6, 6, 6) })
        {
            using var picturesNoise = Samples.Noise(1, 1, side: 40);
            var pictures = picturesNoise.Train;
            var pixels = pictures.Pixels[.., ..height, ..width];
            var values = pixels.contiguous().data<byte>().ToArray();
            var found = (Plain with { Side = side }).Apply(pixels);
            var results = found.data<float>().ToArray();
            for (var y = 0; y < side; y++)
            {
                for (var x = 0; x < side; x++)
                {
                    var naive = 0.0;
                    foreach (var (row, rowWeight) in Triangle(y, height, side))
                    {
                        foreach (var (column, weight) in Triangle(x, width, side))
                        {
                            naive += rowWeight * weight * values[(((row * width) + column) * 3) + 1];
                        }
                    }

                    Assert.Equal(naive, results[(((side + y) * side) + x)], 1e-3);
                }
            }
        }
    }

    [Fact]
    public void Grey_is_three_equal_colours_and_other_numbers_of_colours_are_refused()
    {
        using var encoder = Open(OnnxFiles.Pictures([0, 3, 8, 8], Weights, 2), Plain);
        using var greyNoise = Samples.Noise(3, 1, channels: 1);
        var grey = greyNoise.Train;
        using var vectors = encoder.Encode(grey);
        Assert.Equal(0, Vectors.At(vectors, 0, 0), 1e-4f);
        using var twoNoise = Samples.Noise(3, 1, channels: 2);
        var two = twoNoise.Train;
        Assert.Contains("one or three colours", Assert.Throws<InputException>(() => encoder.Encode(two)).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => encoder.EncodeTexts(["a"]));
    }

    [Fact]
    public void A_vector_that_is_not_finite_is_named()
    {
        using var encoder = Open(OnnxFiles.Pictures([0, 3, 8, 8], Weights, 2), Plain);
        using var scope = NewDisposeScope();
        var pixels = zeros(4, 8, 8, 3);
        pixels[2, 0, 0, 0] = float.NaN;
        using var pictures = new Dataset(pixels, zeros(4, int64), ["a"], Split.Train, new Provenance("holes", "", ""));
        var message = Assert.Throws<InputException>(() => encoder.Encode(pictures)).Message;
        Assert.Contains("not finite for row 2 of holes", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_encoder_is_refused_in_one_sentence()
    {
        var files = new (string Name, byte[] Content, string Says)[]
        {
            ("empty", [], "not an ONNX network"),
            ("text", "hello, this is a text"u8.ToArray(), "not an ONNX network"),
            ("cut", OnnxFiles.Pictures([0, 3, 8, 8], Weights, 2)[..^20], "not an ONNX network"),
            ("two", OnnxFiles.TwoInputs(), "takes a, Float [N, 3, 8, 8] and b"),
            ("flat", OnnxFiles.Identity(0, 12), "expected one input of pictures"),
            ("grey", OnnxFiles.Identity(0, 1, 8, 8), "squares of three colours"),
            ("oblong", OnnxFiles.Pictures([0, 3, 8, 9], Weights, 2), "squares of three colours"),
            ("map", OnnxFiles.Identity(0, 3, 8, 8), "expected one vector a picture"),
        };
        foreach (var (name, content, says) in files)
        {
            var path = _folder.File($"{name}.onnx");
            File.WriteAllBytes(path, content);
            var message = Assert.Throws<InputException>(() => OnnxEncoders.Open(path)).Message;
            Assert.Contains(says, message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', message);
        }

        Assert.Throws<InputException>(() => OnnxEncoders.Open(_folder.File("none.onnx")));
        Assert.Throws<InputException>(() => OnnxEncoders.ResNet18(112));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"image_mean": "red"}""")]
    [InlineData("""{"image_mean": [1, 2]}""")]
    [InlineData("""{"image_std": [0, 1, 1]}""")]
    [InlineData("""{"size": {"height": "big"}}""")]
    [InlineData("""{"size": 100000}""")]
    [InlineData("""{"rescale_factor": -1}""")]
    public void A_bad_file_beside_the_network_is_refused_in_one_sentence(string json)
    {
        File.WriteAllText(_folder.File(PreparationFile.Name), json);
        Assert.Throws<InputException>(() => Open(OnnxFiles.Pictures([0, 3, 0, 0], Weights, 2)));
    }

    [Fact]
    public void Work_stops_when_it_is_told_to()
    {
        using var encoder = Open(OnnxFiles.Pictures([0, 3, 8, 8], Weights, 2), Plain);
        using var picturesNoise = Samples.Noise(300, 1);
        var pictures = picturesNoise.Train;
        using var cancel = new CancellationTokenSource();
        var seen = new List<EncodingProgress>();
        Assert.Throws<OperationCanceledException>(() =>
            encoder.Encode(
                pictures,
                new Listener(p =>
                {
                    seen.Add(p);
                    cancel.Cancel();
                }),
                cancel.Token
            )
        );
        Assert.Equal((128, 300), (Assert.Single(seen).Done, seen[0].Total));
    }

    [Fact]
    public void Resnet18_gives_what_its_two_files_give_one_picture_at_a_time()
    {
        // The files as they were shipped, run one after the other: independent of how Rote opens their shapes and prepares pictures.
        using var picturesNoise = Samples.Noise(2, 1, side: 224);
        var pictures = picturesNoise.Train;
        using var encoder = OnnxEncoders.ResNet18(224);
        using var found = encoder.Encode(pictures);
        using var preparation = new InferenceSession(Path.Combine(AppContext.BaseDirectory, "models", "ResNetPreprocess.onnx"));
        using var network = new InferenceSession(Path.Combine(AppContext.BaseDirectory, "models", "ResNet18.onnx"));
        using var options = new RunOptions();
        using var scope = NewDisposeScope();
        for (var i = 0; i < 2; i++)
        {
            var planes = pictures.Pixels[i].permute(2, 0, 1).to(float32).contiguous().data<float>().ToArray();
            using var input = OrtValue.CreateTensorValueFromMemory(planes, [1, 3, 224, 224]);
            using var prepared = preparation.Run(options, ["OriginalInput"], [input], ["PreprocessedInput"]);
            using var result = network.Run(options, ["Input247"], [prepared[0]], ["Pooling395_Output_0"]);
            var expected = result[0].GetTensorDataAsSpan<float>().ToArray();
            Assert.Equal(512, expected.Length);
            for (var k = 0; k < expected.Length; k++)
            {
                Assert.Equal(expected[k], Vectors.At(found, i, k), 1e-3 * (1 + Math.Abs(expected[k])));
            }
        }
    }

    [Fact]
    public void A_built_in_network_that_is_another_file_is_refused()
    {
        var error = Assert.Throws<InputException>(() => BuiltInModels.Checked([1, 2, 3], "x.onnx", new string('0', 64)));
        Assert.Contains("SHA-256", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(int Pixel, double Weight)> Triangle(int place, int from, int to)
    {
        var scale = (double)from / to;
        var width = Math.Max(scale, 1);
        var centre = (place + 0.5) * scale;
        var weights = Enumerable
            .Range(0, from)
            .Select(i => (i, Math.Max(0, 1 - (Math.Abs(i + 0.5 - centre) / width))))
            .Where(w => w.Item2 > 0)
            .ToList();
        var sum = weights.Sum(w => w.Item2);
        return weights.Select(w => (w.i, w.Item2 / sum));
    }

    private static Dataset Plains(int count, int side)
    {
        using var scope = NewDisposeScope();
        var colours = tensor(Enumerable.Range(0, count).SelectMany(i => new[] { (byte)(10 * i), (byte)20, (byte)(30 + i) }).ToArray());
        var pixels = colours.reshape(count, 1, 1, 3).expand(count, side, side, 3).contiguous();
        return new Dataset(pixels, zeros(count, int64), ["a"], Split.Train, new Provenance("plain", "", ""));
    }

    private IEncoder Open(byte[] model, PicturePreparation? preparation = null)
    {
        var path = _folder.File("toy.onnx");
        File.WriteAllBytes(path, model);
        return OnnxEncoders.Open(path, preparation);
    }

    private sealed class Listener(Action<EncodingProgress> report) : IProgress<EncodingProgress>
    {
        public void Report(EncodingProgress value) => report(value);
    }
}
