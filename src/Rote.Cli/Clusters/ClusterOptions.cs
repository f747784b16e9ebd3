using System.CommandLine;
using System.Text.RegularExpressions;
using Rote.Cli.Help;

namespace Rote.Cli.Clusters;

/// <summary>The options of whatever a cluster can make: where, and with what.</summary>
/// <param name="kind">What it makes.</param>
internal sealed partial class ClusterOptions(JobKind kind)
{
    public const string Slurm = "slurm";
    public const string Kubernetes = "kubernetes";

    private static readonly string[] Systems = [Slurm, Kubernetes];

    /// <summary>What this command itself says to sbatch.</summary>
    private static readonly string[] Ours =
    [
        "array",
        "chdir",
        "error",
        "job-name",
        "no-requeue",
        "open-mode",
        "output",
        "parsable",
        "requeue",
        "signal",
        "test-only",
        "wait",
        "wrap",
    ];

    private readonly Option<string?> _on = new("--on")
    {
        Description =
            $"Make the {kind.Piece}s on a cluster and watch: {string.Join(" or ", Systems)}; {kind.Shared} must be shared with its nodes",
        HelpName = "SYSTEM",
    };

    private readonly Option<int?> _tasks = new("--tasks")
    {
        Description =
            $"Workers to ask for, each of which takes {kind.Piece} after {kind.Piece} [default: as many as {kind.Piece}s, at most "
            + $"{ClusterJob.UsualTasks}]",
        HelpName = "N",
    };

    private readonly Option<int?> _atOnce = new("--at-once") { Description = "Workers at the same time [default: all]", HelpName = "N" };

    private readonly Option<int?> _cpus = new("--cpus")
    {
        Description =
            $"Cores a worker; it makes as many {kind.Piece}s at a time as their threads allow [default: the threads of a {kind.Piece}]",
        HelpName = "N",
    };

    private readonly Option<string?> _memory = new("--memory") { Description = "Memory a worker, as 4G or 500M", HelpName = "SIZE" };

    private readonly Option<string?> _time = new("--time")
    {
        Description = "Time limit of a worker, as Slurm writes it: 90 (minutes), 8:00:00, 2-12; what is left then is queued again",
        HelpName = "TIME",
    };

    private readonly Option<string?> _partition = new("--partition") { Description = "Slurm's partition", HelpName = "NAME" };

    private readonly Option<string?> _account = new("--account") { Description = "Slurm's account", HelpName = "NAME" };

    private readonly Option<string?> _gres = new("--gres") { Description = "Slurm's generic resources, as gpu:1", HelpName = "LIST" };

    private readonly Option<string[]> _slurm = new("--slurm")
    {
        Description = "Any other option of sbatch; once for each",
        HelpName = "KEY=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _setup = new("--setup")
    {
        Description = "A line of shell before the worker starts, as \"module load dotnet\"; once for each",
        HelpName = "LINE",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Print what would be submitted, and write nothing" };

    /// <summary>Every option.</summary>
    public IReadOnlyList<Option> All => [_on, _tasks, _atOnce, _cpus, _memory, _time, _partition, _account, _gres, _slurm, _setup, _dryRun];

    /// <summary>Adds them to a command, under a heading of their own.</summary>
    public Command AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Add(HelpGroups.Put(option, HelpGroups.Cluster));
        }

        return command;
    }

    /// <summary>What was asked for.</summary>
    /// <param name="parse">The command line.</param>
    /// <returns>Null: the runs are made here.</returns>
    /// <exception cref="InputException">A value is none, or an option stands without --on.</exception>
    public ClusterRequest? Read(ParseResult parse)
    {
        if (parse.GetValue(_on) is not { } system)
        {
            return CommandLine.FirstOf(parse, All) is { } alone
                ? throw new InputException($"{alone.Name} is for {kind.Piece}s on a cluster: say which with --on, as --on {Slurm}.")
                : null;
        }

        if (!Systems.Contains(system))
        {
            throw Nearest.Unknown("system", system, Systems);
        }

        if (system != Slurm && CommandLine.FirstOf(parse, [_partition, _account, _gres, _slurm]) is { } other)
        {
            throw new InputException($"{other.Name} is an option of --on {Slurm}, and the {kind.Piece}s go on {system}; leave it out.");
        }

        return new ClusterRequest
        {
            System = system,
            Tasks = Positive(parse, _tasks),
            AtOnce = Positive(parse, _atOnce),
            Cores = Positive(parse, _cpus),
            Memory = Form(parse.GetValue(_memory), _memory, MemoryForm(), "a number with K, M, G or T, as 4G"),
            Time = Form(parse.GetValue(_time), _time, TimeForm(), "minutes, hours:minutes:seconds or days-hours, as 8:00:00"),
            Partition = Form(parse.GetValue(_partition), _partition, NameForm(), "a name without spaces"),
            Account = Form(parse.GetValue(_account), _account, NameForm(), "a name without spaces"),
            Resources = Form(parse.GetValue(_gres), _gres, NameForm(), "a list without spaces, as gpu:1"),
            Others = [.. (parse.GetValue(_slurm) ?? []).Select(Pair)],
            Setup = [.. (parse.GetValue(_setup) ?? []).Select(Line)],
            IsDry = parse.GetValue(_dryRun),
        };
    }

    private static int? Positive(ParseResult parse, Option<int?> option) =>
        parse.GetValue(option) is { } value
            ? value is >= 1 and <= 100_000
                ? value
                : throw new InputException($"{option.Name} is {value}, expected 1 to 100,000.")
            : null;

    private static string? Form(string? value, Option option, Regex form, string expected) =>
        value is null || form.IsMatch(value) ? value : throw new InputException($"{option.Name} is '{Shown(value)}', expected {expected}.");

    private static (string Key, string Value) Pair(string text)
    {
        var cut = text.IndexOf('=', StringComparison.Ordinal);
        var (key, value) = cut < 0 ? (text, "") : (text[..cut], text[(cut + 1)..]);
        return !KeyForm().IsMatch(key) || value.Any(c => char.IsControl(c) || c is '"' or '\'' or '\\' or '#')
                ? throw new InputException(
                    $"--slurm is '{Shown(text)}', expected the long name of an option of sbatch without its dashes and a value without "
                        + "quotes, as qos=long."
                )
            : Ours.Contains(key, StringComparer.Ordinal)
                ? throw new InputException($"--slurm is '{Shown(text)}', but --{key} of sbatch is set by this command; leave it out.")
            : (key, value);
    }

    private static string Line(string text) =>
        text.Length > 0 && !text.Any(c => char.IsControl(c) && c != '\t')
            ? text
            : throw new InputException($"--setup is '{Shown(text)}', expected one line of shell; give the option once for each line.");

    private static string Shown(string text) => Shortened.Beginning(text, 60);

    [GeneratedRegex("^[1-9][0-9]{0,11}[KMGT]?$(?!\n)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MemoryForm();

    [GeneratedRegex("^([0-9]{1,6}(:[0-9]{1,2}){0,2}|[0-9]{1,4}-[0-9]{1,2}(:[0-9]{1,2}){0,2})$(?!\n)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TimeForm();

    [GeneratedRegex("^[A-Za-z0-9_.][A-Za-z0-9_.,:=/@+-]*$(?!\n)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NameForm();

    [GeneratedRegex("^[a-z][a-z0-9-]*$(?!\n)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KeyForm();
}
