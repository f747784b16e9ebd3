using System.Text.Json;

namespace Rote.Pages.Runs;

/// <summary>Reads the log of a run's epochs while it is being written; only complete lines count.</summary>
internal static class MetricsFile
{
    public const string Name = "metrics.jsonl";

    /// <summary>The curves drawn, in the order in which <see cref="Chunk"/> gives them after the epoch.</summary>
    public static readonly string[] Curves =
    [
        "testAccuracy",
        "trainAccuracy",
        "runningAccuracy",
        "heldOutAccuracy",
        "runningLoss",
        "memorization",
        "memorizedShare",
        "recoveredShare",
        "cleanAccuracy",
        "learningRate",
    ];

    private const int LongestTail = 8 << 10;
    private const int LongestChunk = 1 << 20;

    /// <summary>Reads the last lines: each number where it was last measured.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The last epoch, and the values in the order of <see cref="Curves"/>; null where there is no complete line.</returns>
    public static (int Epoch, double?[] Values)? Last(string path)
    {
        (int Epoch, double?[] Values)? last = null;
        foreach (var (epoch, values) in Lines(Bytes(path, Math.Max(0, new FileInfo(path).Length - LongestTail), LongestTail)))
        {
            var known = last?.Values;
            last = (epoch, [.. values.Select((value, i) => value ?? known?[i])]);
        }

        return last;
    }

    /// <summary>Reads the epochs from a position in the file on.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">The end of the previous chunk; 0 for the first.</param>
    public static Chunk From(string path, long offset)
    {
        var length = new FileInfo(path).Length;
        var isAnew = offset > length || (offset > 0 && Bytes(path, offset - 1, 1) is not [(byte)'\n']);
        var begin = isAnew ? 0 : offset;
        var bytes = Bytes(path, begin, LongestChunk);
        var end = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        return new Chunk(
            isAnew,
            begin + end,
            end > 0 && begin + end < length && bytes.Length == LongestChunk,
            [.. Lines(bytes[..end]).Select(line => (double?[])[line.Epoch, .. line.Values])]
        );
    }

    private static byte[] Bytes(string path, long offset, int count)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        stream.Position = offset;
        var bytes = new byte[Math.Max(0, Math.Min(count, stream.Length - offset))];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    private static IEnumerable<(int Epoch, double?[] Values)> Lines(byte[] bytes)
    {
        for (int begin = 0, end; begin < bytes.Length && (end = Array.IndexOf(bytes, (byte)'\n', begin)) >= 0; begin = end + 1)
        {
            if (Line(bytes.AsMemory(begin, end - begin)) is { } line)
            {
                yield return line;
            }
        }
    }

    /// <summary>Reads a line. One that is cut, as the first line of a tail, or that is no record of an epoch gives nothing.</summary>
    private static (int Epoch, double?[] Values)? Line(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var line = document.RootElement;
            return !RoteJson.HasHalfCharacter(line) && JsonFile.Whole(line, "epoch") is { } epoch and >= 0
                ? (epoch, [.. Curves.Select(name => JsonFile.Number(line, name))])
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Some epochs of a run.</summary>
/// <param name="IsAnew">Whether the file is a different one than before: what was known of it must be forgotten.</param>
/// <param name="Next">The position where the next chunk begins.</param>
/// <param name="HasMore">Whether more epochs are available already.</param>
/// <param name="Rows">One epoch each: its number, then <see cref="MetricsFile.Curves"/>.</param>
internal sealed record Chunk(bool IsAnew, long Next, bool HasMore, IReadOnlyList<double?[]> Rows);
