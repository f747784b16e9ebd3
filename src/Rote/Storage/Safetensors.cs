using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Rote.Storage;

/// <summary>Named tensors and text in one file, in the safetensors format: 8 bytes of header length, a JSON header, raw little-endian
/// data.</summary>
/// <remarks>
/// Format: https://github.com/huggingface/safetensors (README, "Format"). PyTorch reads it by name; reading it runs no code, unlike a
/// pickle.
/// Files written here carry the SHA-256 of their data in the metadata, so a damaged file is recognized.
/// </remarks>
public sealed class Safetensors : IDisposable
{
    private const string DigestKey = "sha256";
    private const int LongestHeader = 100 * 1024 * 1024;

    /// <summary>The element types we write, by the format's name, with their size in bytes.</summary>
    private static readonly Dictionary<string, (ScalarType Type, int Bytes)> Types = new()
    {
        ["F64"] = (ScalarType.Float64, 8),
        ["F32"] = (ScalarType.Float32, 4),
        ["BF16"] = (ScalarType.BFloat16, 2),
        ["I64"] = (ScalarType.Int64, 8),
        ["I32"] = (ScalarType.Int32, 4),
        ["U8"] = (ScalarType.Byte, 1),
        ["BOOL"] = (ScalarType.Bool, 1),
    };

    private Safetensors(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata) =>
        (Tensors, Metadata) = (tensors, metadata);

    /// <summary>The tensors by name; the object owns them.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>Texts by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Writes tensors in the order given.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="tensors">Distinct names; any device and layout.</param>
    /// <param name="metadata">Texts to keep beside them.</param>
    /// <returns>SHA-256 of the data, lower-case hexadecimal.</returns>
    public static string Write(
        Stream stream,
        IEnumerable<(string Name, Tensor Value)> tensors,
        IReadOnlyDictionary<string, string> metadata
    )
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var parts = tensors.Select(t => (t.Name, Value: t.Value.detach().cpu().contiguous())).ToList();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var header = new Dictionary<string, object>();
        var offset = 0L;
        foreach (var (name, value) in parts)
        {
            hash.AppendData(value.bytes);
            var end = offset + value.bytes.Length;
            header.Add(name, new Entry(Types.Single(t => t.Value.Type == value.dtype).Key, value.shape, [offset, end]));
            offset = end;
        }

        var digest = Convert.ToHexStringLower(hash.GetHashAndReset());
        header.Add("__metadata__", metadata.Append(KeyValuePair.Create(DigestKey, digest)).ToDictionary());
        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        var padding = (8 - (json.Length % 8)) % 8;
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length + padding);
        stream.Write(length);
        stream.Write(json);
        stream.Write("       "u8[..padding]);
        foreach (var (_, value) in parts)
        {
            stream.Write(value.bytes);
        }

        return digest;
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its content, which the caller owns.</returns>
    /// <exception cref="InputException">The file is not in the format, cut, or damaged.</exception>
    public static Safetensors Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path); // a stream, for an array of it would end at 2 GiB
            return Parse(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be read: {error.Message.Split('\n')[0]}", error);
        }
        catch (Exception error)
            when (error is FormatException or JsonException or OverflowException or InvalidOperationException or NotSupportedException)
        {
            throw new InputException($"{path} is not a whole safetensors file: {error.Message.Split('\n')[0]}", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var value in Tensors.Values)
        {
            value.Dispose();
        }
    }

    private static Safetensors Parse(FileStream file)
    {
        Require(file.Length >= 8, $"it has {file.Length} bytes, expected at least 8.");
        Span<byte> first = stackalloc byte[8];
        file.ReadExactly(first);
        var length = BinaryPrimitives.ReadInt64LittleEndian(first);
        Require(length is >= 2 and <= LongestHeader && length <= file.Length - 8, $"its header claims {length} bytes of {file.Length}.");
        var text = new byte[length];
        file.ReadExactly(text);
        using var header = JsonDocument.Parse(text);
        Require(header.RootElement.ValueKind == JsonValueKind.Object, "its header is not a JSON object.");
        var metadata = new Dictionary<string, string>();
        var entries = new List<(string Name, Entry Entry)>();
        foreach (var member in header.RootElement.EnumerateObject())
        {
            if (member.Name == "__metadata__")
            {
                metadata = member.Value.Deserialize<Dictionary<string, string>>() ?? [];
            }
            else
            {
                entries.Add((member.Name, Check(member.Name, member.Value.Deserialize<Entry>(), file.Length - 8 - length)));
            }
        }

        // Each has bytes of its own: else a small file could claim any amount of memory.
        var claimed = entries.Sum(item => (decimal)(item.Entry.Offsets[1] - item.Entry.Offsets[0]));
        Require(claimed <= file.Length - 8 - length, $"its tensors claim {claimed} bytes of {file.Length - 8 - length}.");
        RequireDigest(metadata, file);
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>();
        foreach (var (name, entry) in entries)
        {
            Require(tensors.TryAdd(name, Load(entry, file, 8 + length)), $"it holds '{name}' twice.");
        }

        foreach (var value in tensors.Values)
        {
            value.DetachFromDisposeScope();
        }

        return new Safetensors(tensors, metadata);
    }

    private static Entry Check(string name, Entry? entry, long available)
    {
        if (entry is not { Type: not null, Shape: not null, Offsets.Length: 2 })
        {
            throw new FormatException($"the entry of '{name}' lacks a type, a shape or two offsets.");
        }

        Require(Types.TryGetValue(entry.Type, out var type), $"'{name}' has the type {entry.Type}, which is not supported.");
        Require(entry.Shape.Length <= 64 && entry.Shape.All(side => side >= 0), $"'{name}' has a negative side, or more than 64.");
        Require(
            entry.Shape.Aggregate(1.0, (product, side) => product * Math.Max(1, side)) < int.MaxValue * 1024.0,
            $"'{name}' has sides that no memory holds."
        );
        var size = entry.Shape.Aggregate((long)type.Bytes, (product, side) => checked(product * side));
        var (start, end) = (entry.Offsets[0], entry.Offsets[1]);
        Require(
            start >= 0 && end <= available && end - start == size,
            $"'{name}' claims bytes {start} to {end} of {available} for {size}."
        );
        return entry;
    }

    /// <summary>Compares the SHA-256 of what follows in the file.</summary>
    private static void RequireDigest(Dictionary<string, string> metadata, FileStream file)
    {
        if (metadata.TryGetValue(DigestKey, out var expected))
        {
            var found = Convert.ToHexStringLower(SHA256.HashData(file));
            Require(found == expected, $"its data has the SHA-256 {found}, its header says {expected}.");
        }
    }

    private static Tensor Load(Entry entry, FileStream file, long data)
    {
        var value = empty(entry.Shape, Types[entry.Type].Type);
        file.Position = data + entry.Offsets[0];
        file.ReadExactly(value.bytes);
        return value;
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FormatException(otherwise);
        }
    }

    private sealed record Entry(
        [property: JsonPropertyName("dtype")] string Type,
        [property: JsonPropertyName("shape")] long[] Shape,
        [property: JsonPropertyName("data_offsets")] long[] Offsets
    );
}
