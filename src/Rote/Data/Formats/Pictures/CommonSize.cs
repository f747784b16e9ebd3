namespace Rote.Data.Formats.Pictures;

/// <summary>Finds from their headers whether all pictures already have one small size.</summary>
internal static class CommonSize
{
    /// <summary>The largest side of a picture that keeps its size.</summary>
    public const int Most = 64;

    /// <summary>Returns the size that all pictures have in common.</summary>
    /// <param name="folder">The pictures; those with unreadable headers do not count.</param>
    /// <param name="token">Stops.</param>
    /// <returns>Rows and columns; null if two differ, or one is larger than 64×64. The first large picture ends the search.</returns>
    public static (int Height, int Width)? Find(PictureFolder folder, CancellationToken token)
    {
        (int Height, int Width)? common = null;
        var differs = false;
        var gate = new Lock();
        Parallel.ForEach(
            folder.Files,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = token },
            (file, state) =>
            {
                if (file.Bytes == 0 || Picture.Size(new PictureSource(Path.Combine(folder.Root, file.Path))) is not { } size)
                {
                    return;
                }

                lock (gate)
                {
                    common ??= size;
                    if (common != size || Math.Max(size.Height, size.Width) > Most)
                    {
                        differs = true;
                        state.Stop();
                    }
                }
            }
        );
        return differs ? null : common;
    }
}
