namespace Rote.Data.Formats;

/// <summary>Which of a user's options (<see cref="UserDataOptions"/>) a reader takes.</summary>
[Flags]
public enum ReaderOptions
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>Labels in a file of their own: <see cref="UserDataOptions.Labels"/>, and <see cref="UserDataOptions.LabelColumn"/> for that file.</summary>
    Labels = 1,

    /// <summary>Columns with names: <see cref="UserDataOptions.LabelColumn"/> and <see cref="UserDataOptions.Ignore"/>.</summary>
    Columns = 2,

    /// <summary>Encoded pictures: <see cref="UserDataOptions.ImageSize"/> and <see cref="UserDataOptions.SkipBad"/>.</summary>
    Pictures = 4,
}
