using System.CommandLine;
using System.Text.Json;
using Rote.Cli.Documents;

namespace Rote.Cli.Commands;

/// <summary><c>rote schema [COMMAND]</c>: the JSON Schema of what a command prints with <c>--json</c>, or the list of all.</summary>
internal static class SchemaCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        // Here, not in a field: completions are taken from it by every tree of commands.
        var name = new Argument<string[]>("COMMAND")
        {
            Description = "A command, as audit, runs list or runs-list [default: list those that have one]",
            Arity = ArgumentArity.ZeroOrMore,
            HelpName = "COMMAND",
        };
        name.CompletionSources.Add(_ => Schemas.Names.Select(known => new System.CommandLine.Completions.CompletionItem(known)));
        var command = new Command("schema", "Print the JSON Schema of what a command prints with --json (draft 2020-12)") { name };
        command.SetAction(parse =>
        {
            if (parse.GetValue(name) is { Length: > 0 } words)
            {
                parse.InvocationConfiguration.Output.Write(Schemas.Text(string.Join(' ', words)));
            }
            else
            {
                List(new Screen(parse));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void List(Screen screen)
    {
        SchemaDocument[] all = [.. Schemas.Names.Select(Entry)];
        var width = all.Max(entry => entry.Name.Length);
        foreach (var entry in all)
        {
            screen.Line($"{entry.Name.PadRight(width)}  {entry.Description}");
        }

        screen.Document(all);
    }

    private static SchemaDocument Entry(string name)
    {
        using var schema = JsonDocument.Parse(Schemas.Text(name));
        var title = schema.RootElement.GetProperty("title").GetString()!;
        return new SchemaDocument(
            name,
            title[..title.LastIndexOf(' ')], // without --json
            schema.RootElement.GetProperty("description").GetString()!,
            name + Schemas.Suffix
        );
    }
}
