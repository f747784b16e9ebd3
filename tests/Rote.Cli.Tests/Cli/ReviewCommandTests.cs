using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Rote.Audits.Review;
using Rote.Tests.Pages.Review;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

[NoTensorLeaks]
public sealed class ReviewCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_thousand_decisions_outlive_kill_9()
    {
        var audit = ReviewSamples.Write(_folder.File("audit"), 2000, suspects: 300);
        var (process, answer) = Start(audit, "--reviewer", "ann");
        using (process)
        {
            using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() });
            await browser.GetAsync(new Uri(answer.Text("address")));
            var origin = answer.Text("origin");
            for (var i = 0; i < 1000; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{origin}/api/decisions"));
                request.Headers.Add("Origin", origin);
                request.Content = JsonContent.Create(new { id = i, decision = i % 3 == 0 ? "drop" : "keep" });
                Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(request)).StatusCode);
            }

            process.Kill(); // SIGKILL
            await process.WaitForExitAsync();
        }

        var log = ReviewSamples.Session(audit).Log;
        Assert.Equal((0, 1000), (log.Skipped, log.All().Count));
        Assert.All(
            Enumerable.Range(0, 1000),
            i => Assert.Equal(i % 3 == 0 ? ReviewChoice.Drop : ReviewChoice.Keep, log.Of(i, "ann")!.Decision)
        );
    }

    [Fact]
    public async Task It_ends_by_a_signal_and_says_where_the_decisions_are()
    {
        var audit = ReviewSamples.Write(_folder.File("audit"), 20, suspects: 5);
        var (process, answer) = Start(audit);
        using (process)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(0, process.ExitCode);
            Assert.Contains("every decision is kept in", await process.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
            Assert.EndsWith(DecisionLog.FileName, answer.Text("decisions"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Corrected_labels_are_written_beside_file_and_row()
    {
        var audit = ReviewSamples.Write(_folder.File("audits/0123456789ab-t"), 9, suspects: 3, data: _folder.Put("t.csv", []));
        ReviewSamples.Session(audit).Decide(1, ReviewChoice.Change, "cow");
        var path = _folder.File("fixed.csv");

        // By its folder, by the beginning of its name, and by the data.
        foreach (var name in new[] { audit, "01234567", _folder.File("t.csv") })
        {
            var result = Command.Run("review", name, "--audits", _folder.File("audits"), "--export", "csv", "--output", path);
            Assert.Equal(("", 0), (result.Error, result.Code));
            Assert.Equal("t.csv,1,cow,dog,change,false,ann", File.ReadAllLines(path)[2]);
        }
    }

    [Theory]
    [InlineData("--export is refused by name", "form of export", "--export", "exel")]
    [InlineData("--output alone", "--output has no meaning without --export", "--output", "x")]
    [InlineData("--disagreements alone", "--disagreements has no meaning without --export", "--disagreements", "unsure")]
    [InlineData("--port", "--port is 70000", "--port", "70000")]
    [InlineData("--port", "--port is -1", "--port", "-1")]
    [InlineData("--disagreements", "expected majority or unsure", "--disagreements", "loudest", "--export", "csv")]
    [InlineData("--decisions", "is empty", "--decisions", "", "--export", "csv")]
    [InlineData("links of a table", "Links lead to pictures", "--export", "links")]
    public void Wrong_options_get_one_sentence(string what, string words, params string[] options)
    {
        var audit = ReviewSamples.Write(_folder.File("audit"), 9, suspects: 3);
        var result = Command.Run(["review", audit, .. options]);
        Assert.True(result.Code == 2, what);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("{\"format\": 2}", null, "it names none")]
    [InlineData("[]", null, "it names none")]
    [InlineData("{", null, "is damaged")]
    [InlineData("{\"format\": 2, \"audit\": \"../../../../etc/passwd\"}", null, "it names none")]
    [InlineData("{\"audit\": \"0123456789abcdef\"}", null, "of an earlier layout")]
    [InlineData(null, "", "is empty")]
    [InlineData(null, "file,row\n", "has no column label")]
    [InlineData(null, "file,row,label,score\n", "has no rows")]
    [InlineData(null, "file,row,label,score\nt.csv,0,cat\n", "has 3 fields, expected 4")]
    [InlineData(null, "file,row,label,score\nt.csv,zero,cat,1\n", "is damaged near row 0")]
    [InlineData(null, "file,row,label,score\nt.csv,0,\"cat,1\n", "is damaged near row 0")]
    [InlineData(null, "file,row,label,score\nt.csv,0,cat,1\nt.csv,0,dog,1\n", "names t.csv[0] twice")]
    [InlineData(null, "file,row,label,score,score\nt.csv,0,cat,1,2\n", "twice")]
    public void A_folder_that_is_damaged_is_refused_by_name(string? summary, string? table, string words)
    {
        var audit = ReviewSamples.Write(_folder.File("audit"), 9, suspects: 3);
        File.WriteAllText(Path.Combine(audit, summary is null ? "examples.csv" : "summary.json"), summary ?? table!);
        var result = Command.Run("review", audit, "--export", "csv");
        Assert.Equal(2, result.Code);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void What_is_no_audit_is_refused_with_what_to_do()
    {
        Assert.Contains(
            "There is no audit of shapes in",
            Command.Run("review", "shapes", "--audits", _folder.Path).Error,
            StringComparison.Ordinal
        );
        Assert.Contains("nothing at", Command.Run("review", _folder.File("none/here")).Error, StringComparison.Ordinal);
        var unfinished = ReviewSamples.Write(_folder.File("u"), 9, suspects: 3);
        File.Delete(Path.Combine(unfinished, "examples.csv"));
        Assert.Contains("is not finished", Command.Run("review", unfinished).Error, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(ReviewSamples.Write(_folder.File("s"), 9, 3), "source.json"), "{\"schema\": 1}");
        Assert.Contains(
            "source.json is damaged",
            Command.Run("review", _folder.File("s"), "--export", "csv").Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Where_decisions_cannot_be_kept_it_is_said_before_anyone_decides()
    {
        var audit = ReviewSamples.Write(_folder.File("audit"), 9, suspects: 3);
        var result = Command.Run("review", audit, "--no-open", "--decisions", _folder.File("none/there/decisions.jsonl"));
        Assert.Equal(3, result.Code);
        Assert.Contains("Decisions cannot be kept in", result.Error, StringComparison.Ordinal);
        Assert.Contains("--decisions", result.Error, StringComparison.Ordinal);

        _folder.Rights("audit", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var denied = Command.StartBound("review", audit, "--no-open");
        Assert.Equal(3, denied.Code);
        Assert.Contains("; check the permissions, or keep them in another file", denied.Error, StringComparison.Ordinal);
        await Decides(_folder.File("other.jsonl"), "--decisions", _folder.File("other.jsonl"));
        _folder.Rights("audit", UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        await Decides(Path.Combine(audit, DecisionLog.FileName));

        async Task Decides(string file, params string[] options)
        {
            var (process, answer) = Start(audit, options);
            using (process)
            {
                Assert.Equal(file, answer.Text("decisions"));
                using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
                await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
                Assert.Equal(0, process.ExitCode);
            }
        }
    }

    [Fact]
    public void An_audit_can_be_reviewed_and_its_corrected_labels_audited_again()
    {
        var lines = Vectors
            .Rows(120, 3, seed: 1)
            .Select(
                (r, i) =>
                    string.Create(CultureInfo.InvariantCulture, $"{r.Features[0]},{r.Features[1]},{"abc"[(i == 7 ? i + 1 : i) % 3]}\n")
            );
        var data = _folder.Put("t.csv", Encoding.UTF8.GetBytes("size,weight,kind\n" + string.Concat(lines)));
        string[] small = ["--members", "3", "--network", "mlp-1x16", "--epochs", "5", "--audits", _folder.File("audits"), "--quiet"];
        Assert.Equal(0, Command.Run(["audit", data, "--label-column", "kind", "--output", _folder.File("out"), .. small]).Code);

        var session = ReviewSamples.Session(_folder.File("out"));
        Assert.Equal(data, session.Set.Source!.Data);
        Assert.Equal("kind", session.Set.Source.Options.LabelColumn);
        Assert.Equal(["a", "b", "c"], session.Set.ClassNames);
        using (var probabilities = ProbabilityRows.Open(session.Set)!)
        {
            Assert.Equal(1, probabilities.Of(7).Sum(), 0.001);
        }

        session.Decide(7, ReviewChoice.Change, "b");
        var corrected = _folder.File("corrected.csv");
        Assert.Equal(0, Command.Run("review", _folder.File("out"), "--export", "csv", "--output", corrected).Code);
        var again = Command.Run([
            "audit",
            data,
            "--ignore",
            "kind",
            "--labels",
            corrected,
            "--label-column",
            "label",
            "--output",
            _folder.File("again"),
            .. small,
        ]);
        Assert.Equal(("", 0), (again.Error, again.Code));
        var before = File.ReadAllLines(_folder.File("out/examples.csv")).Select(line => line.Split(',')[2]).ToArray();
        var after = File.ReadAllLines(_folder.File("again/examples.csv")).Select(line => line.Split(',')[2]).ToArray();
        Assert.Equal(("c", "b"), (before[8], after[8]));
        Assert.Equal(before.Where((_, row) => row != 8), after.Where((_, row) => row != 8));
    }

    [Fact]
    public void Corrected_labels_of_pictures_are_read_as_a_table_that_names_them()
    {
        foreach (var i in Enumerable.Range(0, 12))
        {
            PictureFiles.Write(
                _folder,
                $"pets/{(i % 2 == 0 ? "cat" : "dog")}/{i}.png",
                PngFiles.Make(4, 4, 8, PngFiles.Grey, (r, c, _) => (20 * r) + c + i)
            );
        }

        string File(int i) => $"{(i % 2 == 0 ? "cat" : "dog")}/{i}.png";
        var audit = ReviewSamples.Write(_folder.File("audit"), 12, 3, _folder.File("pets"), ["cat", "dog", "cow"], i => (File(i), null));
        ReviewSamples.Session(audit).Decide(3, ReviewChoice.Change, "cow");
        var corrected = _folder.File("corrected.csv");
        Assert.Equal(0, Command.Run("review", audit, "--export", "csv", "--output", corrected).Code);
        var shown = Command.Run("data", "show", _folder.File("pets"), "--labels", corrected, "--label-column", "label", "--json");
        Assert.Equal(0, shown.Code);
        Assert.Contains("cow", shown.Output, StringComparison.Ordinal);
    }

    private static (Process Process, JsonElement Answer) Start(string audit, params string[] options)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "Rote.Cli"),
            ["review", audit, "--json", "--no-open", .. options]
        )
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        var json = "";
        while (process.StandardOutput.ReadLine() is { } line)
        {
            json += line;
            if (line == "}")
            {
                return (process, JsonDocument.Parse(json).RootElement);
            }
        }

        throw new InvalidOperationException(process.StandardError.ReadToEnd());
    }
}
