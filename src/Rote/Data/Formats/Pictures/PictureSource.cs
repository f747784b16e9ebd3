using SkiaSharp;

namespace Rote.Data.Formats.Pictures;

/// <summary>An encoded picture, in a file or in memory.</summary>
internal readonly struct PictureSource
{
    private readonly string? _path;
    private readonly byte[]? _bytes;

    /// <summary>A picture in a file.</summary>
    public PictureSource(string path) => _path = path;

    /// <summary>A picture in memory.</summary>
    public PictureSource(byte[] bytes) => _bytes = bytes;

    /// <summary>Whether it is in memory and has no bytes.</summary>
    public bool IsEmpty => _bytes is { Length: 0 };

    /// <summary>Opens its bytes.</summary>
    public Stream Open() =>
        _path is not null
            ? new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read)
            : new MemoryStream(_bytes!, writable: false);

    /// <summary>Returns a decoder for it; null if it is not a picture.</summary>
    public SKCodec? Codec(out SKCodecResult result) =>
        _path is not null ? SKCodec.Create(_path, out result) : SKCodec.Create(new SKMemoryStream(_bytes!), out result);
}
