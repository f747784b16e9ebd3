using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Rote.Cli.Gate;
using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Cli.Gate;

/// <summary>What build servers read, with names that try to break out of it.</summary>
public sealed class GateFilesTests : IDisposable
{
    private static readonly string[] Hostile =
    [
        "plain.png",
        "two words.png",
        "<script>alert(1)<!script>.png",
        "a&b;\"quoted\" 'single'.png",
        "line\nbreak\r\n\ttab.png",
        "]]><x a=\"1\">.png",
        "[link](https:example.org) {0} {{1}}.png",
        "back\\slash\\[.png",
        "nul\u0001bell\u0007\uFFFE.png",
        "half \uD800 pair.png",
        "\uDC00lone.png",
        "\U0001F600 é \u202E.png",
        "%41:8080?q#f.png",
        "C:con.png",
        "-- -->.png",
        new string('x', 5000),
    ];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sarif_holds_every_name_as_text_and_as_an_address()
    {
        var root = Sarif(Of(_folder.Path, Hostile.Select(name => new RowIdentity($"cat/{name}", null))));
        var run = root.GetProperty("runs")[0];
        Assert.Equal("2.1.0", root.GetProperty("version").GetString());
        Assert.Equal("rote", run.GetProperty("tool").GetProperty("driver").GetProperty("name").GetString());
        var results = run.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal(Hostile.Length, results.Length);
        var marks = new HashSet<string>();
        for (var i = 0; i < Hostile.Length; i++)
        {
            var result = results[i];
            Assert.Equal("probably-wrong-label", result.GetProperty("ruleId").GetString());
            var address = result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation");
            var uri = address.GetProperty("uri").GetString()!;
            Assert.Equal("%SRCROOT%", address.GetProperty("uriBaseId").GetString());
            Assert.Matches(@"^cat/([A-Za-z0-9\-._~]|%[0-9A-F]{2})+$", uri); // RFC 3986: what needs no escape, and escapes
            Assert.Equal($"cat/{Whole(Hostile[i])}", Uri.UnescapeDataString(uri));
            var text = result.GetProperty("message").GetProperty("text").GetString()!;
            Assert.DoesNotMatch(@"(?<!\\)(\\\\)*\[", text); // no bracket that would begin a link
            Assert.True(marks.Add(result.GetProperty("partialFingerprints").GetProperty("exampleAndLabel/v1").GetString()!));
        }
    }

    [Fact]
    public void Sarif_names_a_row_and_claims_no_line()
    {
        var table = _folder.File("iris.csv");
        File.WriteAllText(table, "");
        var result = Sarif(Of(table, [new RowIdentity("iris.csv", 17)])).GetProperty("runs")[0].GetProperty("results")[0];
        var location = result.GetProperty("locations")[0];
        Assert.Equal("iris.csv[17]", location.GetProperty("logicalLocations")[0].GetProperty("fullyQualifiedName").GetString());
        var physical = location.GetProperty("physicalLocation");
        Assert.Equal("iris.csv", physical.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.False(physical.TryGetProperty("region", out _));
    }

    [Fact]
    public void Sarif_of_a_set_of_the_catalog_names_no_file_and_of_data_elsewhere_the_whole_path()
    {
        var location = Sarif(Of(null, [new RowIdentity("train", 3)]))
            .GetProperty("runs")[0]
            .GetProperty("results")[0]
            .GetProperty("locations")[0];
        Assert.False(location.TryGetProperty("physicalLocation", out _));
        var elsewhere = SarifFile.Of(Of(_folder.Path, [new RowIdentity("a b.png", null)]), Path.GetPathRoot(_folder.Path) + "other");
        Assert.Contains("\"uri\": \"file:///", elsewhere, StringComparison.Ordinal);
        Assert.Contains("/a%20b.png\"", elsewhere, StringComparison.Ordinal);
        Assert.DoesNotContain("uriBaseId", elsewhere, StringComparison.Ordinal);
    }

    /// <summary>Tables that lie in the one folder of a folder have its name in their address; examples of a packed set, which is one file,
    /// are told apart.</summary>
    [Fact]
    public void Sarif_names_the_file_that_is_there_and_the_example_in_it()
    {
        Directory.CreateDirectory(_folder.File("set/data"));
        File.WriteAllText(_folder.File("set/data/train-0.parquet"), "");
        var row = Location(_folder.File("set"), new RowIdentity("train-0.parquet", 3));
        Assert.Equal(
            "set/data/train-0.parquet",
            row.GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()
        );
        File.WriteAllText(_folder.File("set.rote"), "");
        var packed = Location(_folder.File("set.rote"), new RowIdentity("cat/1.png", null));
        Assert.Equal("set.rote", packed.GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal("cat/1.png", packed.GetProperty("logicalLocations")[0].GetProperty("fullyQualifiedName").GetString());

        JsonElement Location(string source, RowIdentity where) =>
            Sarif(Of(source, [where])).GetProperty("runs")[0].GetProperty("results")[0].GetProperty("locations")[0];
    }

    [Fact]
    public void Sarif_without_a_suspect_has_an_empty_list_and_the_count()
    {
        var run = Sarif(Of(_folder.Path, [])).GetProperty("runs")[0];
        Assert.Equal(0, run.GetProperty("results").GetArrayLength());
        Assert.Contains("How many", run.GetProperty("invocations").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, 17, 0, 0)] // failed: the share and every suspect
    [InlineData(0.1, 0, 0, 16)]
    [InlineData(double.NaN, 0, 1, 16)]
    public void Junit_is_well_formed_and_its_numbers_agree(double low, int failures, int errors, int skipped)
    {
        var suite = JUnit(Of(_folder.Path, Hostile.Select(name => new RowIdentity($"cat/{name}", null))), new GateVerdict(0.2, low));
        Assert.Equal(
            (17, failures, errors, skipped),
            (Number(suite, "tests"), Number(suite, "failures"), Number(suite, "errors"), Number(suite, "skipped"))
        );
        var cases = suite.Elements("testcase").ToArray();
        Assert.Equal(
            (17, failures, errors, skipped),
            (cases.Length, Count(cases, "failure"), Count(cases, "error"), Count(cases, "skipped"))
        );
        Assert.Equal("cat/<script>alert(1)<!script>.png", cases[3].Attribute("name")!.Value);
        Assert.Equal("cat/line\nbreak\r\n\ttab.png", cases[5].Attribute("name")!.Value);
        Assert.Equal("cat/nul\uFFFDbell\uFFFD\uFFFD.png", cases[9].Attribute("name")!.Value);
        Assert.Equal("cat/\U0001F600 é \u202E.png", cases[12].Attribute("name")!.Value);
        Assert.All(cases, c => Assert.All(c.Attributes(), a => Assert.NotEqual("", a.Value)));
    }

    [Fact]
    public void Junit_without_a_limit_fails_nothing()
    {
        var suite = JUnit(Of(_folder.Path, [new RowIdentity("a.png", null)]), verdict: null);
        Assert.Equal((0, 1), (Number(suite, "failures"), Number(suite, "skipped")));
    }

    private static GateSuspects Of(string? source, IEnumerable<RowIdentity> rows) =>
        new(
            "<farm> & \"friends\"\u0001",
            source,
            100,
            "How many of the [labels] are <wrong>.",
            [.. rows.Select(row => new GateSuspect(row, "cat\n<b>", "dog]]>", 0.9))]
        );

    private JsonElement Sarif(GateSuspects suspects)
    {
        var bytes = Encoding.UTF8.GetBytes(SarifFile.Of(suspects, _folder.Path));
        using var document = JsonDocument.Parse(bytes);
        return document.RootElement.Clone();
    }

    private static XElement JUnit(GateSuspects suspects, GateVerdict? verdict)
    {
        using var stream = new MemoryStream();
        JUnitFile.Write(stream, suspects, verdict);
        return XDocument.Parse(Encoding.UTF8.GetString(stream.ToArray())).Root!.Element("testsuite")!;
    }

    private static int Number(XElement suite, string name) => (int)suite.Attribute(name)!;

    private static int Count(IEnumerable<XElement> cases, string name) => cases.Count(c => c.Element(name) is not null);

    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
