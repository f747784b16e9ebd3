using System.Buffers.Binary;
using Rote.Data;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Data.Packing;

[NoTensorLeaks]
public sealed class PackedFileTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _file;
    private readonly byte[] _whole;

    public PackedFileTests()
    {
        _file = PackedSamples.Pack(_folder, PackedSamples.Folder(_folder));
        _whole = File.ReadAllBytes(_file);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Whatever_byte_is_changed_it_is_noticed() =>
        Gen.Select(Gen.Int[0, _whole.Length - 1], Gen.Byte[1, 255])
            .Sample(
                (at, change) =>
                {
                    var bytes = (byte[])_whole.Clone();
                    bytes[at] ^= change;
                    RequireOneSentence(bytes);
                },
                iter: 300,
                threads: 1
            );

    [Fact]
    public void Every_byte_of_the_head_counts()
    {
        for (var at = 0; at < 4096; at += at < 80 ? 1 : 61)
        {
            var bytes = (byte[])_whole.Clone();
            bytes[at] ^= 1;
            RequireOneSentence(bytes);
        }
    }

    [Fact]
    public void Wherever_it_is_cut_it_is_noticed() =>
        Gen.Int[0, _whole.Length - 1].Sample(length => RequireOneSentence(_whole[..length]), iter: 100, threads: 1);

    [Fact]
    public void What_was_added_is_noticed() => RequireOneSentence([.. _whole, 0]);

    [Fact]
    public void Damage_says_which_pictures_have_it()
    {
        var bytes = (byte[])_whole.Clone();
        bytes[5000] ^= 1;
        Assert.Equal(
            $"{_file} is damaged: the checksum of pictures 0 to 29 is another than when it was packed; copy the file once more, or pack "
                + "the data again.",
            RequireOneSentence(bytes)
        );
    }

    [Fact]
    public void Another_version_is_named()
    {
        var bytes = (byte[])_whole.Clone();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), 2);
        Assert.Equal(
            $"{_file} has version 2 of the packed format, and this version of Rote reads 1; pack the data again.",
            RequireOneSentence(bytes)
        );
    }

    [Fact]
    public void An_index_that_lies_with_the_right_checksum_is_refused() =>
        Gen.Int[0, 400]
            .Sample(
                seed =>
                {
                    var at = (int)BinaryPrimitives.ReadInt64LittleEndian(_whole.AsSpan(16));
                    var index = Mutations.Json(_whole[at..], seed);
                    byte[] bytes = [.. _whole[..at], .. index];
                    BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), index.Length);
                    System.Security.Cryptography.SHA256.HashData(index, bytes.AsSpan(32, 32));
                    File.WriteAllBytes(_file, bytes);
                    try
                    {
                        PackedSamples.Load(_file).Dispose();
                    }
                    catch (InputException error)
                    {
                        Assert.StartsWith(_file, error.Message, StringComparison.Ordinal);
                    }
                },
                iter: 300,
                threads: 1
            );

    [Fact]
    public void Options_of_folders_are_refused()
    {
        var error = Assert.Throws<InputException>(() => PackedSamples.Load(_file, new UserDataOptions { ImageSize = 16 }));
        Assert.Contains("are for folders of pictures", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_are_views_of_the_file_and_outlive_each_other()
    {
        using var scope = NewDisposeScope();
        using var data = PackedSamples.Load(_file);
        var lines = PackedSamples.Lines(data.Data.Train).Concat(PackedSamples.Lines(data.Data.Test)).ToArray();
        using var whole = data.Data.Joined(Split.Train);
        using var few = whole.Take(5);
        using var run = whole.Select([2, 3, 4]);
        using var some = whole.Select([4, 1]);
        using var cropped = whole.CenterCrop(4);
        Assert.All([whole, few, run, cropped], part => Assert.NotNull(part.File));
        Assert.Null(some.File);
        data.Dispose();
        Assert.Equal(lines, PackedSamples.Lines(whole));
        Assert.Equal(lines[..5], PackedSamples.Lines(few));
        Assert.Equal(lines[2..5], PackedSamples.Lines(run));
        Assert.Equal([lines[4], lines[1]], PackedSamples.Lines(some));
        using var copy = whole.Select([.. Enumerable.Range(0, whole.Count).Reverse().Select(row => (long)row)]);
        using var expected = copy.CenterCrop(4);
        Assert.Equal(PackedSamples.Lines(expected).Reverse(), PackedSamples.Lines(cropped));
    }

    [Fact]
    public void A_file_that_is_changed_while_it_is_used_is_noticed()
    {
        using var data = PackedSamples.Load(_file);
        data.Data.Train.File!.RequireUnchanged();
        var before = File.GetLastWriteTimeUtc(_file);
        File.SetLastWriteTimeUtc(_file, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var error = Assert.Throws<InputException>(data.Data.Train.File!.RequireUnchanged);
        Assert.Equal($"{_file} was changed while it was used; put the file back as it was, and go on.", error.Message);

        File.SetLastWriteTimeUtc(_file, before);
        data.Data.Train.File!.RequireUnchanged();
    }

    private string RequireOneSentence(byte[] bytes)
    {
        File.WriteAllBytes(_file, bytes);
        var error = Assert.Throws<InputException>(() => PackedSamples.Load(_file));
        Assert.StartsWith(_file, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }
}
