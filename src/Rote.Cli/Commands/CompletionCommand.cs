using System.CommandLine;
using Rote.Data.Encoders;
using Rote.Networks;
using Rote.Training.Losses;
using Rote.Training.Optimizers;
using Rote.Training.Schedules;

namespace Rote.Cli.Commands;

/// <summary><c>rote completion SHELL</c>: prints what makes a shell complete rote's commands and options. The shell then asks
/// <see cref="Asked"/> at every Tab.</summary>
internal static class CompletionCommand
{
    public const string Name = "completion";

    /// <summary>The hidden command that shells call: cursor and line, an answer a line.</summary>
    public const string Asked = "complete";

    // $'…' keeps words whole; where rote knows nothing, the shell completes files.
    private const string Bash = """
        # rote: put this line into ~/.bashrc:  eval "$(rote completion bash)"
        _rote() {
            mapfile -t COMPREPLY < <("${COMP_WORDS[0]}" complete "$COMP_POINT" "$COMP_LINE" 2>/dev/null)
        }
        complete -o default -F _rote rote

        """;

    private const string Zsh = """
        # rote: put this line into ~/.zshrc, after compinit:  eval "$(rote completion zsh)"
        _rote() {
            local -a found
            found=("${(@f)$(${words[1]} complete "$CURSOR" "$BUFFER" 2>/dev/null)}")
            if [[ -n "${found[1]}" ]]; then compadd -- "${found[@]}"; else _files; fi
        }
        compdef _rote rote

        """;

    private const string Fish = """
        # rote: save this as ~/.config/fish/completions/rote.fish:  rote completion fish > ~/.config/fish/completions/rote.fish
        complete -c rote -a '(rote complete (string length -- (commandline -cp)) (commandline -cp) 2>/dev/null)'

        """;

    private static readonly (string Name, string Script)[] Shells = [("bash", Bash), ("zsh", Zsh), ("fish", Fish)];

    private static readonly Argument<string> Shell = new("SHELL") { Description = "bash, zsh or fish" };

    private static readonly Argument<int> Cursor = new("CURSOR");
    private static readonly Argument<string> Line = new("LINE");

    /// <summary>Values that options take by name.</summary>
    private static readonly Dictionary<string, Func<IEnumerable<string>>> Values = new(StringComparer.Ordinal)
    {
        ["--network"] = () => NetworkCatalog.Names,
        ["--loss"] = () => LossCatalog.Names,
        ["--schedule"] = () => ScheduleCatalog.Names,
        ["--optimizer"] = () => OptimizerCatalog.Names,
        ["--embed"] = () => EncoderCatalog.Names.Prepend("auto"),
        ["--precision"] = () => ["auto", "float32", "bfloat16"],
        ["--device"] = () => ["auto", "cpu", "cuda"],
    };

    /// <summary>The command that people call.</summary>
    public static Command Create()
    {
        var command = new Command(Name, "Print what makes a shell complete rote's commands and options at Tab") { Shell };
        command.SetAction(parse =>
        {
            var name = parse.GetValue(Shell)!;
            var script = Shells.FirstOrDefault(shell => shell.Name == name).Script;
            parse.InvocationConfiguration.Output.Write(
                script?.ReplaceLineEndings("\n")
                    ?? throw new InputException($"There is no completion for '{name}', expected bash, zsh or fish.")
            );
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The command that shells call.</summary>
    public static Command CreateAsked()
    {
        var command = new Command(Asked, "Words that may stand at the cursor, for 'rote completion'") { Cursor, Line };
        command.Hidden = true;
        command.SetAction(parse =>
        {
            foreach (var word in Of(parse.GetValue(Line)!, parse.GetValue(Cursor)))
            {
                parse.InvocationConfiguration.Output.Write(word + "\n");
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>What may stand at the cursor.</summary>
    /// <param name="line">The command line, with the program's name.</param>
    /// <param name="cursor">Characters before the cursor; beyond the end is the end.</param>
    internal static IReadOnlyList<string> Of(string line, int cursor)
    {
        var before = line[..Math.Clamp(cursor, 0, line.Length)];
        var words = before.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return [];
        }

        var typed = before[^1] == ' ' ? "" : words[^1];
        var option = words.Length > (typed.Length == 0 ? 0 : 1) ? words[^(typed.Length == 0 ? 1 : 2)] : "";
        if (Values.TryGetValue(option, out var values))
        {
            return Beginning(values(), typed);
        }

        // The parser's own completions, which know which options may stand here and how often.
        var parse = Program.Build().Parse(before[words[0].Length..].TrimStart());
        var known = parse.GetCompletions().Select(item => item.Label).Where(label => label[0] != '/' && label is not "-?" and not "-h");
        return Beginning(typed.StartsWith('-') ? known : known.Where(label => label[0] != '-'), typed);
    }

    private static string[] Beginning(IEnumerable<string> words, string typed) =>
        [.. words.Where(word => word.StartsWith(typed, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
}
