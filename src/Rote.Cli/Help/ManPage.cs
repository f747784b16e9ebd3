using System.CommandLine;
using System.Reflection;
using System.Text;

namespace Rote.Cli.Help;

/// <summary>The manual page rote(1), generated from the same texts as the help, so that the two cannot differ.</summary>
/// <remarks>The macros of man(7), as every Unix has them; other characters than ASCII by their numbers.</remarks>
internal static class ManPage
{
    private static readonly (int Code, string Meaning)[] Codes =
    [
        (ExitCode.Done, "done"),
        (ExitCode.CheckFailed, "a check failed, as audit --fail-over"),
        (ExitCode.WrongInput, "the command line or the data are wrong; nothing was done"),
        (ExitCode.MachineLacks, "the machine lacks something: memory, space, a library"),
        (ExitCode.Interrupted, "interrupted; what was finished is kept"),
    ];

    private static readonly (string Name, string Meaning)[] Variables =
    [
        ("ROTE_DATA", "Folder that keeps fetched data, else rote in the user's cache folder"),
        ("ROTE_EXTENSIONS", "Assemblies that add networks, losses and the like, as --extension"),
        ("GLIBC_TUNABLES", "Settings of glibc's memory; if they are not set, commands that compute set their own"),
    ];

    /// <summary>Writes it.</summary>
    /// <param name="root">The program.</param>
    /// <param name="to">Where to.</param>
    public static void Write(Command root, TextWriter to)
    {
        var version =
            typeof(ManPage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
        to.WriteLine($".TH ROTE 1 \"\" \"rote {Escaped(version)}\" \"User Commands\"");
        to.WriteLine(".SH NAME");
        to.WriteLine("rote \\- measures how a neural network learns, by rule or by rote, and audits labels");
        to.WriteLine(".SH SYNOPSIS");
        to.WriteLine(".B rote");
        to.WriteLine("\\fICOMMAND\\fR [\\fIoptions\\fR]");
        to.WriteLine(".SH DESCRIPTION");
        Text(to, root.Description);
        to.WriteLine(".SH OPTIONS");
        Options(to, root);
        to.WriteLine(".SH COMMANDS");
        foreach (var command in All(root))
        {
            Section(to, command);
        }

        to.WriteLine(".SH EXIT STATUS");
        foreach (var (code, meaning) in Codes)
        {
            Entry(to, $"{code}", meaning);
        }

        to.WriteLine(".SH ENVIRONMENT");
        foreach (var (name, meaning) in Variables)
        {
            Entry(to, name, meaning);
        }
    }

    /// <summary>Commands, each before its parts.</summary>
    private static IEnumerable<Command> All(Command command) =>
        command.Subcommands.Where(c => !c.Hidden).SelectMany(c => new[] { c }.Concat(All(c)));

    private static void Section(TextWriter to, Command command)
    {
        to.WriteLine($".SS {Escaped(HelpText.Usage(command))}");
        Text(to, command.Description);
        foreach (var argument in command.Arguments.Where(a => !a.Hidden))
        {
            Entry(to, HelpText.Label(argument), HelpText.Described(argument));
        }

        if (command.Subcommands.Count == 0)
        {
            Options(to, command);
        }

        if (HelpExamples.Of(HelpText.Path(command)) is { } example)
        {
            Entry(to, "Example:", example);
        }
    }

    /// <summary>A command's own; those of every command stand with the program.</summary>
    private static void Options(TextWriter to, Command command)
    {
        var isProgram = !command.Parents.Any();
        foreach (var group in HelpGroups.Of(command).Where(group => isProgram || group.Key != HelpGroups.Everywhere))
        {
            foreach (var option in group)
            {
                Entry(to, HelpText.Label(option), HelpText.Described(option));
            }
        }
    }

    private static void Entry(TextWriter to, string label, string text)
    {
        to.WriteLine(".TP");
        to.WriteLine($"\\fB{Escaped(label)}\\fR");
        Text(to, text.Length == 0 ? "." : text);
    }

    private static void Text(TextWriter to, string? text) => to.WriteLine(Escaped(text ?? ""));

    /// <summary>Escapes text so that it holds no request or escape of roff.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        if (text is ['.' or '\'', ..])
        {
            escaped.Append("\\&");
        }

        foreach (var rune in text.EnumerateRunes())
        {
            escaped.Append(
                rune.Value switch
                {
                    '\\' => "\\e",
                    '-' => "\\-",
                    '"' => "\\(dq",
                    '\'' => "\\(aq",
                    '^' => "\\(ha",
                    '~' => "\\(ti",
                    '`' => "\\(ga",
                    < ' ' => " ",
                    > 126 => $"\\[u{rune.Value:X4}]",
                    _ => rune.ToString(),
                }
            );
        }

        return escaped.ToString();
    }
}
