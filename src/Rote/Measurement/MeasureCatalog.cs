namespace Rote.Measurement;

/// <summary>A number that a measure of training dynamics keeps for every example.</summary>
/// <param name="Name">Its name in <c>examples.parquet</c>.</param>
/// <param name="Sign">Direction of suspicion without any fit: 1 if high is suspicious, −1 if low is, 0 if either may be.</param>
public sealed record MeasureColumn(string Name, int Sign);

/// <summary>A measure of training dynamics that an audit can take.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">The numbers that it keeps, in the order of <see cref="IExampleMeasure.Results"/>.</param>
/// <param name="Create">Creates one from the number of examples and the number of epochs of a training run.</param>
public sealed record MeasureEntry(string Name, IReadOnlyList<MeasureColumn> Columns, Func<int, int, IExampleMeasure> Create);

/// <summary>The measures of training dynamics.</summary>
public static class MeasureCatalog
{
    private static readonly Registry<MeasureEntry> Added = new("measure", measure => measure.Name);

    /// <summary>The measures that every audit takes.</summary>
    public static IReadOnlyList<MeasureEntry> Usual { get; } =
    [
        new("area-under-margin", [new("aum", -1)], (examples, _) => new AreaUnderMargin(examples)),
        new("data-map", [new("confidence", -1), new("variability", 0)], (examples, _) => new DataMap(examples)),
        // a wrong label may be forgotten often, or never learned
        new("forgetting-events", [new("forgettingEvents", 0)], (examples, _) => new ForgettingEvents(examples)),
        new("first-learned", [new("firstLearned", 1)], (examples, _) => new FirstLearned(examples)),
        new("el2n", [new("el2n", 1)], (examples, epochs) => new El2n(examples, Math.Max(1, epochs / 4))),
    ];

    /// <summary>Names of the measures that other assemblies have added.</summary>
    public static IReadOnlyList<string> Names => [.. Added.All.Select(entry => entry.Name)];

    /// <summary>Returns the usual measures and some added ones.</summary>
    /// <param name="more">Names of added measures; null: none.</param>
    /// <returns>Entries, the usual ones first.</returns>
    /// <exception cref="InputException">A name is unknown.</exception>
    public static IReadOnlyList<MeasureEntry> Of(IReadOnlyList<string>? more) => [.. Usual, .. (more ?? []).Select(Find)];

    /// <summary>Adds a measure from another assembly; adding the same one again changes nothing. See samples/Extending.</summary>
    /// <param name="measure">The measure; its columns need names that no other measure uses.</param>
    /// <exception cref="ArgumentException">Another measure uses its name or a column's.</exception>
    public static void Register(MeasureEntry measure)
    {
        var others = Usual
            .Concat(Added.All)
            .Where(entry => entry.Name != measure.Name || !entry.Columns.SequenceEqual(measure.Columns))
            .ToArray();
        var names = others.SelectMany(entry => entry.Columns).Select(column => column.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (others.Any(entry => entry.Name == measure.Name) || measure.Columns.Any(column => names.Contains(column.Name)))
        {
            throw new ArgumentException(
                $"There is a measure '{measure.Name}' already, or one of its columns; choose names of their own.",
                nameof(measure)
            );
        }

        Added.Add(measure);
    }

    private static MeasureEntry Find(string name) =>
        Added.All.FirstOrDefault(entry => entry.Name == name)
        ?? throw (
            Added.All.Count > 0
                ? Nearest.Unknown("measure", name, Names)
                : new InputException(
                    $"There is no measure \"{name}\"; none was added to the usual ones, which every audit takes: "
                        + $"{string.Join(", ", Usual.Select(entry => entry.Name))}."
                )
        );
}
