namespace Rote.Data;

/// <summary>Where an example stands in its source, which is its name for the user.</summary>
/// <param name="File">The picture's path in its folder, or the name of the table's or array's file; <c>train</c> or <c>test</c> for a
/// catalog set; empty if the data was made in memory.</param>
/// <param name="Row">The row in that file, from 0, as pandas and NumPy count: without a header and blank lines. Null if the file is the
/// example.</param>
public readonly record struct RowIdentity(string File, long? Row)
{
    /// <summary>Both as one text: <c>cat/tom.png</c>, <c>iris.csv[17]</c>; <c>row 17</c> if no file is known.</summary>
    public string Name =>
        (File, Row) switch
        {
            (_, null) => File,
            ("", { } row) => $"row {row}",
            var (file, row) => $"{file}[{row}]",
        };

    /// <summary>The same as <see cref="Name"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Name;
}
