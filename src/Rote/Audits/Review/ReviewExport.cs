using System.Text.Json;
using System.Text.Json.Nodes;
using Rote.Measurement;
using Rote.Storage.Tables;

namespace Rote.Audits.Review;

/// <summary>What was decided, in the forms that other programs read. docs/guide/review.md has the columns.</summary>
public static class ReviewExport
{
    /// <summary>The names of the forms and what each is.</summary>
    public static IReadOnlyList<(string Name, string File, string Words)> Formats { get; } =
    [
        ("csv", "labels.csv", "corrected labels of all examples of the audit, beside file and row of your data"),
        ("huggingface", "metadata.csv", "file_name and label, as Hugging Face's image folders have them"),
        ("label-studio", "tasks.json", "tasks for Label Studio, with the decisions as annotations"),
        ("fiftyone", "fiftyone.csv", "file paths and fields for FiftyOne"),
        ("cleanlab", "label_issues.csv", "the columns of cleanlab's label issues"),
        ("links", "by-class", "a folder a class with links to your pictures"),
    ];

    /// <summary>Writes one of the forms.</summary>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="set">The audit.</param>
    /// <param name="log">Its decisions.</param>
    /// <param name="path">The file; for <c>links</c> the folder.</param>
    /// <param name="disagreement">What disagreement becomes.</param>
    /// <exception cref="InputException">There is no such form, or the data does not suit it.</exception>
    /// <exception cref="MachineException">It cannot be written.</exception>
    public static void Write(string format, ReviewSet set, DecisionLog log, string path, Disagreement disagreement = Disagreement.Majority)
    {
        if (format == "links")
        {
            ReviewLinks.Write(set, Rows(set, log, disagreement), path);
            return;
        }

        AtomicFile.Write(path, stream => Write(format, set, log, stream, disagreement));
    }

    /// <summary>Writes one of the forms that are a file.</summary>
    /// <param name="format">One of <see cref="Formats"/>, not <c>links</c>.</param>
    /// <param name="set">The audit.</param>
    /// <param name="log">Its decisions.</param>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="disagreement">What disagreement becomes.</param>
    /// <exception cref="InputException">There is no such form, or the data does not suit it.</exception>
    public static void Write(
        string format,
        ReviewSet set,
        DecisionLog log,
        Stream stream,
        Disagreement disagreement = Disagreement.Majority
    )
    {
        var rows = Rows(set, log, disagreement);
        switch (format)
        {
            case "csv":
                CsvTable.Write(stream, Labels(set, rows));
                break;
            case "huggingface":
                CsvTable.Write(stream, HuggingFace(set, rows));
                break;
            case "fiftyone":
                CsvTable.Write(stream, FiftyOne(set, rows));
                break;
            case "cleanlab":
                CsvTable.Write(stream, Cleanlab(set, rows));
                break;
            case "label-studio":
                JsonSerializer.Serialize(stream, Tasks(set, rows), RoteJson.Options);
                break;
            default:
                throw Nearest.Unknown("form of export", format, [.. Formats.Select(f => f.Name)]);
        }
    }

    /// <summary>An example with what was decided on it.</summary>
    internal sealed record Row(ReviewedExample Example, Consensus Consensus, string Given)
    {
        /// <summary>The corrected label; the given one where nothing else was decided.</summary>
        public string Label => Consensus.NewLabel ?? Given;

        public string Decision => Consensus.Choice == ReviewChoice.None ? "" : Consensus.Choice.ToString().ToLowerInvariant();
    }

    internal static Row[] Rows(ReviewSet set, DecisionLog log, Disagreement disagreement)
    {
        log.Refresh();
        var decisions = log.All();
        return [.. set.Examples.Select(e => new Row(e, Consensus.Of(decisions[e.Id], disagreement), set.ClassNames[e.Label]))];
    }

    private static IReadOnlyList<Column> Labels(ReviewSet set, Row[] rows) =>
        [
            .. Identity(rows),
            Text("label", rows, r => r.Label),
            Text("givenLabel", rows, r => r.Given),
            Text("decision", rows, r => r.Decision),
            new Column("disputed", rows.Select(r => r.Consensus.IsDisputed).ToArray()),
            Text("reviewers", rows, r => string.Join(';', r.Consensus.Reviewers)),
        ];

    /// <summary>What was dropped is not there; a set without files has its rows in their place.</summary>
    private static IReadOnlyList<Column> HuggingFace(ReviewSet set, Row[] all)
    {
        Row[] rows = [.. all.Where(r => r.Consensus.Choice != ReviewChoice.Drop)];
        return rows.All(r => r.Example.Identity.Row is null)
            ? [Text("file_name", rows, r => r.Example.Identity.File), Text("label", rows, r => r.Label)]
            :
            [
                .. Identity(rows),
                .. set.Examples[0].Text is null ? Array.Empty<Column>() : [Text("text", rows, r => r.Example.Text!)],
                Text("label", rows, r => r.Label),
            ];
    }

    private static IReadOnlyList<Column> FiftyOne(ReviewSet set, Row[] rows) =>
        [
            Text("filepath", rows, r => Place(set, r.Example)),
            Text("ground_truth", rows, r => r.Label),
            Text("given_label", rows, r => r.Given),
            Text("suggested_label", rows, r => Suggested(set, r)),
            Number("wrong_probability", rows, r => r.Example.WrongProbability),
            Text("decision", rows, r => r.Decision),
            Text("verdict", rows, r => r.Example.Verdict),
        ];

    /// <summary>cleanlab's Datalab.get_issues("label"): score and given label as there, and the class that was decided on where one
    /// was.</summary>
    private static IReadOnlyList<Column> Cleanlab(ReviewSet set, Row[] rows) =>
        [
            .. Identity(rows),
            new Column("is_label_issue", rows.Select(IsIssue).ToArray()),
            Number("label_score", rows, r => r.Example.SelfConfidence),
            Text("given_label", rows, r => r.Given),
            Text("predicted_label", rows, r => r.Consensus.NewLabel ?? (IsIssue(r) ? Suggested(set, r) : r.Given)),
        ];

    private static bool IsIssue(Row row) =>
        row.Consensus.Choice is ReviewChoice.None or ReviewChoice.Unsure ? row.Example.Verdict == "probably wrong" : row.Consensus.IsWrong;

    /// <summary>https://labelstud.io/guide/tasks: what was decided is an annotation, what the audit suggests a prediction.</summary>
    private static JsonArray Tasks(ReviewSet set, Row[] rows)
    {
        var isPicture = rows.All(r => r.Example.Identity.Row is null) && set.Examples[0].Text is null;
        var to = isPicture ? "image" : "text";
        return
        [
            .. rows.Where(r => r.Consensus.Choice != ReviewChoice.None || r.Example.IsSuspect)
                .Select(row =>
                {
                    var task = new JsonObject
                    {
                        ["data"] = new JsonObject
                        {
                            [to] = isPicture ? LocalFile(row.Example.Identity.File) : row.Example.Text ?? row.Example.Identity.Name,
                            ["name"] = row.Example.Identity.Name,
                            ["given"] = row.Given,
                            ["decision"] = row.Decision,
                        },
                    };
                    if (row.Consensus.Choice is ReviewChoice.Keep or ReviewChoice.Change)
                    {
                        task["annotations"] = new JsonArray(new JsonObject { ["result"] = Choice(row.Label, to) });
                    }

                    if (Suggested(set, row) is { Length: > 0 } suggested)
                    {
                        var prediction = new JsonObject
                        {
                            ["model_version"] = $"rote {set.Audit[..12]}",
                            ["result"] = Choice(suggested, to),
                        };
                        if (double.IsFinite(row.Example.SuggestedProbability))
                        {
                            prediction["score"] = row.Example.SuggestedProbability;
                        }

                        task["predictions"] = new JsonArray(prediction);
                    }

                    return (JsonNode)task;
                }),
        ];
    }

    /// <summary>Where Label Studio serves a file of a folder that it was given.</summary>
    private static string LocalFile(string path) =>
        $"/data/local-files/?d={Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}";

    private static JsonArray Choice(string label, string to) =>
        new(
            new JsonObject
            {
                ["from_name"] = "label",
                ["to_name"] = to,
                ["type"] = "choices",
                ["value"] = new JsonObject { ["choices"] = new JsonArray(label) },
            }
        );

    private static string Suggested(ReviewSet set, Row row) => row.Example.Suggested is { } k ? set.ClassNames[k] : "";

    private static string Place(ReviewSet set, ReviewedExample example) =>
        example.Identity.Row is null && set.Source?.Data is { } root && Path.IsPathRooted(root)
            ? Path.Combine(root, example.Identity.File)
            : example.Identity.Name;

    private static IReadOnlyList<Column> Identity(Row[] rows) =>
        [Text("file", rows, r => r.Example.Identity.File), new Column("row", rows.Select(r => r.Example.Identity.Row).ToArray())];

    private static Column Text(string name, Row[] rows, Func<Row, string> value) => new(name, rows.Select(value).ToArray());

    private static Column Number(string name, Row[] rows, Func<Row, double> value) =>
        new(name, rows.Select(r => (float)value(r)).ToArray());
}
