using System.Collections.Concurrent;
using System.Text.Json;
using Json.Schema;
using Rote.Cli;
using Rote.Cli.Documents;
using Rote.Cli.Help;

namespace Rote.Tests.Support;

/// <summary>Holds every document that a test makes a command print against the command's published schema.</summary>
internal static class DocumentCheck
{
    private static readonly ConcurrentDictionary<string, Lazy<JsonSchema>> _schemas = new(StringComparer.Ordinal);

    /// <summary>Checks what a command printed, where a document was asked for and something was printed.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="output">Its standard output.</param>
    public static void Of(string[] arguments, string output)
    {
        var parse = Program.Build().Parse(arguments);
        var command = parse.CommandResult.Command;
        var isAsked = parse.GetValue(GlobalOptions.Json) && parse.Action is not HelpText;
        var isSchema = command.Name == "schema" && output.StartsWith('{'); // one that was asked for by its name
        if (!isAsked || isSchema || output.Length == 0)
        {
            return;
        }

        var errors = Errors(Schemas.NameOf(command), output);
        Assert.True(errors.Count == 0, $"rote {string.Join(' ', arguments)}\n{string.Join('\n', errors)}\n{output}");
    }

    /// <summary>What is wrong with a document by the command's own schema.</summary>
    /// <param name="name">The schema's name.</param>
    /// <param name="document">The document.</param>
    public static IReadOnlyList<string> Errors(string name, string document) =>
        Errors(_schemas.GetOrAdd(name, _ => new(() => JsonSchema.FromText(Schemas.Text(name)))).Value, document);

    /// <summary>What is wrong with a document by any schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="document">The document.</param>
    public static IReadOnlyList<string> Errors(JsonSchema schema, string document)
    {
        using var parsed = JsonDocument.Parse(document);
        var result = schema.Evaluate(parsed.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid
            ? []
            :
            [
                .. (result.Details ?? [])
                    .Where(part => part.Errors is { Count: > 0 })
                    .SelectMany(part => part.Errors!.Select(error => $"{part.InstanceLocation}: {error.Value} ({part.EvaluationPath})"))
                    .DefaultIfEmpty("not valid"),
            ];
    }
}
