using System.Globalization;
using System.IO.Compression;
using Rote.Data;

namespace Rote.Tests.Support;

/// <summary>What tests of formats share: packing bytes, and a data set as lines.</summary>
internal static class Packed
{
    /// <summary>Bytes packed with gzip.</summary>
    public static byte[] Gzip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return stream.ToArray();
    }

    /// <summary>Each example as its row, features and class, in the order of rows; training and test examples together.</summary>
    /// <param name="data">Vectors of one file.</param>
    public static IEnumerable<string> Rows(NamedData data) =>
        new[] { data.Data.Train, data.Data.Test }
            .SelectMany(part =>
                Vectors
                    .Values(part.Pixels)
                    .Chunk(part.Width)
                    .Select(
                        (values, i) =>
                            $"[{part.Rows[i].Row}] {string.Join(' ', values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))} "
                            + $"{part.ClassNames[(int)part.Labels.data<long>()[i]]}"
                    )
            )
            .OrderBy(line => int.Parse(line[1..line.IndexOf(']', StringComparison.Ordinal)], CultureInfo.InvariantCulture));
}
