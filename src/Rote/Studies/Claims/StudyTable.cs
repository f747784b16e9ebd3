using Rote.Measurement;

namespace Rote.Studies.Claims;

/// <summary>A table of numbers with errors that a study shows beside its claims.</summary>
/// <param name="Id">Its name, as <c>measures</c>; lower-case letters, digits and hyphens.</param>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Caption">What is seen, and what the errors are.</param>
/// <param name="Heading">The heading of the rows' names.</param>
/// <param name="Columns">The columns of numbers.</param>
/// <param name="Rows">The rows, each with one number a column.</param>
public sealed record StudyTable(
    string Id,
    string Title,
    string Caption,
    string Heading,
    IReadOnlyList<StudyColumn> Columns,
    IReadOnlyList<StudyRow> Rows
)
{
    /// <summary>The columns, by place, whose numbers are also drawn as bars; the first is the coloured one. Default: none.</summary>
    public IReadOnlyList<int> Bars { get; init; } = [];

    /// <summary>A level that the bars are compared with; NaN for none. Default NaN.</summary>
    public double Level { get; init; } = double.NaN;

    /// <summary>The meaning of <see cref="Level"/> in a word or two. Default empty.</summary>
    public string LevelName { get; init; } = "";
}

/// <summary>A column of a study's table.</summary>
/// <param name="Name">A few words.</param>
/// <param name="Legend">The meaning of its numbers in a sentence.</param>
/// <param name="Unit">Their unit.</param>
public sealed record StudyColumn(string Name, string Legend, Unit Unit);

/// <summary>A row of a study's table.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Values">One number a column; NaN where there is none.</param>
public sealed record StudyRow(string Name, IReadOnlyList<Estimate> Values);
