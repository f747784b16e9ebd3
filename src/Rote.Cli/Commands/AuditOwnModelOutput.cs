using System.Text.Json;
using Rote.Audits;
using Rote.Audits.OwnModel;
using Rote.Audits.Shown;
using Rote.Cli.Documents;
using Rote.Reports.Audits;

namespace Rote.Cli.Commands;

/// <summary>Output of <c>rote audit --predictions</c>: sentences and tables for people, the summary for programs.</summary>
internal static class AuditOwnModelOutput
{
    /// <summary>Suspects that are named in the terminal.</summary>
    private const int Named = 10;

    public static void Print(Screen screen, OwnModelResult result, string folder, ShownExamples? shown)
    {
        screen.Line();
        foreach (var sentence in OwnModelWords.Summary(result).Concat(OwnModelWords.Notes(result)))
        {
            screen.Line(sentence);
        }

        screen.Line();
        if (OwnModelTables.Classes(result) is { } classes)
        {
            screen.Table(classes);
        }

        if (OwnModelTables.Confusions(result) is { } confusions)
        {
            screen.Table(confusions);
        }

        // Last, so that it stands above the prompt: what to do now.
        screen.Table(OwnModelTables.First(result, Named, shown is null ? null : shown.NameOf));
        screen.Line(OwnModelWords.ToLookAt(result));
        screen.Line($"The page: {Path.Combine(folder, AuditOutput.Page)}");
        screen.Line(
            $"Beside it: {AuditFiles.Suspects}, {AuditFiles.Csv}, {AuditFiles.Parquet}, {AuditFiles.Summary}"
                + (result.HasVerdicts ? $", {AuditFiles.Keep}" : "")
        );
        screen.Document(
            new OwnModelDocument(
                folder,
                Path.Combine(folder, AuditOutput.Page),
                JsonSerializer.Deserialize<JsonElement>(OwnModelFiles.ToJson(OwnModelSummary.Of(result)))
            )
        );
    }
}
