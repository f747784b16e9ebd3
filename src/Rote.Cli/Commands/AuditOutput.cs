using System.CommandLine;
using System.Text.Json;
using Rote.Audits;
using Rote.Cli.Documents;
using Rote.Cli.Gate;
using Rote.Reports.Audits;

namespace Rote.Cli.Commands;

/// <summary>Output of <c>rote audit</c>: sentences and tables for people, the summary for programs.</summary>
internal static class AuditOutput
{
    /// <summary>The page's name.</summary>
    public const string Page = "report.html";

    /// <summary>Suspects that are named in the terminal.</summary>
    private const int Named = 10;

    /// <summary>Prints it.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="result">The audit.</param>
    /// <param name="data">Its examples.</param>
    /// <param name="output">The folder of its files.</param>
    /// <param name="gate">The verdict on a limit; null where none was given.</param>
    public static void Print(Screen screen, AuditResult result, AuditData data, string output, GateVerdict? gate)
    {
        screen.Line();
        foreach (var sentence in AuditWords.Summary(result).Concat(AuditWords.Notes(result)))
        {
            screen.Line(sentence);
        }

        foreach (var line in result.Checks is { } checks ? DataSection.Lines(checks) : [])
        {
            screen.Line(line);
        }

        screen.Line();
        screen.Table(AuditTables.Suspects(result));
        screen.Table(AuditTables.Wrong(result));
        screen.Table(AuditTables.Canaries(result));
        if (AuditTables.Confusions(result) is { } confusions)
        {
            screen.Table(confusions);
        }

        // Last, so that it stands above the prompt: what to do now.
        screen.Table(
            AuditTables.First(result, data.Examples.Rows, Named, data.Examples.Texts, data.Shown is null ? null : data.Shown.NameOf)
        );
        screen.Line(AuditWords.ToLookAt(result));
        screen.Line($"The page: {Path.Combine(output, Page)}");
        screen.Line($"Beside it: {string.Join(", ", AuditFiles.Of(result))}");
        if (gate is not null)
        {
            screen.Line(gate.Sentence);
        }

        screen.Document(
            new AuditDocument(
                output,
                Path.Combine(output, Page),
                gate is null ? null : GateDocument.Of(gate),
                JsonSerializer.Deserialize<JsonElement>(AuditFiles.ToJson(AuditSummary.Of(result)))
            )
        );
    }

    public static IReadOnlyList<(string Name, string Value)> Provenance(ParseResult parse, AuditResult result, AuditData data)
    {
        var (plan, source) = (result.Plan, data.Examples.Provenance);
        return
        [
            ("Command", CommandLine.Of(parse)),
            ("Audit", plan.Identity),
            ("Networks", $"{result.Members} ({plan.Network.Title}), each trained on {1 - plan.LeftOut:P0} of the examples"),
            (
                "Recipe",
                $"{plan.Recipe.Describe()}, {Wording.Count(plan.Recipe.Epochs, "epoch")}, seed {plan.Seed}, {plan.Threads} "
                    + $"{(plan.Threads == 1 ? "thread" : "threads")} a network"
            ),
            ("Canaries", $"{plan.Canaries} of each kind"),
            ("Data", $"{source.Name}, from {source.Source}"),
            ("Data SHA-256", source.Sha256),
            .. data.LeftOut is { } leftOut ? [("Left out", leftOut)] : Array.Empty<(string, string)>(),
            .. MachineFacts.Now(),
        ];
    }
}
