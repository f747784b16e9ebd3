using System.Buffers;
using Rote.Data;
using Rote.Tests.Support;
using SkiaSharp;

namespace Rote.Tests.Data.Formats.Tables;

/// <summary>Parquet files as vectors and as pictures.</summary>
[NoTensorLeaks]
public sealed class ParquetTests : IDisposable
{
    private static readonly byte[][] Squares =
    [
        PictureFiles.Plain(4, 4, SKColors.Red),
        PictureFiles.Plain(4, 4, SKColors.Lime, SKEncodedImageFormat.Jpeg),
        PictureFiles.Plain(4, 4, SKColors.Red),
        PictureFiles.Plain(4, 4, SKColors.Lime),
    ];

    private readonly TempFolder _folder = new();
    private readonly Recorder _told = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Columns_of_numbers_of_all_types_are_features_over_all_row_groups()
    {
        using var data = Load(
            ParquetFiles.Write(
                [
                    ParquetFiles.Plain<float>("f", [1, 2], [3, 4]),
                    ParquetFiles.Plain<double>("d", [10, 20], [30, 40]),
                    ParquetFiles.Plain<long>("l", [-1, -2], [-3, -4]),
                    ParquetFiles.Plain<int>("i", [5, 6], [7, 8]),
                    ParquetFiles.Plain<bool>("b", [true, false], [true, false]),
                    ParquetFiles.Texts("label", ["x", "y"], ["x", "y"]),
                ],
                parts: 2
            )
        );
        Assert.Equal(["f", "d", "l", "i", "b"], data.Data.Train.FeatureNames!);
        Assert.Equal("[0] 1 10 -1 5 1 x; [1] 2 20 -2 6 0 y; [2] 3 30 -3 7 1 x; [3] 4 40 -4 8 0 y", Text(data));
        Assert.Equal("label", data.Spec.LabelColumn);
    }

    [Fact]
    public void A_column_of_lists_is_an_embedding_and_other_columns_are_not_read()
    {
        using var data = Load(
            ParquetFiles.Write(
                [
                    ParquetFiles.Texts("text", ["a", "b"], ["c", "d"]),
                    ParquetFiles.Lists(
                        "emb",
                        [
                            [1, 2, 3],
                            [4, 5, 6],
                        ],
                        [
                            [7, 8, 9],
                            [10, 11, 12],
                        ]
                    ),
                    ParquetFiles.Plain<long>("label", [0, 1], [0, 1]),
                ],
                parts: 2
            )
        );
        Assert.Null(data.Data.Train.FeatureNames);
        Assert.Equal("[0] 1 2 3 0; [1] 4 5 6 1; [2] 7 8 9 0; [3] 10 11 12 1", Text(data));
        Assert.Contains("t.parquet: read emb and label; not read: text.", _told.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_are_ignored_make_other_data_beside_embeddings_too()
    {
        var bytes = ParquetFiles.Write([
            ParquetFiles.Texts("text", ["a", "b", "c", "d"]),
            ParquetFiles.Lists(
                "emb",
                [
                    [1, 2],
                    [4, 5],
                    [3, 1],
                    [2, 2],
                ]
            ),
            ParquetFiles.Plain<long>("label", [0, 1, 0, 1]),
        ]);
        using var all = Load(bytes);
        File.WriteAllBytes(_folder.File("t.parquet"), bytes);
        using var one = DatasetLoader.Load(
            _folder.File("t.parquet"),
            new DataFolder("/nowhere"),
            new UserDataOptions { Ignore = ["text"] }
        );
        Assert.NotEqual(all.Spec.Sha256, one.Spec.Sha256);
    }

    [Fact]
    public void Numbers_of_classes_have_the_names_of_the_metadata_in_their_order()
    {
        var columns = new[] { ParquetFiles.Plain<float>("a", [1, 2, 3, 4, 5, 6]), ParquetFiles.Plain<long>("label", [0, 2, 1, 0, 2, 1]) };
        using var named = Load(ParquetFiles.Write(columns, huggingFace: ParquetFiles.ClassLabel("label", "zebra", "yak", "ant")));
        Assert.Equal(["zebra", "yak", "ant"], named.Data.Train.ClassNames);
        Assert.Equal("[0] 1 zebra; [1] 2 ant; [2] 3 yak; [3] 4 zebra; [4] 5 ant; [5] 6 yak", Text(named));
        foreach (
            var other in new[]
            {
                "no json",
                "[]",
                "{\"info\": 3}",
                ParquetFiles.ClassLabel("other", "a", "b"),
                ParquetFiles.ClassLabel("label", "a", "a", "b"),
            }
        )
        {
            using var data = Load(ParquetFiles.Write(columns, huggingFace: other));
            Assert.Equal(["0", "1", "2"], data.Data.Train.ClassNames);
        }

        var error = Assert.Throws<InputException>(() =>
            Load(ParquetFiles.Write(columns, huggingFace: ParquetFiles.ClassLabel("label", "a", "b")))
        );
        Assert.EndsWith(
            "t.parquet: the label in row 1 is 2, and the file names 2 classes, 0 to 1; leave out examples without a class.",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Pictures_are_decoded_as_those_of_a_folder()
    {
        foreach (
            var column in new[]
            {
                ParquetFiles.Pictures("image", Squares[..2], Squares[2..]),
                ParquetFiles.Bytes("img", Squares[..2], Squares[2..]),
            }
        )
        {
            using var data = Load(
                ParquetFiles.Write(
                    [column, ParquetFiles.Plain<long>("label", [0, 1], [0, 1])],
                    parts: 2,
                    ParquetFiles.ClassLabel("label", "red", "green")
                )
            );
            foreach (var part in new[] { data.Data.Train, data.Data.Test })
            {
                Assert.Equal([2, 4, 4, 3], part.Pixels.shape);
                Assert.Equal(["red", "green"], part.ClassNames);
                Assert.All(
                    Enumerable.Range(0, 2),
                    i =>
                    {
                        var pixels = part.Pixels.bytes;
                        Assert.Equal(part.Labels.data<long>()[i] == 0, pixels[i * 48] > 200 && pixels[(i * 48) + 1] < 60);
                    }
                );
            }

            Assert.Null(data.Spec.ImageSize);
        }
    }

    [Fact]
    public void Pictures_of_several_sizes_are_scaled_and_grey_ones_have_one_channel()
    {
        byte[][] pictures =
        [
            PictureFiles.Noise(40, 50, 1, isGrey: true),
            PictureFiles.Noise(9, 9, 2, isGrey: true),
            PictureFiles.Noise(8, 9, 3, isGrey: true),
            PictureFiles.Noise(70, 9, 4, isGrey: true),
        ];
        var file = ParquetFiles.Write([ParquetFiles.Pictures("image", pictures), ParquetFiles.Plain<long>("label", [0, 1, 0, 1])]);
        using var data = Load(file);
        using var small = Load(file, new UserDataOptions { ImageSize = 8 });
        Assert.Equal([2, 32, 32, 1], data.Data.Train.Pixels.shape);
        Assert.Equal([2, 8, 8, 1], small.Data.Train.Pixels.shape);
        Assert.Equal((32, 8), (data.Spec.ImageSize, small.Spec.ImageSize));
    }

    [Fact]
    public void Shards_to_train_and_to_test_keep_their_rows()
    {
        PictureFiles.Write(_folder, "d/data/train-00000-of-00002.parquet", Shard(0, 1));
        PictureFiles.Write(_folder, "d/data/train-00001-of-00002.parquet", Shard(2, 3));
        PictureFiles.Write(_folder, "d/data/test-00000-of-00001.parquet", Shard(1));
        PictureFiles.Write(_folder, "d/README.md", [1]);
        using var data = DatasetLoader.Load(_folder.File("d"), new DataFolder("/nowhere"));
        Assert.Equal(
            [
                "train-00000-of-00002.parquet[0]",
                "train-00000-of-00002.parquet[1]",
                "train-00001-of-00002.parquet[0]",
                "train-00001-of-00002.parquet[1]",
            ],
            data.Data.Train.ExampleNames!
        );
        Assert.Equal([0, 1, 0, 1], data.Data.Train.Labels.data<long>().ToArray());
        Assert.Equal((1, 1L), (data.Data.Test.Count, data.Data.Test.Labels.data<long>()[0]));

        byte[] Shard(params int[] rows) =>
            ParquetFiles.Write([
                ParquetFiles.Pictures("image", [.. rows.Select(r => Squares[r])]),
                ParquetFiles.Plain<long>("label", [.. rows.Select(r => (long?)(r % 2))]),
            ]);
    }

    // A missing value must not move the others to labels that are not theirs, in either layout.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Bad_pictures_are_named_and_left_out_on_demand(bool isStruct)
    {
        byte[]?[] pictures = [Squares[0], Squares[1], null, [], Squares[2], Squares[3], Squares[0][..30], [1, 2, 3]];
        var column = isStruct ? ParquetFiles.Pictures("image", pictures) : ParquetFiles.Bytes("image", pictures);
        var file = ParquetFiles.Write([column, ParquetFiles.Plain<long>("label", [0, 1, 0, 0, 0, 1, 1, 1])]);
        var nothing = isStruct ? "is not there" : "is empty"; // the struct names a file, which does not exist
        Assert.Equal(
            $"4 of 8 pictures in {_folder.Path} cannot be used: t.parquet[2] {nothing}; t.parquet[3] {nothing}; t.parquet[6] is cut; "
                + $"t.parquet[7] is not a picture that can be read. "
                + "Repair or remove them, or leave them out (skipping of bad pictures).",
            Assert.Throws<InputException>(() => Load(file)).Message
        );
        using var data = Load(file, new UserDataOptions { SkipBad = true });
        Assert.Equal(
            ["t.parquet[0]", "t.parquet[1]", "t.parquet[4]", "t.parquet[5]"],
            data.Data.Train.ExampleNames!.Concat(data.Data.Test.ExampleNames!).Order(StringComparer.Ordinal)
        );
        Assert.All(
            new[] { data.Data.Train, data.Data.Test },
            part =>
                Assert.Equal(
                    part.Labels.data<long>().ToArray(),
                    Enumerable.Range(0, part.Count).Select(i => part.Pixels.bytes[i * 48] > 200 ? 0L : 1L)
                )
        );
    }

    // The library puts what its pool holds behind the pictures that are there: those of a table that was read before.
    [Fact]
    public void What_another_table_left_in_memory_damages_none()
    {
        foreach (var size in new[] { 1, 16, 32, 64 })
        {
            var left = ArrayPool<ReadOnlyMemory<byte>>.Shared.Rent(size);
            Array.Fill(left, new byte[] { 1, 2, 3 });
            ArrayPool<ReadOnlyMemory<byte>>.Shared.Return(left);
        }

        byte[]?[] pictures = [Squares[0], null, Squares[1], Squares[2], null, Squares[3]];
        var file = ParquetFiles.Write([ParquetFiles.Pictures("image", pictures), ParquetFiles.Plain<long>("label", [0, 1, 0, 1, 0, 1])]);
        using var data = Load(file, new UserDataOptions { SkipBad = true });
        Assert.Equal(4, data.Data.Train.Count + data.Data.Test.Count);
    }

    [Fact]
    public void Pictures_that_are_kept_by_their_paths_are_looked_up_beside_the_table()
    {
        byte[]?[] none = [null, null, null, null];
        var file = ParquetFiles.Write([ParquetFiles.Pictures("image", none), ParquetFiles.Plain<long>("label", [0, 1, 0, 1])]);
        Assert.Equal(
            $"{_folder.File("t.parquet")} keeps pictures by their paths only, and 4 of 4 are not below its folder (0.png, 1.png, 2.png, "
                + $"3.png); put the pictures beside it, or save it with their bytes.",
            Assert.Throws<InputException>(() => Load(file)).Message
        );
        for (var i = 0; i < 4; i++)
        {
            PictureFiles.Write(_folder, $"{i}.png", Squares[i]);
        }

        using var data = Load(file);
        using var bytes = Load(
            ParquetFiles.Write([ParquetFiles.Pictures("image", [.. Squares]), ParquetFiles.Plain<long>("label", [0, 1, 0, 1])])
        );
        Assert.Equal(bytes.Data.Train.Pixels.bytes.ToArray(), data.Data.Train.Pixels.bytes.ToArray());
        PictureFiles.Write(_folder, "3.png", Squares[0]);
        using var other = Load(file);
        Assert.NotEqual(data.Spec.Sha256, other.Spec.Sha256);
        File.Delete(_folder.File("2.png"));
        Assert.Contains(
            "1 of 4 are not below its folder (2.png)",
            Assert.Throws<InputException>(() => Load(file)).Message,
            StringComparison.Ordinal
        );
    }

    private static string Text(NamedData data) =>
        string.Join(
            "; ",
            new[] { data.Data.Train, data.Data.Test }
                .SelectMany(part =>
                    Enumerable
                        .Range(0, part.Count)
                        .Select(i =>
                            $"{part.ExampleNames![i]["t.parquet".Length..]} "
                            + $"{string.Join(' ', Vectors.Values(part.Pixels).Chunk(part.Width).ElementAt(i))} "
                            + $"{part.ClassNames[(int)part.Labels.data<long>()[i]]}"
                        )
                )
                .Order(StringComparer.Ordinal)
        );

    private NamedData Load(byte[] content, UserDataOptions? options = null)
    {
        PictureFiles.Write(_folder, "t.parquet", content);
        return DatasetLoader.Load(_folder.File("t.parquet"), new DataFolder("/nowhere"), options, _told);
    }
}
