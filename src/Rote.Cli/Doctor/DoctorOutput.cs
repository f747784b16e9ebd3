using System.Text.Json;
using Rote.Cli.Documents;
using Spectre.Console;

namespace Rote.Cli.Doctor;

/// <summary>Doctor's answer for people and for programs.</summary>
internal static class DoctorOutput
{
    /// <summary>The worst of the checks.</summary>
    public static CheckStatus Overall(IReadOnlyList<Check> checks) => checks.Max(c => c.Status);

    /// <summary>One aligned line a check, its advice below it, and a last line that sums up.</summary>
    public static void Write(IReadOnlyList<Check> checks, IAnsiConsole console)
    {
        var width = checks.Max(c => c.Name.Length);
        foreach (var check in checks)
        {
            console.MarkupLine($"{Symbol(check.Status)} {check.Name.PadRight(width).EscapeMarkup()}  {check.Found.EscapeMarkup()}");
            if (check.Advice is { } advice)
            {
                console.MarkupLine($"{new string(' ', width + 4)}→ {advice.EscapeMarkup()}");
            }
        }

        console.WriteLine();
        console.MarkupLine(Summary(checks));
    }

    /// <summary>One JSON document: <c>status</c>, <c>checks</c>, and <c>findings</c> with sizes in bytes and rates in GFLOP/s. What is not
    /// known is left out.</summary>
    public static string ToJson(Findings findings, IReadOnlyList<Check> checks) =>
        JsonSerializer.Serialize(new DoctorDocument(Overall(checks), checks, findings), RoteJson.Options);

    private static string Symbol(CheckStatus status) =>
        status switch
        {
            CheckStatus.Ok => "[green]✓[/]",
            CheckStatus.Note => "·",
            CheckStatus.Warning => "[yellow]![/]",
            _ => "[red]✗[/]",
        };

    private static string Summary(IReadOnlyList<Check> checks)
    {
        var missing = checks.Count(c => c.Status == CheckStatus.Missing);
        var warnings = checks.Count(c => c.Status == CheckStatus.Warning);
        return (missing, warnings) switch
        {
            (0, 0) => "[green]Ready.[/]",
            (0, 1) => "[green]Ready[/], with one warning.",
            (0, _) => $"[green]Ready[/], with {warnings} warnings.",
            (1, _) => "[red]Not ready:[/] one thing that Rote needs is missing.",
            _ => $"[red]Not ready:[/] {missing} things that Rote needs are missing.",
        };
    }
}
