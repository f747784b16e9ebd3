using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Numpy;

/// <summary>Which arrays are examples and which are labels, by names, by place and by what the user named.</summary>
[NoTensorLeaks]
public sealed class ArrayLayoutTests : IDisposable
{
    private static readonly byte[] X = NpyFiles.Floats([1, 2, 3, 4], 4, 1);
    private static readonly byte[] Y = NpyFiles.Labels(0, 1, 0, 1);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("embeddings", "labels")]
    [InlineData("features", "target")]
    [InlineData("Vectors", "Y")]
    [InlineData("images", "label")]
    public void Every_name_of_examples_goes_with_every_name_of_labels(string examples, string labels)
    {
        using var data = Load((examples, X), (labels, Y));
        Assert.StartsWith("d.npz[", data.Data.Train.ExampleNames[0], StringComparison.Ordinal);
        Assert.Contains(
            $"the arrays {examples.ToLowerInvariant()}, {labels.ToLowerInvariant()}",
            data.Data.Train.Provenance.Source,
            StringComparison.OrdinalIgnoreCase
        );
    }

    [Theory]
    [InlineData("trainX", "trainY", "testX", "testY")]
    [InlineData("X_tr", "y_tr", "X_te", "y_te")]
    [InlineData("train_set_x", "train_set_y", "test_set_x", "test_set_y")]
    [InlineData("images_train", "labels_train", "images_test", "labels_test")]
    [InlineData("train_features", "train_labels", "test_features", "test_labels")]
    [InlineData("train_data", "train_label", "test_data", "test_label")]
    [InlineData("x_train", "y_train", "x_val", "y_val")]
    [InlineData("train_images", "train_labels", "valid_images", "valid_labels")]
    [InlineData("inputs_training", "targets_training", "inputs_dev", "targets_dev")]
    public void Parts_are_known_by_their_usual_names(string images, string labels, string testImages, string testLabels)
    {
        using var data = Load((images, X), (labels, Y), (testImages, NpyFiles.Floats([5, 6], 2, 1)), (testLabels, NpyFiles.Labels(1, 0)));
        Assert.Equal((SplitOrigin.Given, 4, 2), (data.Data.Origin, data.Data.Train.Count, data.Data.Test.Count));
        Assert.Equal([5, 6], data.Data.Test.Pixels.data<float>().ToArray());
        Assert.Equal([1, 0], data.Data.Test.Labels.data<long>().ToArray());
    }

    [Fact]
    public void A_part_to_test_goes_before_one_to_validate()
    {
        var other = NpyFiles.Floats([7, 8], 2, 1);
        using var data = Load(
            ("train_x", X),
            ("train_y", Y),
            ("val_x", other),
            ("val_y", NpyFiles.Labels(1, 0)),
            ("test_x", NpyFiles.Floats([5, 6], 2, 1)),
            ("test_y", NpyFiles.Labels(1, 0))
        );
        Assert.Equal([5, 6], data.Data.Test.Pixels.data<float>().ToArray());
    }

    [Theory]
    [InlineData("image", "label")]
    [InlineData("imgs", "labels")]
    [InlineData("embedding", "class")]
    [InlineData("input", "target")]
    public void So_are_one_of_each(string examples, string labels)
    {
        using var data = Load((examples, X), (labels, Y));
        Assert.Equal(SplitOrigin.SetAside, data.Data.Origin);
    }

    [Fact]
    public void Arrays_without_names_are_told_apart_by_their_shapes()
    {
        using var two = Load(("arr_0", X), ("arr_1", Y));
        using var turned = Load(("arr_0", Y), ("arr_1", X));
        Assert.Equal(SplitOrigin.SetAside, two.Data.Origin);
        Assert.Equal(two.Data.Train.Pixels.data<float>().ToArray(), turned.Data.Train.Pixels.data<float>().ToArray());
        using var four = Load(("arr_0", X), ("arr_1", Y), ("arr_2", X), ("arr_3", Y));
        using var sklearn = Load(("arr_0", X), ("arr_1", X), ("arr_2", Y), ("arr_3", Y));
        Assert.All(
            [four, sklearn],
            data => Assert.Equal((SplitOrigin.Given, 4, 4), (data.Data.Origin, data.Data.Train.Count, data.Data.Test.Count))
        );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Arrays_without_names_that_cannot_be_told_apart_are_refused_and_named_as_advised_are_read(int count)
    {
        var arrays = Enumerable.Range(0, count).Select(i => ($"arr_{i}", X)).ToArray();
        Assert.EndsWith("name them: np.savez(file, x=x, y=y).", Refused(() => Load(arrays)), StringComparison.Ordinal);
        using var data = Load(
            ("x", X),
            (
                "y",
                NpyFiles.Array("<f4", NpyFiles.Raw([0f, 1, 0, 1], 4, System.Buffers.Binary.BinaryPrimitives.WriteSingleLittleEndian), 4, 1)
            )
        );
        Assert.Equal(["0", "1"], data.Data.Train.ClassNames);
    }

    [Fact]
    public void The_file_that_was_named_is_read_and_not_the_one_beside_it()
    {
        Write("x.npy", X);
        Write("y.npy", Y);
        Write("emb_v2.npy", NpyFiles.Floats([7, 8, 9, 10], 4, 1));
        Write("part.npy", NpyFiles.Floats([7, 8, 9], 3, 1));
        using var named = Open("x.npy");
        Assert.StartsWith("x.npy[", named.Data.Train.ExampleNames[0], StringComparison.Ordinal);
        using var other = Open("emb_v2.npy"); // with the only labels that lie beside it, which are as many
        using var all = other.Data.Joined(Split.Train);
        Assert.StartsWith("the arrays emb_v2, y,", all.Provenance.Source, StringComparison.Ordinal);
        Assert.Equal([7, 8, 9, 10], all.Pixels.data<float>().ToArray().Order());
        var message = Refused(() => Open("part.npy"));
        Assert.Equal(
            $"{_folder.File("part.npy")} holds no labels; give them with the file of labels, as {_folder.File("y.npy")} if those "
                + $"beside it belong to it.",
            message
        );
    }

    [Fact]
    public void A_named_file_goes_with_the_labels_beside_it_even_where_others_would_come_first()
    {
        Write("images.npy", NpyFiles.Bytes(new byte[16], 4, 2, 2));
        Write("features.npy", X);
        Write("labels.npy", Y);
        using var data = Open("features.npy");
        Assert.Equal((true, "features.npy["), (data.Data.Train.IsVectors, data.Data.Train.ExampleNames[0][..13]));
        using var pictures = Open("images.npy");
        Assert.False(pictures.Data.Train.IsVectors);
    }

    [Fact]
    public void Vectors_without_labels_are_told_in_a_sentence_how_to_give_them()
    {
        Write("embeddings.npy", X);
        Assert.Equal(
            $"{_folder.File("embeddings.npy")} holds no labels; give them with the file of labels.",
            Refused(() => Open("embeddings.npy"))
        );
        Assert.EndsWith("; or give its labels with the file of labels.", Refused(() => Load(("embeddings", X))), StringComparison.Ordinal);
    }

    private void Write(string name, byte[] content) => File.WriteAllBytes(_folder.File(name), content);

    private NamedData Open(string name) => DatasetLoader.Load(_folder.File(name), new DataFolder("/nowhere"));

    private NamedData Load(params (string Name, byte[] Content)[] arrays)
    {
        Write("d.npz", NpyFiles.Npz(true, [.. arrays.Select(a => (a.Name + ".npy", a.Content))]));
        return Open("d.npz");
    }

    private static string Refused(Func<NamedData> load) => Assert.Throws<InputException>(load).Message;
}
