using Rote.Data.Labels;

namespace Rote.Data.Formats.Tables;

/// <summary>Which columns of a table may hold labels if nobody says which one does, from its first rows.</summary>
/// <param name="Possible">Indices of the columns that may, at least one.</param>
/// <param name="Measures">The names of columns of numbers of which some are not whole.</param>
internal sealed record LabelSample(int[] Possible, IReadOnlyList<string> Measures)
{
    private const int Looked = 200;

    /// <summary>Looks at the first rows.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">The user's options; a column named as text holds no labels.</param>
    /// <param name="likely">Indices of the columns to look at.</param>
    /// <returns>The columns that are left without free text, weights, parts as train and test, and columns without values; all if none is
    /// left.</returns>
    /// <exception cref="InputException">A row is damaged.</exception>
    public static LabelSample Of(TableRecords file, UserDataOptions options, int[] likely)
    {
        using var sample = TableRecords.Open(file.Path, options.LabelColumn);
        ColumnProfile[] profiles = [.. likely.Select(i => new ColumnProfile(file.Columns[i]))];
        PartColumn[] parts = [.. likely.Select(i => new PartColumn(file.Columns[i]))];
        var areMeasures = new bool[likely.Length];
        while (sample.Row < Looked && sample.Next())
        {
            for (var i = 0; i < likely.Length; i++)
            {
                profiles[i].Add(sample, likely[i]);
                parts[i].Add(sample[likely[i]]);
                areMeasures[i] |= sample.TryNumber(likely[i], out var number) && double.IsFinite(number) && !double.IsInteger(number);
            }
        }

        int[] possible =
        [
            .. likely.Where((_, i) => !(profiles[i].AreTexts || profiles[i].Name == options.Text || profiles[i].IsEmpty || parts[i].IsOne)),
        ];
        int[] unweighted = [.. possible.Where(i => !LabelNames.Weights.Contains(file.Columns[i], StringComparer.OrdinalIgnoreCase))];
        return new LabelSample(
            unweighted.Length > 0 ? unweighted
                : possible.Length > 0 ? possible
                : likely,
            [.. profiles.Where((p, i) => areMeasures[i] && p.AreNumbers).Select(p => p.Name)]
        );
    }
}
