using System.Text.RegularExpressions;
using Rote.Measurement;
using Rote.Reports.Quickstarts;
using Rote.Studies;
using Rote.Tests.Support;
using Rote.Training;

namespace Rote.Tests.Reports.Quickstarts;

[NoTensorLeaks]
public sealed partial class QuickstartReportTests
{
    [Fact]
    public void The_page_of_a_small_result()
    {
        using var result = QuickstartSamples.Expected();
        var page = Style().Replace(Images().Replace(QuickstartReport.ToHtml(result), "data:image/png;base64,…"), "<style>…</style>");
        Snapshot.Verify(page, "quickstart", "html");
    }

    [Fact]
    public void The_table_of_a_small_result()
    {
        using var result = QuickstartSamples.With("random-pixels", variant => QuickstartSamples.Unfitted(variant, 0.9));
        Snapshot.Verify(QuickstartTable.Create(result).ToText(), "quickstart-table");
    }

    [Fact]
    public void The_picture_as_a_file_of_its_own()
    {
        using var folder = new TempFolder();
        using var result = QuickstartSamples.Expected();
        QuickstartReport.WritePicture(result, folder.File("picture.svg"));
        Snapshot.Verify(File.ReadAllText(folder.File("picture.svg")), "picture", "svg");
    }

    [Fact]
    public void From_rote_to_rule_is_told_by_its_numbers()
    {
        using var result = QuickstartSamples.Expected() with { Rule = QuickstartSamples.Rule(rule: 0.9, rote: 0.1) };
        using var folder = new TempFolder();
        QuickstartReport.WriteRulePicture(result.Rule!, folder.File("rule.svg"));
        Snapshot.Verify(File.ReadAllText(folder.File("rule.svg")), "rule-picture", "svg");
        Snapshot.Verify(QuickstartReport.RuleFacts(result.Rule!) + "\n", "rule-facts");
        Assert.Contains("First it learns by rote", QuickstartReport.ToHtml(result), StringComparison.Ordinal);
        using var never = QuickstartSamples.Expected() with { Rule = QuickstartSamples.Rule(rule: 0.02, rote: 1) };
        Assert.Contains("does not show the whole course", QuickstartReport.ToHtml(never), StringComparison.Ordinal);
        Assert.DoesNotContain("First it learns by rote", QuickstartReport.ToHtml(never), StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_results_give_equal_pages()
    {
        using var first = QuickstartSamples.Expected();
        using var second = QuickstartSamples.Expected();
        Assert.Equal(QuickstartReport.ToHtml(first), QuickstartReport.ToHtml(second));
    }

    [Fact]
    public void The_page_loads_nothing_and_runs_nothing()
    {
        using var result = QuickstartSamples.Expected();
        var html = QuickstartReport.ToHtml(result);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html, StringComparison.OrdinalIgnoreCase);
        Assert.All(
            Sources().Matches(html).Select(match => match.Value),
            source => Assert.StartsWith("src=\"data:image/png", source, StringComparison.Ordinal)
        );
        Assert.Equal(Ids().Count(html), Ids().Matches(html).Select(match => match.Value).Distinct().Count());
    }

    [Fact]
    public void Hostile_names_are_shown_and_not_obeyed()
    {
        const string Hostile = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>";
        using var result = QuickstartSamples.With(
            "true-labels",
            variant => variant with { Title = Hostile, Explanation = Hostile, RunFolder = Hostile }
        ) with
        {
            Data = Hostile,
            Network = Hostile,
            Recipe = Hostile,
            Substitution = Hostile,
            Provenance = [("Command", Hostile), (Hostile, Hostile)],
        };
        var html = QuickstartReport.ToHtml(result);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_substitution_is_told_before_the_question()
    {
        using var result = QuickstartSamples.Expected() with { Substitution = "There was no network." };
        var html = QuickstartReport.ToHtml(result);
        Assert.InRange(
            html.IndexOf("There was no network.", StringComparison.Ordinal),
            1,
            html.IndexOf("class=\"lead\"", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_result_of_one_epoch_not_evaluated_and_without_measures_is_drawn()
    {
        var nothing = new Estimate(double.NaN, double.NaN, 0);
        using var result = QuickstartSamples.With(
            "true-labels",
            variant => variant with { Epochs = [QuickstartSamples.Epoch(0, null)], TrainAccuracy = nothing, TestAccuracy = nothing }
        );
        using var empty = QuickstartSamples.With("random-labels", variant => variant with { Epochs = (EpochMetrics[])[] });
        Assert.Contains("not measured", QuickstartReport.ToHtml(result), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", Images().Replace(QuickstartReport.ToHtml(result), ""), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", Images().Replace(QuickstartReport.ToHtml(empty), ""), StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_without_variants_is_drawn()
    {
        using var full = QuickstartSamples.Expected();
        var html = QuickstartReport.ToHtml(full with { Variants = (VariantResult[])[] });
        Assert.Contains("does not support the argument", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_is_written_whole_over_an_old_one_and_nothing_else_is_left()
    {
        using var folder = new TempFolder();
        using var result = QuickstartSamples.Expected();
        var path = Path.Combine(folder.Path, "new", "report.html");
        QuickstartReport.Write(result, path);
        File.WriteAllText(path, "old");
        QuickstartReport.Write(result, path);
        Assert.Equal(QuickstartReport.ToHtml(result), File.ReadAllText(path));
        Assert.Equal(path, Assert.Single(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories)));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_one_sentence()
    {
        using var folder = new TempFolder();
        using var result = QuickstartSamples.Expected();
        File.WriteAllText(folder.File("file"), "");
        Assert.Contains(
            "Cannot write",
            Assert.Throws<MachineException>(() => QuickstartReport.Write(result, Path.Combine(folder.File("file"), "report.html"))).Message,
            StringComparison.Ordinal
        );
        Directory.CreateDirectory(folder.File("folder"));
        Assert.Throws<MachineException>(() => QuickstartReport.Write(result, folder.File("folder")));
        Assert.Equal(folder.File("file"), Assert.Single(Directory.GetFiles(folder.Path)));
    }

    [Fact]
    public void A_full_disk_leaves_the_old_report_and_nothing_half_written()
    {
        using var disk = new Tmpfs(kilobytes: 16);
        using var result = QuickstartSamples.Expected();
        var path = Path.Combine(disk.Path, "report.html");
        File.WriteAllText(path, "old");
        Assert.Throws<MachineException>(() => QuickstartReport.Write(result, path));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(path, Assert.Single(Directory.GetFiles(disk.Path)));
    }

    [GeneratedRegex("data:image/png;base64,[A-Za-z0-9+/=]+", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Images();

    [GeneratedRegex("<style>.*</style>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 5000)]
    private static partial Regex Style();

    [GeneratedRegex("(src=|url\\()[^ )]{0,40}", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Sources();

    [GeneratedRegex(" id=\"[^\"]*\"", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Ids();
}
