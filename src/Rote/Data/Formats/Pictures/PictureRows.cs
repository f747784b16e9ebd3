using Rote.Data.Download;
using Rote.Data.Splitting;
using static TorchSharp.torch;

namespace Rote.Data.Formats.Pictures;

/// <summary>Checks decoded pictures, as rows of one tensor.</summary>
internal static class PictureRows
{
    /// <summary>Returns the rows of the pictures that could be read.</summary>
    /// <param name="problems">[N] the problem of each picture; null if there is none.</param>
    /// <param name="nameOf">Returns the user's name for a picture.</param>
    /// <param name="place">Their folder or file, for messages.</param>
    /// <param name="skipBad">Whether unusable pictures are left out.</param>
    /// <param name="progress">Told what is left out; null for silence.</param>
    /// <returns>Row numbers, ascending.</returns>
    /// <exception cref="InputException">A picture is unusable, and <paramref name="skipBad"/> is false.</exception>
    public static long[] Good(
        string?[] problems,
        Func<int, string> nameOf,
        string place,
        bool skipBad,
        IProgress<DownloadProgress>? progress
    )
    {
        const int Shown = 5;
        var bad = Enumerable.Range(0, problems.Length).Where(i => problems[i] is not null).ToList();
        if (bad.Count > 0)
        {
            var list =
                string.Join("; ", bad.Take(Shown).Select(i => $"{nameOf(i)} {problems[i]}"))
                + (bad.Count > Shown ? $"; and {bad.Count - Shown:N0} more" : "");
            var counts = $"{bad.Count:N0} of {problems.Length:N0} pictures in {place} cannot be used";
            if (!skipBad)
            {
                throw new InputException($"{counts}: {list}. Repair or remove them, or leave them out ({Setting.SkipBad}).");
            }

            progress?.Report(new DownloadProgress($"{counts} and are left out: {list}."));
        }

        return StratifiedSplit.Where([.. problems.Select(p => p is null)], value: true);
    }

    /// <summary>Whether red, green and blue are equal everywhere, so that one channel holds all information.</summary>
    public static bool IsGrey(Tensor pixels, long[] good)
    {
        const int Part = 1000;
        foreach (var rows in good.Chunk(Part))
        {
            using var scope = NewDisposeScope();
            var part = pixels.index_select(0, tensor(rows)); // [n, H, W, 3]
            var (red, green, blue) = (part.select(3, 0), part.select(3, 1), part.select(3, 2));
            if (!red.eq(green).all().item<bool>() || !red.eq(blue).all().item<bool>())
            {
                return false;
            }
        }

        return true;
    }
}
