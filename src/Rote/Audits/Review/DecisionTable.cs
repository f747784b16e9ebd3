using System.Globalization;
using System.Text;

namespace Rote.Audits.Review;

/// <summary>Decisions in a table: what the page of an audit saves as <c>decisions.csv</c>, what a review exports as <c>labels.csv</c>, or
/// one that somebody wrote.</summary>
internal static class DecisionTable
{
    private const string Example = "file,row,givenLabel,decision,newLabel";
    private static readonly string[] Needed = ["file", "decision"];

    /// <summary>Whether a file is such a table: by its name, since any text is a table.</summary>
    /// <param name="path">Its path.</param>
    public static bool Is(string path) => Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads one.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="bytes">What it holds: UTF-8, a header, fields parted by commas. <c>file</c> and <c>decision</c> must be there;
    /// <c>row</c>, <c>givenLabel</c>, <c>newLabel</c> (or <c>label</c>), <c>reviewer</c> (or <c>reviewers</c>) and <c>audit</c> may be;
    /// others are passed over, and so are rows without a decision.</param>
    /// <returns>The decisions in the order of the rows; what is not said is an empty text.</returns>
    /// <exception cref="InputException">It is no such table.</exception>
    public static IReadOnlyList<ReviewDecision> Read(string path, byte[] bytes)
    {
        var csv = new CsvScan(bytes);
        var decisions = new List<ReviewDecision>();
        var row = 0;
        try
        {
            var at = Header(path, csv);
            while (csv.Next())
            {
                row++;
                if (csv.Count != at.Count)
                {
                    throw new InputException($"{path}: row {row} has {csv.Count} fields, expected {at.Count} as in its header.");
                }

                if (Decision(path, row, name => at.TryGetValue(name, out var place) ? csv[place] : null) is { } decision)
                {
                    decisions.Add(decision);
                }
            }
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            var what = e is FormatException ? e.Message : "it is no UTF-8";
            throw new InputException($"{path} is no table of decisions: after row {row} {what}; save it as CSV in UTF-8.", e);
        }

        return decisions;
    }

    private static Dictionary<string, int> Header(string path, CsvScan csv)
    {
        if (!csv.Next())
        {
            throw new InputException($"{path} is empty, expected decisions with the header {Example}.");
        }

        var at = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < csv.Count; i++)
        {
            if (!at.TryAdd(csv[i].Trim(), i))
            {
                throw new InputException($"{path} has the column {Shown(csv[i])} twice, expected each once.");
            }
        }

        var missing = Needed.FirstOrDefault(name => !at.ContainsKey(name));
        return missing is null
            ? at
            : throw new InputException($"{path} has no column {missing}, expected decisions with the header {Example}.");
    }

    private static ReviewDecision? Decision(string path, int row, Func<string, string?> field)
    {
        var name = field("decision")!.Trim();
        if (name.Length == 0)
        {
            return null;
        }

        if (!Enum.GetNames<ReviewChoice>().Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw new InputException($"{path}: row {row} decides {Shown(name)}, expected keep, change, drop or unsure.");
        }

        var choice = Enum.Parse<ReviewChoice>(name, ignoreCase: true);
        var renamed = choice == ReviewChoice.Change ? field("newLabel") ?? field("label") ?? "" : null;
        if (renamed?.Length == 0)
        {
            throw new InputException($"{path}: row {row} changes a label and does not say to which; fill in its newLabel.");
        }

        var text = field("row")?.Trim() ?? "";
        if (text.Length > 0 && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw new InputException($"{path}: row {row} has the row {Shown(text)}, expected a whole number from 0, or nothing.");
        }

        return choice == ReviewChoice.None
            ? null
            : new ReviewDecision
            {
                Audit = field("audit")?.Trim() ?? "",
                File = field("file")!,
                Row = text.Length > 0 ? long.Parse(text, CultureInfo.InvariantCulture) : null,
                Label = field("givenLabel") ?? "",
                Decision = choice,
                NewLabel = renamed,
                Reviewer = field("reviewer") ?? field("reviewers") ?? "",
                Time = DateTimeOffset.UnixEpoch,
            };
    }

    /// <summary>The decisions on examples of an audit.</summary>
    /// <param name="set">The audit.</param>
    /// <param name="file">Decisions.</param>
    /// <returns>Those on an example of it, with the label that was looked at, and the number of the example.</returns>
    /// <exception cref="InputException">There is none, or one names a class that the audit does not have.</exception>
    public static IReadOnlyList<(int Id, ReviewDecision Decision)> In(ReviewSet set, DecisionFile file)
    {
        var found = new List<(int, ReviewDecision)>();
        foreach (var decision in file.Decisions)
        {
            if (
                set.Find(decision.File, decision.Row) is not { } id
                || (decision.Label.Length > 0 && decision.Label != set.ClassNames[set.Examples[id].Label])
            )
            {
                continue;
            }

            if (decision.NewLabel is { } label && !set.ClassNames.Contains(label))
            {
                throw new InputException(
                    $"{file.Path} gives {Shown(set.Examples[id].Identity.Name)} a class that the audit does not have, {Shown(label)}; "
                        + Nearest.Advice(label, [.. set.ClassNames.Take(50)])
                );
            }

            found.Add((id, decision));
        }

        return found.Count > 0
            ? found
            : throw new InputException(
                $"{file.Path} decides on other data: none of its examples, with the label that was looked at, is in the audit {set.Folder}."
            );
    }

    /// <summary>A text of the file for a message: short, and on one line.</summary>
    internal static string Shown(string text)
    {
        var plain = new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
        return $"\"{Shortened.Beginning(plain, 40)}\"";
    }
}
