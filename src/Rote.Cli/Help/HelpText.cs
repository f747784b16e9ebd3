using System.CommandLine;
using System.CommandLine.Invocation;

namespace Rote.Cli.Help;

/// <summary>The help of a command: what it does, how it is called, an example, and its options under headings.</summary>
internal sealed class HelpText : SynchronousCommandLineAction
{
    private const int Narrowest = 60;
    private const int Gap = 2;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        if (UsageErrors.IsUnknownCommand(parseResult))
        {
            return UsageErrors.Print(parseResult, parseResult.InvocationConfiguration.Error);
        }

        Write(
            parseResult.CommandResult.Command,
            parseResult.InvocationConfiguration.Output,
            Width(parseResult.InvocationConfiguration.Output)
        );
        return ExitCode.Done;
    }

    /// <summary>Writes it.</summary>
    /// <param name="command">The program, or one of its commands.</param>
    /// <param name="to">Where to.</param>
    /// <param name="width">Characters a line; null: any.</param>
    public static void Write(Command command, TextWriter to, int? width)
    {
        to.WriteLine("Description:");
        Lines(to, 2, command.Description ?? "", width);
        to.WriteLine();
        to.WriteLine("Usage:");
        to.WriteLine($"  {Usage(command)}");
        to.WriteLine();
        if (HelpExamples.Of(Path(command)) is { } example)
        {
            to.WriteLine("Example:");
            to.WriteLine($"  {example}");
            to.WriteLine();
        }

        var arguments = command.Arguments.Where(a => !a.Hidden).Select(a => (Label(a), Described(a))).ToArray();
        var commands = command
            .Subcommands.Where(c => !c.Hidden)
            .Select(c => (string.Join(' ', [c.Name, .. c.Arguments.Where(a => !a.Hidden).Select(Label)]), c.Description ?? ""))
            .ToArray();
        Table(to, "Arguments", arguments, width);
        Table(to, "Commands", commands, width);
        foreach (var group in HelpGroups.Of(command))
        {
            Table(to, group.Key, [.. group.Select(o => (Label(o), Described(o)))], width);
        }
    }

    /// <summary>A terminal's width; a file has none.</summary>
    public static int? Width(TextWriter to)
    {
        var isTerminal =
            (ReferenceEquals(to, Console.Out) && !Console.IsOutputRedirected)
            || (ReferenceEquals(to, Console.Error) && !Console.IsErrorRedirected);
        return isTerminal && Console.WindowWidth > 0 ? Math.Max(Narrowest, Console.WindowWidth) : null;
    }

    internal static string Usage(Command command) =>
        string.Join(
            ' ',
            new[]
            {
                $"rote {Path(command)}".TrimEnd(),
                string.Join(' ', command.Arguments.Where(a => !a.Hidden).Select(Label)),
                command.Subcommands.Any(c => !c.Hidden) ? "<command>" : "",
                "[options]",
            }.Where(part => part.Length > 0)
        );

    internal static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}".TrimStart() : "";

    internal static string Label(Argument argument)
    {
        var name = $"<{argument.HelpName ?? argument.Name}>{(argument.Arity.MaximumNumberOfValues > 1 ? "..." : "")}";
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    internal static string Label(Option option)
    {
        var names = string.Join(
            ", ",
            option
                .Aliases.Append(option.Name)
                .Where(name => name.StartsWith('-'))
                .OrderBy(name => name.TrimStart('-').Length)
                .ThenBy(name => name, StringComparer.Ordinal)
        );
        var takesValue =
            option.Arity.MaximumNumberOfValues > 0 && (Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType) != typeof(bool);
        return takesValue ? $"{names} <{option.HelpName ?? option.Name.TrimStart('-')}>" : names;
    }

    internal static string Described(Argument argument) =>
        Described(argument.Description, argument.HasDefaultValue ? argument.GetDefaultValue() : null);

    internal static string Described(Option option) =>
        Described(option.Description, option.HasDefaultValue && option.ValueType != typeof(bool) ? option.GetDefaultValue() : null);

    private static string Described(string? description, object? value) =>
        value is null or "" ? description ?? "" : $"{description} [default: {value}]";

    private static void Table(TextWriter to, string heading, (string Label, string Text)[] rows, int? width)
    {
        if (rows.Length == 0)
        {
            return;
        }

        to.WriteLine($"{heading}:");
        var column = rows.Max(row => row.Label.Length) + Gap + 2;
        foreach (var (label, text) in rows)
        {
            var lines = width is { } edge ? Wrap(text, Math.Max(20, edge - column - 1)).DefaultIfEmpty("").ToArray() : [text];
            to.WriteLine($"  {label.PadRight(column - 2)}{lines[0]}".TrimEnd());
            foreach (var line in lines.Skip(1))
            {
                to.WriteLine($"{new string(' ', column)}{line}");
            }
        }

        to.WriteLine();
    }

    private static void Lines(TextWriter to, int indent, string text, int? width)
    {
        foreach (var line in width is { } edge ? Wrap(text, edge - indent - 1) : [text])
        {
            to.WriteLine(new string(' ', indent) + line);
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        if (line.Length > 0)
        {
            yield return line;
        }
    }
}
