using System.CommandLine;
using System.Text.Json;
using Rote.Reports;
using Spectre.Console;
using Table = Rote.Reports.Table;

namespace Rote.Cli;

/// <summary>A command's output: people read the console, programs read one JSON document on standard output.</summary>
internal sealed class Screen
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(30);

    private readonly TextWriter _output;
    private readonly Command? _command;

    public Screen(ParseResult parse)
        : this(
            parse.GetValue(GlobalOptions.Json),
            parse.GetValue(GlobalOptions.Quiet),
            parse.InvocationConfiguration.Output,
            parse.InvocationConfiguration.Error,
            parse.GetValue(GlobalOptions.Explain)
        ) => _command = parse.CommandResult.Command;

    public Screen(bool json, bool quiet, TextWriter output, TextWriter error, bool explain = false)
    {
        (Json, Quiet, _output) = (json, quiet, output);
        PeopleWriter = json ? error : output;
        var redirected = json ? Console.IsErrorRedirected : Console.IsOutputRedirected;
        var terminal = ReferenceEquals(PeopleWriter, json ? Console.Error : Console.Out) && !redirected;
        People = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(PeopleWriter),
                Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
                Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
            }
        );
        if (!terminal)
        {
            // A file has no width: no line is wrapped.
            People.Profile.Width = 10_000;
        }

        Style = new TextStyle { Legends = explain, Edge = terminal ? People.Profile.Width : null };
    }

    /// <summary>How this command calls what a sentence of the library names.</summary>
    /// <param name="setting">The setting.</param>
    public string NameOf(Setting setting) => SettingNames.Of(setting, _command);

    /// <summary>Whether standard output is for a program.</summary>
    public bool Json { get; }

    /// <summary>Whether progress is unwanted.</summary>
    public bool Quiet { get; }

    /// <summary>The console that people read.</summary>
    public IAnsiConsole People { get; }

    /// <summary>The same as plain text.</summary>
    public TextWriter PeopleWriter { get; }

    /// <summary>How tables are drawn: as wide as the terminal, with legends where the user asks for them.</summary>
    public TextStyle Style { get; }

    /// <summary>Whether a display may be redrawn in place.</summary>
    public bool IsLive => !Quiet && People.Profile.Capabilities.Interactive;

    /// <summary>One plain line for people, never wrapped.</summary>
    public void Line(string text = "") => PeopleWriter.WriteLine(text);

    /// <summary>Writes a table, followed by an empty line.</summary>
    public void Table(Table table) => Line(table.ToText(Style));

    /// <summary>Writes a line in the middle of any display, from any thread.</summary>
    public void Answer(string text)
    {
        if (IsLive)
        {
            People.WriteLine(text);
        }
        else
        {
            Line(text);
        }
    }

    /// <summary>Restores the terminal's cursor, which a redrawn display hides.</summary>
    public void Restore()
    {
        if (IsLive)
        {
            PeopleWriter.Write("\u001b[?25h");
        }

        PeopleWriter.Flush();
    }

    /// <summary>Reports work that still runs after a while, and again every half minute, so that nothing is silent for
    /// long.</summary>
    /// <param name="text">What is done.</param>
    /// <param name="after">How long it may take in silence.</param>
    /// <returns>To be disposed of when the work is done.</returns>
    public IDisposable Meanwhile(string text, TimeSpan after)
    {
        if (after == TimeSpan.Zero)
        {
            Progress(text);
        }

        return new Timer(_ => Progress(text), null, after == TimeSpan.Zero ? BetweenLines : after, BetweenLines);
    }

    /// <summary>One line of progress; silent under --quiet.</summary>
    public void Progress(string text)
    {
        if (!Quiet)
        {
            Line(text);
        }
    }

    /// <summary>The document for programs; nothing without --json.</summary>
    public void Document<T>(T document)
    {
        if (Json)
        {
            _output.WriteLine(JsonSerializer.Serialize(document, RoteJson.Options));
        }
    }
}
