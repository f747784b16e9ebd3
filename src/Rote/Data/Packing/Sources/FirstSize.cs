using Rote.Data.Formats.Pictures;

namespace Rote.Data.Packing.Sources;

/// <summary>The size that the first pictures of a source have. Looking at all of them would be a pass of its own; one that differs is then
/// an error of its own.</summary>
internal static class FirstSize
{
    /// <summary>Pictures that are looked at.</summary>
    public const int Looked = 64;

    /// <summary>Finds it.</summary>
    /// <returns>Null if they differ or are larger than what is kept.</returns>
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
