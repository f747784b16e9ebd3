using Rote.Data;
using Rote.Data.Packing;
using static TorchSharp.torch;

namespace Rote.Tests.Support;

/// <summary>Packs small sets.</summary>
internal static class PackedSamples
{
    /// <summary>A catalog that is not there.</summary>
    public static DataFolder Nowhere { get; } = new("/nowhere");

    /// <summary>Folders of noise, one a class.</summary>
    public static string Folder(TempFolder folder, int classes = 3, int each = 10, int side = 8, string? broken = null)
    {
        for (var c = 0; c < classes; c++)
        {
            for (var i = 0; i < each; i++)
            {
                var name = $"pictures/class{c}/{i:D3}.png";
                var content = PictureFiles.Noise(side, side, (uint)((c * 1000) + i));
                PictureFiles.Write(folder, name, name == broken ? content[..40] : content);
            }
        }

        return folder.File("pictures");
    }

    /// <summary>Packs a source beside it.</summary>
    public static string Pack(
        TempFolder folder,
        string source,
        PackOptions? options = null,
        IProgress<Rote.Data.Download.DownloadProgress>? progress = null
    )
    {
        var file = folder.File("packed.rote");
        Packer.Pack(source, file, Nowhere, options, progress);
        return file;
    }

    /// <summary>Opens a source, packed or not.</summary>
    public static NamedData Load(string path, UserDataOptions? options = null) => DatasetLoader.Load(path, Nowhere, options);

    /// <summary>Each example as its name, class and pixels, in the order of the part.</summary>
    public static string[] Lines(Dataset part)
    {
        using var scope = NewDisposeScope();
        var labels = part.Labels.data<long>().ToArray();
        var size = part.Height * part.Width * part.Channels;
        var pixels = part.Pixels.contiguous().data<byte>().ToArray();
        return
        [
            .. Enumerable
                .Range(0, part.Count)
                .Select(i =>
                    $"{part.ExampleNames[i]} {part.ClassNames[(int)labels[i]]} {Convert.ToHexString(pixels.AsSpan(i * size, size))}"
                ),
        ];
    }
}
