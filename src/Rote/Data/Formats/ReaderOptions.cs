namespace Rote.Data.Formats;

/// <summary>Which of a user's options (<see cref="UserDataOptions"/>) a reader takes.</summary>
[Flags]
public enum ReaderOptions
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>Labels in a separate file: <see cref="UserDataOptions.Labels"/>, and <see cref="UserDataOptions.LabelColumn"/> for that
    /// file.</summary>
    Labels = 1,

    /// <summary>A table with a column of labels: <see cref="UserDataOptions.LabelColumn"/>.</summary>
    Columns = 2,

    /// <summary>Encoded pictures: <see cref="UserDataOptions.ImageSize"/>, <see cref="UserDataOptions.Fit"/>, <see
    /// cref="UserDataOptions.SkipBad"/> and <see cref="UserDataOptions.FollowLinks"/>.</summary>
    Pictures = 4,

    /// <summary>Feature columns, which may be ignored or read in another way: <see cref="UserDataOptions.Ignore"/>,
    /// <see cref="UserDataOptions.Text"/> and <see cref="UserDataOptions.Categorical"/>.</summary>
    Ignore = 8,
}
