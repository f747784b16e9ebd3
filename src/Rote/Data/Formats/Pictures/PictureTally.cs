namespace Rote.Data.Formats.Pictures;

/// <summary>The facts about the pictures of a data set: problems, the scale of 16-bit values, and notes on how they were read.</summary>
/// <param name="count">The number of pictures.</param>
/// <param name="shape">The shape they are brought to.</param>
/// <param name="options">The user's options.</param>
internal sealed class PictureTally(int count, PictureShape shape, UserDataOptions options)
{
    private readonly PictureFacts[] _facts = new PictureFacts[count];

    /// <summary>[N] the facts about each picture; set by the thread that reads it.</summary>
    public PictureFacts this[int picture]
    {
        get => _facts[picture];
        set => _facts[picture] = value;
    }

    /// <summary>[N] why pictures cannot be used; null if they can.</summary>
    public string?[] Problems => Array.ConvertAll(_facts, f => f.Problem);

    /// <summary>[N] rows and columns of each picture in its file.</summary>
    public (int Height, int Width)[] Sizes => Array.ConvertAll(_facts, f => f.Stored);

    /// <summary>The bits of the scale of pictures with 16 bits per value; null if there are none.</summary>
    /// <remarks>The data set has one scale, so that a dark picture stays dark: the fewest bits that hold all values, as for arrays. A
    /// camera's 10 bits are 0 to 1,023, and 8 bits saved as 16 are 0 to 255.</remarks>
    public int? Bits => Deep.Any() ? options.SampleBits ?? BitsFor(Deep.Max()) : null;

    /// <summary>Pictures that must be read again, on the scale that was found.</summary>
    public IReadOnlyList<int> Again =>
        Bits is { } bits && bits != shape.Bits ? [.. Enumerable.Range(0, count).Where(i => _facts[i].Largest is not null)] : [];

    /// <summary>How pictures became square, for the data's identity; null for the central square, or if they kept their size.</summary>
    public PictureFit? Fit => shape.Size is null || shape.Fit == PictureFit.Crop ? null : shape.Fit;

    /// <summary>Whether the alpha of a picture was ignored or a PNG was turned, which earlier versions of Rote did not do.</summary>
    public bool IsReadAnew => _facts.Any(f => f.IgnoresAlpha || f.IsTurned);

    /// <summary>Whether a picture was decoded at a fraction of its size.</summary>
    public bool IsDecodedScaled => _facts.Any(f => f.IsScaled);

    private IEnumerable<int> Deep => _facts.Where(f => f.Largest is not null).Select(f => f.Largest!.Value);

    /// <summary>Returns sentences about how the pictures were read.</summary>
    /// <param name="good">The pictures that are used.</param>
    public IEnumerable<Sentence> Notes(long[] good)
    {
        var used = good.Select(i => _facts[i]).ToArray();
        var lost = used.Select(f => f.Lost).Where(share => share > 0).Order().ToArray();
        if (lost.Length > 0)
        {
            yield return $"The central square of each picture is read: of {lost.Length:N0} of {used.Length:N0} pictures a part is cut "
                + $"off, {Percent(lost[lost.Length / 2])} of the area in the median and {Percent(lost[^1])} at most; {Setting.Fit} pad or "
                + $"squash keeps it.";
        }

        if (shape.Size is null && options.Fit != PictureFit.Crop)
        {
            yield return $"All pictures are {shape.Height}×{shape.Width} (rows, columns) and keep this size, so that there is nothing to "
                + $"fit; {Setting.ImageSize} {Math.Max(shape.Height, shape.Width)} makes squares of them.";
        }

        if (Bits is { } bits)
        {
            var full = (1 << bits) - 1;
            var cut = Deep.Count(most => most > full);
            var end = cut > 0 ? $", as in training: larger values, in {cut:N0} of them, are cut." : ".";
            yield return $"Pictures of 16 bits a value: {Deep.Count():N0}; the largest value is {Deep.Max()}, and they are read on the "
                + $"scale 0 to {full}{end}";
        }

        if (used.Count(f => f.IgnoresAlpha) is > 0 and var invisible)
        {
            yield return $"Pictures whose alpha channel is 0 everywhere, so that nothing of them could be seen: {invisible:N0}; their "
                + $"colours are read without it.";
        }

        if (used.Count(f => f.IsLostOnWhite) is > 0 and var lostOnWhite)
        {
            yield return $"Pictures of which nothing is left on white, because their colours are white and only their alpha channel draws: "
                + $"{lostOnWhite:N0}; put them on a darker ground first.";
        }

        if (used.Count(f => f.IsAnimated) is > 0 and var animated)
        {
            yield return $"Animated pictures, of which the first frame is read: {animated:N0}.";
        }
    }

    private static int BitsFor(int most) => most <= 1 ? 1 : Math.Max(8, (int)Math.Floor(Math.Log2(most)) + 1);

    private static string Percent(double share) => share < 0.01 ? "less than 1 %" : $"{100 * share:F0} %";
}
