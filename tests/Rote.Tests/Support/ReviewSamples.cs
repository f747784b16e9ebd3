using System.Globalization;
using System.Text;
using Rote.Audits;
using Rote.Audits.Review;
using Rote.Data;

namespace Rote.Tests.Support;

/// <summary>Folders of audits made by hand, to be reviewed.</summary>
internal static class ReviewSamples
{
    public const string Identity = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    /// <summary>An audit of so many rows of <c>t.csv</c>, the first the most suspicious, of classes cat, dog and cow in turn.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="count">How many examples.</param>
    /// <param name="suspects">How many are no rule.</param>
    /// <param name="data">Where the data lies; null: no <c>source.json</c>.</param>
    /// <param name="names">Names of the three classes.</param>
    /// <param name="file">What the example of a number is called.</param>
    /// <param name="text">The text of each; null for none.</param>
    public static string Write(
        string folder,
        int count,
        int suspects,
        string? data = null,
        string[]? names = null,
        Func<int, (string File, long? Row)>? file = null,
        Func<int, string>? text = null
    )
    {
        names ??= ["cat", "dog", "cow"];
        file ??= i => ("t.csv", i);
        Directory.CreateDirectory(folder);
        var csv = new StringBuilder("file,row,");
        csv.Append(text is null ? "" : "text,")
            .Append("label,verdict,score,wrongProbability,suggested,suggestedProbability,selfConfidence,")
            .Append("nearestAgreeingFile,nearestAgreeingRow,nearestContradictingFile,nearestContradictingRow\n");
        for (var i = 0; i < count; i++)
        {
            var (agreeing, contradicting) = (file((i + 3) % count), file((i + 1) % count));
            string[] fields =
            [
                file(i).File,
                $"{file(i).Row}",
                .. text is null ? Array.Empty<string>() : [text(i)],
                names[i % 3],
                i < suspects ? "probably wrong" : "rule",
                Text(count - i),
                Text(i < suspects ? 0.8 : 0.01),
                names[(i + 1) % 3],
                Text(i < suspects ? 0.7 : 0.005),
                Text(i < suspects ? 0.1 : 0.97),
                agreeing.File,
                $"{agreeing.Row}",
                contradicting.File,
                $"{contradicting.Row}",
            ];
            csv.AppendJoin(',', fields.Select(f => $"\"{f.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append('\n');
        }

        File.WriteAllText(Path.Combine(folder, AuditFiles.Csv), csv.ToString());
        File.WriteAllText(
            Path.Combine(folder, AuditFiles.Summary),
            string.Create(CultureInfo.InvariantCulture, $"{{\"format\": 2, \"audit\": \"{Identity}\", \"examples\": {count}}}\n")
        );
        if (data is not null)
        {
            AuditSource.Of(Identity, data, new UserDataOptions(), names).Write(folder);
        }

        return folder;

        static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>A session on such a folder.</summary>
    public static ReviewSession Session(string folder, string reviewer = "ann", double controls = 0.2, string? decisions = null)
    {
        var set = ReviewSet.Open(folder);
        return new ReviewSession(set, new DecisionLog(set, decisions), new ReviewQueue(set, controls), reviewer, TimeProvider.System);
    }
}
