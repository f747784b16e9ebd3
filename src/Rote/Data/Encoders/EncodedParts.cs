using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using static TorchSharp.torch;

namespace Rote.Data.Encoders;

/// <summary>An encoder's vectors on disk: <c>encoded/IDENTITY/PART</c> in the data folder.</summary>
/// <remarks>A file holds the 8 bytes <c>ROTEENC1</c>, rows and columns as two little-endian int32, the SHA-256 of what follows (32 bytes),
/// and the values, float32, little-endian, row by row.</remarks>
internal sealed class EncodedParts
{
    private const int HeaderLength = 48;

    private readonly string _folder;
    private readonly int _width;

    /// <summary>The parts of one encoder.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="encoder">The encoder.</param>
    public EncodedParts(DataFolder data, IEncoder encoder)
    {
        _folder = Path.Combine(data.Of(FolderName), encoder.Identity);
        _width = encoder.Width;
    }

    /// <summary>The folder's name in the data folder.</summary>
    public const string FolderName = "encoded";

    private static ReadOnlySpan<byte> Magic => "ROTEENC1"u8;

    /// <summary>Finds a part that is whole.</summary>
    /// <param name="key">SHA-256 of its examples.</param>
    /// <param name="count">Number of its examples.</param>
    /// <returns>[count, D]; null if it is missing or damaged.</returns>
    public Tensor? Find(string key, int count)
    {
        byte[] file;
        try
        {
            var info = new FileInfo(Path.Combine(_folder, key));
            var length = HeaderLength + (4L * count * _width);
            if (!info.Exists || info.Length != length)
            {
                return null;
            }

            file = File.ReadAllBytes(info.FullName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // what cannot be read is encoded again
        }

        if (!file.AsSpan().StartsWith(Header(count, file.AsSpan(HeaderLength))))
        {
            return null;
        }

        var values = MemoryMarshal.Cast<byte, float>(file.AsSpan(HeaderLength)).ToArray();
        return tensor(values).reshape(count, _width);
    }

    /// <summary>Keeps a part.</summary>
    /// <param name="key">SHA-256 of its examples.</param>
    /// <param name="vectors">[n, D] float32.</param>
    /// <exception cref="MachineException">The part cannot be written.</exception>
    public void Keep(string key, Tensor vectors)
    {
        using var scope = NewDisposeScope();
        var bytes = vectors.contiguous().bytes.ToArray();
        var header = Header((int)vectors.shape[0], bytes);
        AtomicFile.Write(
            Path.Combine(_folder, key),
            stream =>
            {
                stream.Write(header);
                stream.Write(bytes);
            }
        );
    }

    private byte[] Header(int count, ReadOnlySpan<byte> values)
    {
        var header = new byte[HeaderLength];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), count);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), _width);
        SHA256.HashData(values, header.AsSpan(16));
        return header;
    }
}
