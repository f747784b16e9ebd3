namespace Rote.Data.Formats.Tables;

/// <summary>Describes in words how a column is read.</summary>
internal static class ColumnWords
{
    private const int ShownValues = 5;

    /// <summary>Describes a column that is read.</summary>
    /// <param name="column">The column as it is read.</param>
    /// <param name="profile">The profile of its values.</param>
    /// <returns>A sentence without the file's name.</returns>
    public static string Of(DataColumn column, ColumnProfile profile) =>
        column.Kind switch
        {
            DataColumnKind.Category =>
                $"{column.Name} is a category of {Values(column, profile)}{Gaps(profile.Blank, profile, "none of them")}.",
            DataColumnKind.Date => $"{column.Name} is a date, read as days and as its place in the week and in the year"
                + $"{Gaps(profile.Missing, profile, "the mean")}.",
            _ => $"{column.Name} is a number{Gaps(profile.Missing, profile, "the mean")}.",
        };

    /// <summary>Describes a column that is not read.</summary>
    /// <param name="profile">The profile of its values.</param>
    /// <returns>A sentence without the file's name.</returns>
    public static string LeftOut(ColumnProfile profile) => $"{profile.Name} is left out: it {WhyNot(profile)}.";

    /// <summary>Says why a column is not a feature, as "has no values".</summary>
    /// <param name="profile">The profile of its values.</param>
    public static string WhyNot(ColumnProfile profile) =>
        profile switch
        {
            { IsEmpty: true } => "has no values",
            { Distinct: 1 } => "has one value only",
            { ArePictures: true } => "names pictures, which are not where it says",
            { AreOtherDates: true } => "holds dates or times in a form that is not read, and 2024-01-31 is; pandas writes it so: "
                + "pd.to_datetime(t[column], dayfirst=False).dt.strftime('%Y-%m-%d'), "
                + "with dayfirst=True where the day comes first",
            { AreTexts: true } => "holds free text, which is read alone or not at all",
            _ => "has another value in most rows, as a name has",
        };

    private static string Values(DataColumn column, ColumnProfile profile)
    {
        var shown = column.Values.Take(ShownValues).Select(TableProblems.Short);
        var list = string.Join(", ", shown) + (column.Values.Count > ShownValues ? ", …" : "");
        return profile.Distinct > column.Values.Count || profile.Distinct is null
            ? $"{column.Values.Count} values ({list}), the most frequent of {profile.Distinct?.ToString("N0") ?? "many"}"
            : $"{column.Values.Count} {(column.Values.Count == 1 ? "value" : "values")} ({list})";
    }

    private static string Gaps(long missing, ColumnProfile profile, string becomes) =>
        missing == 0
            ? ""
            : $"; {missing:N0} of {profile.Rows:N0} {(missing == 1 ? "is" : "are")} missing, which is a feature of its own "
                + $"and else counts as {becomes}";
}
