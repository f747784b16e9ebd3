using Rote.Data.Formats.Pictures;

namespace Rote.Data.Packing.Sources;

/// <summary>The common size of a source's first pictures. Looking at all of them would be a pass of its own; a later picture of another
/// size is an error.</summary>
internal static class FirstSize
{
    /// <summary>Number of pictures looked at.</summary>
    public const int Looked = 64;

    /// <summary>Finds the size.</summary>
    /// <returns>Null if sizes differ, or are larger than sizes that are kept.</returns>
    public static (int Height, int Width)? Of(IEnumerable<PictureSource> pictures)
    {
        (int Height, int Width)? common = null;
        foreach (var size in pictures.Take(Looked).Select(Picture.Size).Where(size => size is not null))
        {
            common ??= size;
            if (common != size || Math.Max(size!.Value.Height, size.Value.Width) > CommonSize.Most)
            {
                return null;
            }
        }

        return common;
    }
}
