using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Rote.Data.Formats.Numpy;

namespace Rote.Audits.Review;

/// <summary>Out-of-bag probabilities: <see cref="AuditFiles.Probabilities"/>, a row at a time. Safe to call from several threads.</summary>
public sealed class ProbabilityRows : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly int _start;
    private readonly int _classes;

    private ProbabilityRows(SafeFileHandle file, int start, int classes) => (_file, _start, _classes) = (file, start, classes);

    /// <summary>Opens the file of an audit.</summary>
    /// <param name="set">The audit.</param>
    /// <returns>Null where there is none that fits: it is an extra, and a page does without.</returns>
    public static ProbabilityRows? Open(ReviewSet set)
    {
        var path = Path.Combine(set.Folder, AuditFiles.Probabilities);
        var classes = set.Source?.ClassNames.Count;
        if (!File.Exists(path) || classes is null)
        {
            return null;
        }

        try
        {
            NpyHeader header;
            using (var stream = File.OpenRead(path))
            {
                header = NpyHeader.Read(stream, path);
                if (stream.Length != header.HeaderBytes + header.DataBytes)
                {
                    return null;
                }
            }

            return
                header is { Kind: 'f', ItemBytes: sizeof(float), IsBigEndian: false, IsFortranOrder: false, Shape: [var rows, var columns] }
                && rows == set.Examples.Count
                && columns == classes
                ? new ProbabilityRows(File.OpenHandle(path), header.HeaderBytes, (int)columns)
                : null;
        }
        catch (Exception e) when (e is RoteException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The probabilities of an example's classes.</summary>
    /// <param name="id">The example.</param>
    /// <returns>[K], NaN where no network left the example out.</returns>
    public float[] Of(int id)
    {
        var row = new float[_classes];
        var bytes = MemoryMarshal.AsBytes(row.AsSpan());
        return RandomAccess.Read(_file, bytes, _start + ((long)id * bytes.Length)) == bytes.Length ? row : [.. row.Select(_ => float.NaN)];
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
