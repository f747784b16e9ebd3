using System.Text.Json;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

/// <summary>What a command recommends is typed, and then does what was meant.</summary>
public sealed class AdviceTests : IDisposable
{
    private const string Dial = "--memorize 0.1 --canaries 10";

    private readonly TempFolder _folder = new();

    public AdviceTests() =>
        File.WriteAllLines(
            _folder.File("t.csv"),
            [
                "a,b,label",
                .. Enumerable
                    .Range(0, 400)
                    .Select(i => FormattableString.Invariant($"{i * 37 % 101}.5,{i * 53 % 89}.5,c{i * 37 % 101 / 51}")),
            ]
        );

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Dial + " --schedule cosine", "leave out --schedule.", Dial)]
    [InlineData(Dial + " --loss gce", "leave out --loss.", Dial)]
    [InlineData(Dial + " --mixup 0.2", "leave out --mixup.", Dial)]
    [InlineData(Dial + " --label-smoothing 0.1", "leave out --label-smoothing.", Dial)]
    [InlineData(Dial + " --patience 2", "leave out --patience.", Dial)]
    [InlineData(Dial + " --stop-at 0.9", "leave out --stop-at.", Dial)]
    [InlineData(Dial + " --stop-at-loss 0.1", "leave out --stop-at-loss.", Dial)]
    [InlineData("--watch-memorization --hold-out 0", "set --hold-out, as to 0.1.", "--watch-memorization --hold-out 0.1")]
    [InlineData("--memorize 0.1 --precision-of-m 0.5 --hold-out 0", "set --hold-out, as to 0.1.", "--memorize 0.1 --hold-out 0.1")]
    [InlineData("--patience 2 --hold-out 0", "set --hold-out, as to 0.1.", "--patience 2 --hold-out 0.1")]
    [InlineData(Dial + " --precision-of-m 0.3", "; give one of them.", Dial)]
    [InlineData("--canaries 10", "give --memorize or --watch-memorization too.", "--canaries 10 --memorize 0.1")]
    [InlineData("--canaries 10", "give --memorize or --watch-memorization too.", "--canaries 10 --watch-memorization")]
    [InlineData("--memorize 0.1 --watch-memorization", "; give one of them.", "--watch-memorization")]
    [InlineData("--augment flip", "set --augment to none.", "--augment none")]
    [InlineData("--crop 3", "; leave it out.", "")]
    [InlineData("--optimizer adam --momentum 0.5", "; leave them out.", "--optimizer adam")]
    public void Training_runs_with_the_options_that_were_recommended(string asked, string message, string followed)
    {
        var (code, _, error) = Train(asked);
        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Empty(Runs("finished"));

        (code, _, error) = Train(followed);
        Assert.True(code == 0, error);
        var (_, shown, _) = Command.Run("runs", "show", Assert.Single(Runs("finished")), "--runs", Store, "--json");
        using var run = JsonDocument.Parse(shown);
        Assert.Equal("finished", run.RootElement.GetProperty("run").GetProperty("state").GetString());
    }

    [Fact]
    public void Where_no_run_is_the_commands_named_make_one_and_the_option_named_finds_it()
    {
        var (code, _, error) = Command.Run("runs", "show", "abc", "--runs", Store);
        Assert.Equal(2, code);
        Assert.Contains(
            "'rote train' and 'rote quickstart' make some, and another folder is named with --runs.",
            error,
            StringComparison.Ordinal
        );

        Assert.Equal(0, Train("").Code);
        (code, var shown, error) = Command.Run("runs", "show", Assert.Single(Runs("finished")), "--runs", Store);
        Assert.True(code == 0, error);
        Assert.Contains("mlp-1x8", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show zzz", " 'rote runs list' lists ", "show {0}")]
    [InlineData("compare {0}", "; 'rote runs list' lists those that are there.", "compare {0} {1}")]
    [InlineData("compare {0} {0}", "leave one out", "compare {0} {1}")]
    [InlineData("remove {0}", "; add --yes to remove what is listed.", "remove {0} --yes")]
    public void Runs_that_the_list_names_are_taken(string asked, string message, string followed)
    {
        Assert.Equal(0, Train("").Code);
        Assert.Equal(0, Train("--seed 2").Code);
        var runs = Runs();
        Assert.Equal(2, runs.Length);

        var (code, _, error) = Command.Run(Line(asked));
        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Equal(runs, Runs());

        (code, var output, error) = Command.Run(Line(followed));
        Assert.True(code == 0, error);
        Assert.Contains(runs[0].Split('-')[0], output, StringComparison.Ordinal);
        Assert.Equal(followed.Contains("--yes", StringComparison.Ordinal) ? runs[1..] : runs, Runs());

        string[] Line(string words) =>
            [
                "runs",
                .. string.Format(System.Globalization.CultureInfo.InvariantCulture, words, runs[0], runs[1]).Split(' '),
                "--runs",
                Store,
            ];
    }

    [Theory]
    [InlineData(
        "one two.csv",
        "price paid,b,label",
        "read them as categories (--categorical \"price paid\")",
        "--categorical",
        "price paid"
    )]
    [InlineData("one two.csv", "price paid,b,label", "leave them out (--ignore \"price paid\")", "--ignore", "price paid")]
    [InlineData("t2.csv", "price,b,label", "leave them out (--ignore price)", "--ignore", "price")]
    public void A_column_that_is_named_after_an_option_is_taken_by_it(string file, string head, string message, params string[] followed)
    {
        var path = _folder.File(file);
        File.WriteAllLines(
            path,
            [head, .. Enumerable.Range(0, 20).Select(i => FormattableString.Invariant($"\"{i / 2 % 3},5\",{i * 7 % 5},c{i % 2}"))]
        );
        var (code, _, error) = Command.Run("data", "show", path, "--out", _folder.File("page.png"));
        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);

        (code, _, error) = Command.Run(["data", "show", path, "--out", _folder.File("page.png"), .. followed]);
        Assert.True(code == 0, error);
    }

    [Theory]
    [InlineData(
        "title,body,label",
        "the title number {0},it says {0} in words,{1}",
        "say with --text which one is read.",
        "--text",
        "body"
    )]
    [InlineData("a", "{0}.5", "in a file of their own with --labels.", "--labels", "l.txt")]
    public void What_a_table_lacks_is_named_by_its_option(string head, string row, string message, string option, string value)
    {
        var path = _folder.File("u.csv");
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        File.WriteAllLines(path, [head, .. Enumerable.Range(0, 20).Select(i => string.Format(culture, row, i * i, $"c{i % 2}"))]);
        File.WriteAllLines(_folder.File("l.txt"), Enumerable.Range(0, 20).Select(i => $"c{i % 2}"));
        string[] line = ["train", path, "--network", "mlp-1x8", "--epochs", "1", "--runs", Store];
        var (code, _, error) = Command.Run(line);
        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);

        (code, _, error) = Command.Run([
            .. line,
            option,
            option == "--labels" ? _folder.File(value) : value,
            .. option == "--text" ? ["--embed", "none"] : Array.Empty<string>(),
        ]);
        Assert.DoesNotContain(message, error, StringComparison.Ordinal);
        Assert.True(code == 0, error);
    }

    private string Store => _folder.File("runs");

    private (int Code, string Output, string Error) Train(string options) =>
        Command.Run([
            "train",
            _folder.File("t.csv"),
            "--network",
            "mlp-1x8",
            "--epochs",
            "2",
            "--runs",
            Store,
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ]);

    private string[] Runs(string? state = null)
    {
        using var list = JsonDocument.Parse(Command.Run("runs", "list", "--runs", Store, "--json").Output);
        return
        [
            .. list
                .RootElement.EnumerateArray()
                .Where(run => state is null || run.GetProperty("state").GetString() == state)
                .Select(run => run.GetProperty("name").GetString()!),
        ];
    }
}
