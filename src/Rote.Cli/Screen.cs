using System.CommandLine;
using System.Text.Json;

using Spectre.Console;

namespace Rote.Cli;

/// <summary>Where a command's words go: people read the console, programs read one JSON document on standard output.</summary>
internal sealed class Screen
{
    private readonly TextWriter _output;

    public Screen(ParseResult parse)
        : this(
            parse.GetValue(GlobalOptions.Json),
            parse.GetValue(GlobalOptions.Quiet),
            parse.InvocationConfiguration.Output,
            parse.InvocationConfiguration.Error)
    {
    }

    public Screen(bool json, bool quiet, TextWriter output, TextWriter error)
    {
        (Json, Quiet, _output) = (json, quiet, output);
        PeopleWriter = json ? error : output;
        var redirected = json ? Console.IsErrorRedirected : Console.IsOutputRedirected;
        var terminal = ReferenceEquals(PeopleWriter, json ? Console.Error : Console.Out) && !redirected;
        People = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(PeopleWriter),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!terminal)
        {
            // A file has no edge: no line is wrapped.
            People.Profile.Width = 10_000;
        }
    }

    /// <summary>Whether standard output is for a program.</summary>
    public bool Json { get; }

    /// <summary>Whether progress is unwanted.</summary>
    public bool Quiet { get; }

    /// <summary>The console that people read.</summary>
    public IAnsiConsole People { get; }

    /// <summary>The same as plain text.</summary>
    public TextWriter PeopleWriter { get; }

    /// <summary>Whether a display may be redrawn in place.</summary>
    public bool IsLive => !Quiet && People.Profile.Capabilities.Interactive;

    /// <summary>One plain line for people, never wrapped.</summary>
    public void Line(string text = "") => PeopleWriter.WriteLine(text);

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
