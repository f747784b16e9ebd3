using System.Text;
using Rote.Tests.Support;

namespace Rote.Tests.Interop;

/// <summary>interop/rote.py with the system's Python against the built program, without pandas and NumPy but for one test.</summary>
public sealed class RotePyTests : IDisposable
{
    private const string Bare = """
        import sys
        for name in ("pandas", "numpy", "pyarrow"):
            sys.modules[name] = None  # as if it were not installed

        """;

    private const string Begin = """
        import os, sys
        sys.path.insert(0, sys.argv[1])
        import rote
        rote.program = sys.argv[2]
        os.chdir(sys.argv[3])

        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Training_evaluation_and_an_audit_come_back_as_dicts_and_rows()
    {
        WriteTable();
        var output = Run(
            """
            run = rote.train("t.csv", network="mlp-1x8", epochs=2, quiet=True)
            print(run["epochs"], os.path.isdir(run["run"]))
            print(rote.evaluate(run, "t.csv", quiet=True)["accuracy"]["samples"])  # the fifth that was kept apart
            found = rote.audit("t.csv", network="mlp-1x8", budget="5m", embed="none", quiet=True)
            print(found["summary"]["examples"], len(found["examples"]), sorted(found["examples"][0])[:2], os.path.exists(found["page"]))
            """
        );
        Assert.Equal(["2 True", "16", "80 80 ['aum', 'confidence'] True"], output);
    }

    [Fact]
    public void Tables_are_data_frames_where_pandas_is()
    {
        WriteTable();
        var python = PythonLines.With("pandas");
        var output = Run(
            python,
            Begin
                + """
                found = rote.audit("t.csv", network="mlp-1x8", budget="5m", embed="none", quiet=True)
                print(type(found["examples"]).__name__, len(found["examples"]), found["examples"].row.is_monotonic_increasing)
                print(len(found["suspects"][:10]) <= 10, set(found["suspects"].label) <= {"x", "y"}, os.path.exists(found["page"]))
                """
        );
        Assert.Equal(["DataFrame 80 True", "True True True"], output);
    }

    [Fact]
    public void An_error_is_the_programs_own_sentence_with_its_code()
    {
        var output = Run(
            """
            for call in (lambda: rote.audit("nowhere.csv", quiet=True), lambda: rote.command("train", "shapes", epochs="abc", quiet=True)):
                try:
                    call()
                except rote.RoteError as error:
                    print(error.code, str(error)[:32])
            rote.program = "no-such-program"
            try:
                rote.train("shapes")
            except rote.RoteError as error:
                print(error.code, error)
            """
        );
        Assert.Equal(
            [
                $"2 There is nothing at {_folder.Path}"[..34],
                "2 --epochs is 'abc', expected a wh",
                "3 Cannot start no-such-program (No such file or directory); install it, or name it in the variable ROTE.",
            ],
            output
        );
    }

    [Fact]
    public void Options_become_words_and_no_shell_reads_them()
    {
        var output = Run(
            """
            rote._run = lambda words, quiet: (0, '{"words": 1}', print(words[1:]) or "")
            rote.command("data show", "a b; rm -rf /", label_column="x y", ignore=["p", "q"], skip_bad=True, fit=None, quiet=True)
            """
        );
        Assert.Equal(
            "['data', 'show', 'a b; rm -rf /', '--json', '--label-column', 'x y', '--ignore', 'p', '--ignore', 'q', '--skip-bad']",
            Assert.Single(output)
        );
    }

    [Fact]
    public void It_is_short() => Assert.True(File.ReadAllLines(Path.Combine(Repository.Root, "interop", "rote.py")).Length < 200);

    private string[] Run(string script)
    {
        const string System = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(System), "Needs Python: apt-get install python3.");
        return Run(System, Bare + Begin + script);
    }

    private string[] Run(string python, string script)
    {
        var file = _folder.File("script.py");
        File.WriteAllText(file, script);
        var (code, output, error) = Programs
            .Start(
                python,
                file,
                Path.Combine(Repository.Root, "interop"),
                Path.Combine(AppContext.BaseDirectory, "Rote.Cli"),
                _folder.Path
            )!
            .Value;
        Assert.True(code == 0, error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private void WriteTable()
    {
        var text = new StringBuilder("a,b,label\n");
        for (var i = 0; i < 80; i++)
        {
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{(i % 2 * 3) + (i * 37 % 11 / 10.0)},{i * 53 % 17 / 10.0},{"xy"[i % 2]}\n"
            );
        }

        File.WriteAllText(_folder.File("t.csv"), text.ToString());
    }
}
