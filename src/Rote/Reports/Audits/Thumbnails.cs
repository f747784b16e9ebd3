using Rote.Data;
using Rote.Reports.Images;

namespace Rote.Reports.Audits;

/// <summary>Pictures of some examples for a page.</summary>
internal static class Thumbnails
{
    /// <summary>Draws the pictures.</summary>
    /// <param name="images">The examples.</param>
    /// <param name="rows">Which.</param>
    /// <returns>One data URI each; null where there is nothing to see: vectors, or channels that are not colours.</returns>
    public static IReadOnlyList<string>? Of(Dataset images, IReadOnlyList<int> rows)
    {
        if (images.IsVectors || images.Channels is not (1 or 3) || rows.Count == 0)
        {
            return null;
        }

        using var some = images.Select([.. rows.Select(row => (long)row)]);
        return PngImage.DataUris(some, rows.Count);
    }
}
