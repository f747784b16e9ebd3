using Rote.Data.Labels;

namespace Rote.Tests.Data.Labels;

/// <summary>Names that nobody can tell apart are one name.</summary>
public sealed class LabelTextsTests
{
    [Theory]
    [InlineData("cat")]
    [InlineData(" cat\u00a0")]
    [InlineData("cat\u200b")]
    [InlineData("\ufeff\u200ecat\u00ad")]
    [InlineData("\u3000cat \u200d\t")]
    [InlineData("\u2060cat\0")]
    public void Space_and_invisible_characters_at_the_ends_are_dropped(string text)
    {
        Assert.Equal("cat", LabelTexts.Clean(text));
        var labels = new LabelTexts();
        labels.Add(text);
        labels.Add("cat");
        Assert.Equal(["cat"], labels.Distinct);
    }

    [Theory]
    [InlineData("hot\u00a0dog")]
    [InlineData("hot  dog")]
    [InlineData("hot \t\u2009dog ")]
    [InlineData("hot\ndog")]
    public void Space_within_is_one_plain_space(string text)
    {
        Assert.Equal("hot dog", LabelTexts.Clean(text));
        var labels = new LabelTexts();
        labels.Add("hot dog");
        labels.Add(text);
        Assert.Equal(["hot dog"], labels.Distinct);
    }

    [Theory]
    [InlineData("\ud83d\udc69\u200d\ud83d\udd2c")] // joined to a woman scientist
    [InlineData("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")]
    [InlineData("hot_dog")]
    public void Joiners_within_a_name_stay(string text) => Assert.Equal(text, LabelTexts.Clean(text));

    [Theory]
    [InlineData("label", true)]
    [InlineData("Fine Label", true)]
    [InlineData("label_id", true)]
    [InlineData("class_name", true)]
    [InlineData("y_true", true)]
    [InlineData("targets", true)]
    [InlineData("Pclass", false)]
    [InlineData("labelled_by", false)]
    [InlineData("target_price", false)]
    [InlineData("y", false)]
    public void Names_of_columns_of_labels_are_known(string name, bool isOne) => Assert.Equal(isOne, LabelNames.IsOne(name));
}
