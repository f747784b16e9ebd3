using System.Globalization;

namespace Rote.Data;

/// <summary>A date as numbers: days since 1970, and its place in the week and in the year, each as a point on a circle, so that the last
/// day lies next to the first.</summary>
internal static class DateParts
{
    private const double DaysAYear = 365.2425;

    private static readonly string[] Forms =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy-MM-ddTHH:mm",
        "yyyy-MM-ddTHH:mm:ss",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFF",
        "yyyy-MM-ddTHH:mmK",
        "yyyy-MM-ddTHH:mm:ssK",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ssK",
        "yyyy-MM-dd HH:mm:sszzz",
        "yyyy/MM/dd",
        "yyyy/MM/dd HH:mm",
        "yyyy/MM/dd HH:mm:ss",
        "d.M.yyyy",
        "d.M.yyyy HH:mm",
        "d.M.yyyy HH:mm:ss",
        "d MMM yyyy",
        "d MMMM yyyy",
        "MMM d, yyyy",
        "MMMM d, yyyy",
    ];

    /// <summary>Dates that are not read: their order of day and month is not certain, or their year has two digits.</summary>
    private static readonly string[] UnreadForms =
    [
        .. from day in (string[])["d/M/yyyy", "d/M/yy", "d-M-yyyy", "d-M-yy", "d.M.yy"]
        from time in (string[])["", " H:mm", " H:mm:ss"]
        select day + time,
    ];

    /// <summary>The name of each number.</summary>
    public static IReadOnlyList<string> Names { get; } = ["days since 1970", "week, sine", "week, cosine", "year, sine", "year, cosine"];

    /// <summary>Numbers per date.</summary>
    public static int Count => Names.Count;

    /// <summary>Reads a date.</summary>
    /// <param name="text">ISO 8601, with a time or without; 2024/01/31; 31.1.2024; 31 Jan 2024; Jan 31, 2024. Not 1/2/2024, which is
    /// ambiguous.</param>
    /// <param name="days">Days since 1970-01-01, with their fraction.</param>
    /// <returns>False if the text is not a date.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out double days)
    {
        days = double.NaN;
        if (
            text.Length is < 8 or > 40
            || !DateTime.TryParseExact(
                text,
                Forms,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var time
            )
        )
        {
            return false;
        }

        days = (time - DateTime.UnixEpoch).TotalDays;
        return true;
    }

    /// <summary>Whether a text is a date or a time in a form that is not read, such as 1/31/2024.</summary>
    /// <param name="text">A text that <see cref="TryRead"/> does not read.</param>
    public static bool IsOther(ReadOnlySpan<char> text) =>
        text.Length is >= 4 and <= 40
        && text.ContainsAnyInRange('0', '9')
        && (
            DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            || DateTime.TryParseExact(text, UnreadForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        );

    /// <summary>Writes the numbers of a date.</summary>
    /// <param name="days">Days since 1970-01-01; NaN if there is none.</param>
    /// <param name="target">[<see cref="Count"/>] numbers, NaN if there is no date.</param>
    public static void Fill(double days, Span<double> target)
    {
        target[0] = days;
        (target[1], target[2]) = Math.SinCos(2 * Math.PI * (days / 7));
        (target[3], target[4]) = Math.SinCos(2 * Math.PI * (days / DaysAYear));
    }
}
