using Parquet.Schema;
using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Parquet;

/// <summary>Columns of whole numbers of every width, with and without a sign, that may and may not miss values.</summary>
public sealed class IntegerColumnsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_ends_of_every_type_are_read_as_they_are(bool isNullable)
    {
        using var data = Load(
            Column<sbyte>("i8", isNullable, sbyte.MinValue, -1, 0, sbyte.MaxValue),
            Column<byte>("u8", isNullable, 0, 127, 128, byte.MaxValue),
            Column<short>("i16", isNullable, short.MinValue, -1, 0, short.MaxValue),
            Column<ushort>("u16", isNullable, 0, 32767, 32768, ushort.MaxValue),
            Column<int>("i32", isNullable, int.MinValue, -1, 0, int.MaxValue),
            Column<uint>("u32", isNullable, 0, int.MaxValue, 2147483648, uint.MaxValue),
            Column<long>("i64", isNullable, -4611686018427387904, -1, 0, 4611686018427387904),
            Column<ulong>("u64", isNullable, 0, 1, 9223372036854775808, 9223372036854777856),
            ParquetFiles.Texts("label", ["a", "b", "a", "b"])
        );
        Assert.Equal(
            [
                "[0] -128 0 -32768 0 -2147483648 0 -4.611686018427388E+18 0 a",
                "[1] -1 127 -1 32767 -1 2147483647 -1 1 b",
                "[2] 0 128 0 32768 0 2147483648 0 9.223372036854776E+18 a",
                "[3] 127 255 32767 65535 2147483647 4294967295 4.611686018427388E+18 9.223372036854778E+18 b",
            ],
            Packed.Rows(data)
        );
    }

    [Fact]
    public void Labels_of_every_type_are_classes_by_their_numbers()
    {
        Assert.All(
            [
                Column<sbyte>("label", true, -1, 3, -1, 3),
                Column<short>("label", false, -1, 3, -1, 3),
                Column<int>("label", true, -1, 3, -1, 3),
                Column<long>("label", false, -1, 3, -1, 3),
            ],
            label => RequireClasses(label, ["-1", "3"])
        );
        Assert.All(
            [
                Column<byte>("label", false, 200, 3, 200, 3),
                Column<ushort>("label", true, 200, 3, 200, 3),
                Column<uint>("label", false, 200, 3, 200, 3),
                Column<ulong>("label", true, 200, 3, 200, 3),
            ],
            label => RequireClasses(label, ["3", "200"])
        );
    }

    [Fact]
    public void A_value_that_misses_is_a_gap_whatever_the_type()
    {
        Assert.All(
            [
                ParquetFiles.Plain<sbyte>("a", [1, null, 3, 4]),
                ParquetFiles.Plain<ushort>("a", [1, null, 3, 4]),
                ParquetFiles.Plain<ulong>("a", [1, null, 3, 4]),
            ],
            column =>
            {
                using var data = Load(column, ParquetFiles.Texts("label", ["x", "y", "x", "y"]));
                Assert.Equal(["a", "a is missing"], data.Data.Train.FeatureNames);
            }
        );
    }

    private void RequireClasses(ParquetFiles.Column label, string[] classes)
    {
        using var data = Load(ParquetFiles.Plain<double>("a", [0.5, 1.5, 2.5, 3.5]), label);
        Assert.Equal(classes, data.Data.Train.ClassNames);
        Assert.Equal(
            [.. Enumerable.Range(0, 4).Select(i => $"[{i}] {i}.5 {classes[classes[0] == "3" ? (i + 1) % 2 : i % 2]}")],
            Packed.Rows(data)
        );
    }

    private static ParquetFiles.Column Column<T>(string name, bool isNullable, params T[] values)
        where T : struct
    {
        if (isNullable)
        {
            return ParquetFiles.Plain<T>(name, [.. values.Select(value => (T?)value)]);
        }

        var field = new DataField<T>(name);
        return new ParquetFiles.Column(field, (group, _, _) => group.WriteAsync<T>(field, values.AsMemory()));
    }

    private NamedData Load(params ParquetFiles.Column[] columns)
    {
        File.WriteAllBytes(_folder.File("t.parquet"), ParquetFiles.Write(columns));
        return DatasetLoader.Load(_folder.File("t.parquet"), new DataFolder("/nowhere"));
    }
}
