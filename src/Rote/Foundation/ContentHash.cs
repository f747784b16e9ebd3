using System.Security.Cryptography;
using System.Text;

namespace Rote.Foundation;

/// <summary>One checksum for many files: that of the listing which <c>sha256sum</c> prints of them, so it can be reproduced without
/// Rote.</summary>
internal sealed class ContentHash : IDisposable
{
    private readonly IncrementalHash _listing = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The SHA-256 of a file, read piece by piece.</summary>
    /// <param name="path">The file.</param>
    /// <param name="target">32 bytes.</param>
    public static void OfFile(string path, Span<byte> target)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        SHA256.HashData(stream, target);
    }

    /// <summary>Adds a file. The order counts.</summary>
    /// <param name="relativePath">Its path in the folder, with <c>/</c> between its parts.</param>
    /// <param name="sha256">Its 32 bytes of SHA-256.</param>
    public void Add(string relativePath, ReadOnlySpan<byte> sha256)
    {
        // As sha256sum does: a name with a line break cannot pass for two lines.
        var name = relativePath
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\r", "\\r", StringComparison.Ordinal);
        var mark = name.Length == relativePath.Length ? "" : "\\";
        _listing.AppendData(Encoding.UTF8.GetBytes($"{mark}{Convert.ToHexStringLower(sha256)}  {name}\n"));
    }

    /// <summary>The checksum of all files added, lower-case hexadecimal; the listing begins anew.</summary>
    public string Result() => Convert.ToHexStringLower(_listing.GetHashAndReset());

    /// <inheritdoc/>
    public void Dispose() => _listing.Dispose();
}
