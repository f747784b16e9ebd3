namespace Rote.Data;

/// <summary>How a user's own data is read.</summary>
public sealed record UserDataOptions
{
    /// <summary>The side in pixels that pictures are scaled to unless they all have one small size.</summary>
    public const int DefaultImageSize = 32;

    /// <summary>The largest side allowed, in pixels.</summary>
    public const int MaxImageSize = 1024;

    /// <summary>Scale every picture to a square of this side, 1 to 1024 pixels; null: keep a common size of at most 64×64, else
    /// 32.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public int? ImageSize
    {
        get;
        init =>
            field = value is null or (>= 1 and <= MaxImageSize)
                ? value
                : throw new InputException($"The image size is {value}, expected 1 to {MaxImageSize}.");
    }

    /// <summary>The side that pictures are scaled to if <see cref="ImageSize"/> is null and they do not all have one small size, 1 to 1024
    /// pixels. Default: <see cref="DefaultImageSize"/>; larger for an encoder with a larger input.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public int UsualImageSize
    {
        get;
        init =>
            field = value is >= 1 and <= MaxImageSize
                ? value
                : throw new InputException($"The usual image size is {value}, expected 1 to {MaxImageSize}.");
    } = DefaultImageSize;

    /// <summary>How pictures that are not square become square. Default: their central square. Pictures that keep a common size are not
    /// changed.</summary>
    public PictureFit Fit { get; init; }

    /// <summary>Follow symbolic links in a folder of pictures, wherever they lead. Default: links are skipped.</summary>
    public bool FollowLinks { get; init; }

    /// <summary>Leave out pictures that cannot be read, as if they were not there. Default: they are an error.</summary>
    public bool SkipBad { get; init; }

    /// <summary>A file with the labels of data that has none: an .npy array, one label per line, or a column of labels; for pictures, a
    /// table that names them. Default: the data has labels.</summary>
    public string? Labels { get; init; }

    /// <summary>The column of a table that holds the labels: its name, or its number from 1. Default: one with a usual name, as label,
    /// target or species, else the last.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>Names of the table columns to leave out. Default: only row numbers and columns that state the label in other
    /// words.</summary>
    public IReadOnlyList<string>? Ignore { get; init; }

    /// <summary>The table column that holds texts; nothing else is then read of an example. Default: the only column of free text, if there
    /// is nothing else besides the labels.</summary>
    public string? Text { get; init; }

    /// <summary>Names of the table columns whose values are categories, even if they are numbers. Default: columns of a few
    /// texts.</summary>
    public IReadOnlyList<string>? Categorical { get; init; }

    /// <summary>Names of the columns that a network was trained on; if a table has all of them, no other column is read. Null: all but
    /// those left out.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    /// <summary>The columns that a network was trained on, and the features made from each. Null: found from the values.</summary>
    internal IReadOnlyList<DataColumn>? Columns { get; init; }

    /// <summary>The bits of the scale on which 16-bit pictures are read, 1 to 16, as in a network's training. Null: the fewest that hold
    /// all values.</summary>
    internal int? SampleBits { get; init; }
}
