namespace Rote.Data;

/// <summary>How a user's own data is read.</summary>
public sealed record UserDataOptions
{
    /// <summary>The side that pictures are scaled to where they are not all of one small size, in pixels.</summary>
    public const int DefaultImageSize = 32;

    /// <summary>The largest side that can be asked for, in pixels.</summary>
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

    /// <summary>The side that pictures are scaled to where <see cref="ImageSize"/> is null and they are not all of one small size, 1 to
    /// 1024 pixels. Default: <see cref="DefaultImageSize"/>; more for an encoder that sees more.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public int UsualImageSize
    {
        get;
        init =>
            field = value is >= 1 and <= MaxImageSize
                ? value
                : throw new InputException($"The usual image size is {value}, expected 1 to {MaxImageSize}.");
    } = DefaultImageSize;

    /// <summary>How pictures that are no squares become squares. Default: their central square. Pictures that keep a common size are not
    /// changed.</summary>
    public PictureFit Fit { get; init; }

    /// <summary>Follow symbolic links in a folder of pictures, wherever they lead. Default: they are passed over.</summary>
    public bool FollowLinks { get; init; }

    /// <summary>Leave out pictures that cannot be read, as if they were not there. Default: they are an error.</summary>
    public bool SkipBad { get; init; }

    /// <summary>A file with the labels of data that has none: whole numbers (.npy), one label a line, or a column of labels; for pictures a
    /// table that names them. Default: the data has labels.</summary>
    public string? Labels { get; init; }

    /// <summary>The column of a table that holds the labels: its name, or its number from 1. Default: one called label, class, target or y,
    /// else the last.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>Names of a table's columns that are left out. Default: none but row numbers and columns that say the label in other
    /// words.</summary>
    public IReadOnlyList<string>? Ignore { get; init; }

    /// <summary>The column of a table that holds texts, which are then all that is read of an example. Default: the one column of free
    /// text, where there is nothing else beside the labels.</summary>
    public string? Text { get; init; }

    /// <summary>Names of a table's columns whose values are categories, also where they are numbers. Default: columns of a few
    /// texts.</summary>
    public IReadOnlyList<string>? Categorical { get; init; }

    /// <summary>Names of the columns that a network was trained on: of a table that has all of them no other is read. Null: all but those
    /// left out.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    /// <summary>The columns that a network was trained on and what it was given of each. Null: that is found from the values.</summary>
    internal IReadOnlyList<DataColumn>? Columns { get; init; }

    /// <summary>The bits of the scale that 16-bit pictures are read on, 1 to 16, as in a network's training. Null: the fewest that hold all
    /// values.</summary>
    internal int? SampleBits { get; init; }
}
