using Rote.Data;
using Rote.Data.Encoders;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Data.Encoders;

[NoTensorLeaks]
public sealed class EncodedTests : IDisposable
{
    private const int Train = (2 * Encoded.PartSize) + 10;
    private const int Test = 7;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Vectors_keep_rows_labels_classes_and_the_origin_of_the_test_examples()
    {
        using var noise = Samples.Noise(Train, Test) with { Origin = SplitOrigin.SetAside };
        using var encoder = new MeanEncoder();
        using var named = Encoded.Of(new NamedData(new DataSpec { Name = "noise" }, noise), encoder, Folder);
        var (vectors, source) = (named.Data, noise.Train);
        Assert.Equal(new EncoderSpec("mean", encoder.Identity), named.Spec.Encoder);
        Assert.Equal(
            (SplitOrigin.SetAside, Train, Test, 2),
            (vectors.Origin, vectors.Train.Count, vectors.Test.Count, vectors.Train.Width)
        );
        Assert.True(vectors.Train.IsVectors);
        Assert.Equal(source.Labels.data<long>().ToArray(), vectors.Train.Labels.data<long>().ToArray());
        Assert.Equal((source.ClassNames, source.Rows), (vectors.Train.ClassNames, vectors.Train.Rows));
        using var direct = encoder.Encode(source);
        Assert.Equal(direct.data<float>().ToArray(), vectors.Train.Pixels.data<float>().ToArray());
    }

    [Fact]
    public void An_example_is_encoded_once_and_what_is_damaged_is_made_again()
    {
        using var noise = Samples.Noise(Train, Test);
        float[] First(MeanEncoder encoder)
        {
            using var vectors = Encoded.Of(noise, encoder, Folder);
            return vectors.Train.Pixels.data<float>().ToArray();
        }

        using var first = new MeanEncoder();
        var values = First(first);
        Assert.Equal(Train + Test, first.Encoded);
        using var second = new MeanEncoder();
        Assert.Equal(values, First(second));
        Assert.Equal(0, second.Encoded);

        // A changed value, a file cut short, an empty one, another file's content: each is another part's loss only.
        var files = Directory.GetFiles(Path.Combine(_folder.Path, "encoded", first.Identity)).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(4, files.Length);
        var whole = files.Select(File.ReadAllBytes).ToArray();
        byte[][] damages =
        [
            [.. whole[0][..^1], (byte)(whole[0][^1] ^ 1)],
            whole[0][..^4],
            [],
            [.. whole[0].Select(_ => (byte)0)],
        ];
        foreach (var damage in damages)
        {
            File.WriteAllBytes(files[0], damage);
            using var again = new MeanEncoder();
            Assert.Equal(values, First(again));
            Assert.NotEqual(0, again.Encoded);
            Assert.True(again.Encoded <= Encoded.PartSize);
            Assert.Equal(whole[0], File.ReadAllBytes(files[0]));
        }

        // Another encoder, or another picture, finds nothing of it.
        using var other = new MeanEncoder('b');
        First(other);
        Assert.Equal(Train + Test, other.Encoded);
    }

    [Fact]
    public void Work_that_was_stopped_goes_on_where_it_was()
    {
        using var noise = Samples.Noise(Train, Test);
        using var cancel = new CancellationTokenSource();
        using var stopped = new MeanEncoder { AfterPart = cancel.Cancel };
        Assert.Throws<OperationCanceledException>(() => Encoded.Of(noise, stopped, Folder, null, cancel.Token));
        using var rest = new MeanEncoder();
        var told = new Listener();
        using var vectors = Encoded.Of(noise, rest, Folder, told);
        Assert.Equal(Train + Test - Encoded.PartSize, rest.Encoded);
        Assert.Equal(Encoded.PartSize, told.All[0].Done);
        Assert.Equal((Train + Test, 1.0), (told.All[^1].Done, told.All[^1].Fraction));
    }

    [Fact]
    public void Texts_are_kept_by_their_content_and_their_bounds()
    {
        using var encoder = new MeanEncoder { Input = EncoderInput.Texts };
        using var one = Encoded.Texts(["ab", "c"], encoder, Folder);
        using var same = Encoded.Texts(["ab", "c"], encoder, Folder);
        Assert.Equal(2, encoder.Encoded);
        using var other = Encoded.Texts(["a", "bc"], encoder, Folder);
        Assert.Equal(4, encoder.Encoded);
        Assert.Equal([1f, 0, 2, 0], other.data<float>().ToArray());
    }

    [Fact]
    public void Vectors_and_what_an_encoder_does_not_read_are_refused()
    {
        using var noise = Samples.Noise(3, 3);
        using var pictures = new MeanEncoder();
        using var texts = new MeanEncoder { Input = EncoderInput.Texts };
        using var vectors = Encoded.Of(noise, pictures, null);
        Assert.Contains("holds vectors", Message(() => Encoded.Of(vectors, pictures, null)), StringComparison.Ordinal);
        Assert.Contains("reads texts", Message(() => Encoded.Of(noise, texts, null)), StringComparison.Ordinal);
        Assert.Contains("reads pictures", Message(() => Encoded.Texts(["a"], pictures, null)), StringComparison.Ordinal);
        Assert.Contains("There is no encoder", Message(() => EncoderCatalog.Open("resnet9000")), StringComparison.Ordinal);
        Assert.Throws<InputException>(() => new EncoderSpec("x", "abc"));
    }

    [Fact]
    public void A_file_of_vectors_is_read_back_as_it_was()
    {
        using var noise = Samples.Noise(5, 3);
        using var encoder = new MeanEncoder();
        using var vectors = Encoded.Of(noise, encoder, null);
        var (array, table) = (_folder.File("v.npy"), _folder.File("v.parquet"));
        EmbeddingFile.Write(array, vectors.Train, EncoderSpec.Of(encoder));
        EmbeddingFile.Write(table, vectors.Train, EncoderSpec.Of(encoder));
        var values = vectors.Train.Pixels.data<float>().ToArray();
        Assert.Equal(NpyFiles.Floats(values, 5, 2), File.ReadAllBytes(array));
        var (_, read) = UnlabelledData.Load(array, ["a"]);
        using (read)
        {
            using var numbers = read.Pixels.to(float32);
            Assert.Equal(values, numbers.data<float>().ToArray());
        }

        Assert.Throws<InputException>(() => EmbeddingFile.Write(_folder.File("v.txt"), vectors.Train, EncoderSpec.Of(encoder)));
        Assert.Throws<InputException>(() => EmbeddingFile.RequireName(Directory.CreateDirectory(_folder.File("d.npy")).FullName));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pictures_of_a_folder_are_seen_at_the_side_of_the_encoder_as_if_all_had_been_read_at_it(bool isGrey)
    {
        const int Pictures = (2 * Encoded.PartSize) + 10; // of which 80 % are for training, in two parts
        WritePictures(Pictures, isGrey);
        using var large = new MeanEncoder { PictureSide = 48 };
        using var whole = Read(new UserDataOptions { ImageSize = 48 });
        using var inMemory = Encoded.Of(whole, large, Folder);
        Assert.Equal(Pictures, large.Encoded);
        using var again = new MeanEncoder { PictureSide = 48 };
        using var small = Read(new UserDataOptions());
        Assert.Equal(32, small.Data.Train.Height);
        using var parts = Encoded.Of(small, again, Folder);
        Assert.Equal(0, again.Encoded); // the same pixels have the same name on disk
        Assert.Equal(inMemory.Spec, parts.Spec);
        Assert.Equal(48, parts.Spec.ImageSize);
        Assert.Equal(Values(inMemory.Data.Test), Values(parts.Data.Test));
        Assert.Equal(Values(inMemory.Data.Train), Values(parts.Data.Train));

        using var as32 = new MeanEncoder('b') { PictureSide = 32 };
        using var asTheyAre = Encoded.Of(small, as32, Folder);
        using var direct = as32.Encode(small.Data.Train);
        Assert.Equal(direct.data<float>().ToArray(), Values(asTheyAre.Data.Train));
    }

    [Fact]
    public void Examples_chosen_from_a_folder_are_seen_at_the_side_of_the_encoder_and_other_pixels_as_they_are()
    {
        WritePictures(40);
        using var named = Read(new UserDataOptions());
        var train = named.Data.Train;
        using var encoder = new MeanEncoder { PictureSide = 48 };
        using var all = Encoded.Of(train, encoder, null);
        float[] Seen(Dataset some)
        {
            using (some)
            {
                using var vectors = Encoded.Of(some, encoder, null);
                return Values(vectors);
            }
        }

        float[] Of(params int[] rows) => [.. rows.SelectMany(row => Values(all)[(2 * row)..((2 * row) + 2)])];
        Assert.Equal(Of(5, 3), Seen(train.Select([5, 3])));
        Assert.Equal(Of(0, 1, 2), Seen(train.Take(3)));
        using var one = train.Select([4]);
        using var joined = Dataset.Concat(one, named.Data.Test, Split.Train);
        Assert.Equal(Of(4), Seen(joined.Take(1)));
        Assert.Equal(Of(4), Seen(one.With(labels: zeros(1, int64))));
        Assert.Equal([9, 9], Seen(one.With(full(1, 32, 32, 3, 9, uint8))));
    }

    [Fact]
    public void A_picture_that_is_gone_when_it_is_encoded_is_named_and_put_back_it_is_encoded()
    {
        WritePictures(40);
        using var named = Read(new UserDataOptions());
        using var encoder = new MeanEncoder { PictureSide = 48 };
        var (path, aside) = (_folder.File($"d/{named.Data.Train.ExampleNames[2]}"), _folder.File("aside"));
        File.Move(path, aside);
        Assert.Equal(
            $"{path} is not a picture that can be read, and it was whole when it was first read; put it back, and run the command again.",
            Message(() => Encoded.Of(named, encoder, Folder))
        );
        File.Move(aside, path);
        using var vectors = Encoded.Of(named, encoder, Folder);
        Assert.Equal(40, encoder.Encoded);
    }

    /// <summary>Two classes of pictures of two sizes, so that they are scaled.</summary>
    private void WritePictures(int count, bool isGrey = false)
    {
        var pictures = Enumerable.Range(0, 30).Select(i => PictureFiles.Noise(40 + (i % 3), 44, (uint)i, isGrey)).ToArray();
        for (var i = 0; i < count; i++)
        {
            PictureFiles.Write(_folder, $"d/{(i % 2 == 0 ? 'a' : 'b')}/{i}.png", pictures[i % pictures.Length]);
        }
    }

    private NamedData Read(UserDataOptions options) => DatasetLoader.Load(_folder.File("d"), Folder, options);

    private static float[] Values(Dataset vectors) => vectors.Pixels.data<float>().ToArray();

    private DataFolder Folder => new(_folder.Path);

    private static string Message(Action action) => Assert.Throws<InputException>(action).Message;

    /// <summary>Mean and largest value of a picture; a text's length and 0.</summary>
    private sealed class MeanEncoder(char identity = 'a') : IEncoder
    {
        public int Encoded { get; private set; }

        public Action? AfterPart { get; init; }

        public string Name => "mean";

        public string Identity => new(identity, 64);

        public int Width => 2;

        public EncoderInput Input { get; init; }

        public int? PictureSide { get; init; }

        public Tensor Encode(Dataset examples, IProgress<EncodingProgress>? progress = null, CancellationToken cancel = default)
        {
            using var scope = NewDisposeScope();
            var flat = examples.Pixels.to(float32).reshape(examples.Count, -1);
            Encoded += examples.Count;
            AfterPart?.Invoke();
            progress?.Report(new EncodingProgress(examples.Count / 2, examples.Count, 1));
            return stack([flat.mean([1L]), flat.amax([1L])], 1).MoveToOuterDisposeScope();
        }

        public Tensor EncodeTexts(
            IReadOnlyList<string> texts,
            IProgress<EncodingProgress>? progress = null,
            CancellationToken cancel = default
        )
        {
            Encoded += texts.Count;
            return tensor(texts.SelectMany(text => new[] { (float)text.Length, 0 }).ToArray()).reshape(texts.Count, 2);
        }

        public void Dispose() { }
    }

    private sealed class Listener : IProgress<EncodingProgress>
    {
        public List<EncodingProgress> All { get; } = [];

        public void Report(EncodingProgress value) => All.Add(value);
    }
}
