using System.Globalization;
using Rote.Audits.Scoring;

namespace Rote.Reports.Audits;

/// <summary>The tools above a page's table of suspects: a search, and filters by verdict, given label and suggested label. The page's
/// script finds them by their names.</summary>
internal static class SuspectTools
{
    /// <summary>Writes the tools.</summary>
    /// <param name="count">The number of suspects in the table.</param>
    /// <param name="classNames">[K] names.</param>
    /// <param name="verdicts">The verdicts that occur.</param>
    /// <param name="given">Given labels.</param>
    /// <param name="suggested">Suggested labels.</param>
    /// <param name="orders">What they can be ordered by beside suspicion, and whether the largest come first.</param>
    public static Html Of(
        int count,
        IReadOnlyList<string> classNames,
        IEnumerable<Verdict> verdicts,
        IEnumerable<int> given,
        IEnumerable<int> suggested,
        IReadOnlyList<(string Name, bool IsDescending)> orders
    )
    {
        var names = verdicts.Distinct().Order().Select(v => v.Name());
        var (ofVerdict, ofGiven, ofSuggested) = (Options(names.Select(n => (n, n))), Classes(given), Classes(suggested));
        return Html.Of(
            $"""
            <div class="suspects-tools wide">
            <label>Search <input id="suspects-text" type="search" placeholder="name or class; key /"></label>
            <label>Verdict <select data-key="verdict"><option value="">all</option>{ofVerdict}</select></label>
            <label>Given label <select data-key="given"><option value="">all</option>{ofGiven}</select></label>
            <label>Suggested <select data-key="suggested"><option value="">all</option>{ofSuggested}</select></label>{Orders(orders)}
            <output id="suspects-shown" aria-live="polite">{count} of {count} shown</output>
            </div>

            """
        );

        Html Classes(IEnumerable<int> numbers) =>
            Options(numbers.Distinct().Order().Select(k => (k.ToString(CultureInfo.InvariantCulture), classNames[k])));
    }

    private static Html Orders(IReadOnlyList<(string Name, bool IsDescending)> orders) =>
        orders.Count == 0
            ? default
            : Html.Of(
                $"\n<label>Order <select id=\"suspects-order\"><option value=\"\">suspicion</option>"
                    + $"{Options(orders.Select((o, k) => ($"{(o.IsDescending ? "-" : "")}{k + 1}", o.Name)))}</select></label>"
            );

    private static Html Options(IEnumerable<(string Value, string Text)> options) =>
        Html.Join("", options.Select(option => Html.Of($"<option value=\"{option.Value}\">{option.Text}</option>")));
}
