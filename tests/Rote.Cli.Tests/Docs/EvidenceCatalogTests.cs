using Rote.Benchmarks.Evidence;
using Rote.Tests.Support;

namespace Rote.Tests.Docs;

/// <summary>Every file of evidence is made by one command, and none that the catalog names is missing.</summary>
public sealed class EvidenceCatalogTests
{
    private static string Docs => Path.Combine(Repository.Root, "docs");

    private static EvidenceProduct[] Products => [.. EvidenceCatalog.All.SelectMany(entry => entry.Products)];

    [Fact]
    public void Every_file_of_evidence_is_made_by_exactly_one_command()
    {
        string[] made = [.. Products.Select(product => product.Find(Docs)).OfType<string>().Order(StringComparer.Ordinal)];
        string[] kept =
        [
            .. new[] { Path.Combine(Docs, "evidence"), Path.Combine(Docs, "evidence", "audit") }
                .SelectMany(folder => Directory.GetFiles(folder, "*.json"))
                .Concat(Directory.GetFiles(Path.Combine(Docs, "pictures")).Where(IsDrawn))
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(kept, made);
        Assert.All(EvidenceCatalog.ByHand.Keys, name => Assert.True(File.Exists(Path.Combine(Docs, "pictures", name)), name));

        static bool IsDrawn(string picture) => !EvidenceCatalog.ByHand.ContainsKey(Path.GetFileName(picture));
    }

    [Fact]
    public void Every_file_of_the_catalog_is_there_and_whole()
    {
        Assert.All(EvidenceCatalog.All, entry => Assert.True(entry.IsWhole(Docs), entry.Name));
        Assert.Distinct(EvidenceCatalog.All.Select(entry => entry.Name));
        Assert.Distinct(EvidenceCatalog.All.Select(entry => entry.Command));
    }

    [Fact]
    public void The_cheapest_come_first_and_the_unmeasured_last()
    {
        var minutes = EvidenceCatalog.All.Select(entry => entry.Minutes ?? double.MaxValue).ToArray();
        Assert.Equal(minutes.Order(), minutes);
    }

    [Theory]
    [InlineData("--lits", "'--lits' is no option of bench/run evidence")]
    [InlineData("--only", "--only has no pattern")]
    [InlineData("--only  ", "--only has no pattern")]
    [InlineData("--list --list", "--list is given twice")]
    [InlineData("--only a --only b", "--only is given twice")]
    [InlineData("--list --again", "leave out one")]
    [InlineData("--write-docs --only a", "--write-docs goes alone")]
    public void Wrong_options_are_refused(string words, string expected)
    {
        var error = Assert.Throws<InputException>(() => EvidenceOptions.Parse(words.Split(' ')));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_chooses_by_the_names_of_entries_and_files()
    {
        var all = EvidenceCatalog.All;
        Assert.Equal(all, EvidenceOptions.Parse([]).Choose(all));
        Assert.Equal("zhang2017-laptop", Assert.Single(EvidenceOptions.Parse(["--only", "Zhang"]).Choose(all)).Name);
        Assert.Equal("frontier-cifar10-mlp", Assert.Single(EvidenceOptions.Parse(["--only", "pictures/frontier.svg"]).Choose(all)).Name);
        Assert.Throws<InputException>(() => EvidenceOptions.Parse(["--only", "nothing"]).Choose(all));
    }
}
