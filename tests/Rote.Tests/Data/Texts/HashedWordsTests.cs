using Rote.Data;
using Rote.Data.Texts;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Data.Texts;

[NoTensorLeaks]
public sealed class HashedWordsTests
{
    private static float[] Of(string text)
    {
        var vector = new float[HashedWords.Size];
        HashedWords.Fill(text, vector);
        return vector;
    }

    private static double Cosine(float[] a, float[] b) =>
        a.Zip(b, (x, y) => (double)x * y).Sum() / Math.Sqrt(a.Sum(x => (double)x * x) * b.Sum(x => (double)x * x));

    [Fact]
    public void Case_space_punctuation_and_the_form_of_letters_make_no_difference()
    {
        Assert.Equal(Of("Where is my café?"), Of("  where IS,\tmy cafe\u0301 "));
        Assert.NotEqual(Of("where is my card"), Of("is where my card")); // pairs of words have an order
    }

    [Fact]
    public void A_text_without_words_is_zero()
    {
        Assert.All(new[] { "", "  ", "?!…", "\u0000\u0001" }, text => Assert.All(Of(text), v => Assert.Equal(0, v)));
    }

    [Fact]
    public void Texts_that_share_words_are_nearer_than_others_in_every_script()
    {
        (string, string, string)[] cases =
        [
            ("where is my new card", "my new card is lost", "the exchange rate was wrong today"),
            ("猫が好きです", "猫が嫌いです", "銀行口座を開く"),
            ("где моя новая карта", "моя новая карта потеряна", "курс обмена был неверным"),
        ];
        Assert.All(cases, c => Assert.True(Cosine(Of(c.Item1), Of(c.Item2)) > Cosine(Of(c.Item1), Of(c.Item3)) + 0.2));
    }

    // Weinberger et al. 2009: products of hashed vectors are those of the counts, on average.
    [Fact]
    public void Texts_of_other_words_are_orthogonal_on_average()
    {
        var vectors = Enumerable
            .Range(0, 60)
            .Select(i => Of(string.Join(' ', Enumerable.Range(0, 10).Select(k => Word((i * 10) + k)))))
            .ToArray();
        var cosines = vectors.SelectMany((a, i) => vectors.Skip(i + 1).Select(b => Cosine(a, b))).ToArray();
        Assert.InRange(Math.Abs(cosines.Average()), 0, 0.02);

        static string Word(int number) => string.Concat(Enumerable.Range(0, 6).Select(k => (char)('\u4e00' + (number * 6) + k)));
    }

    [Fact]
    public void Rare_places_count_more_and_every_row_has_one_length_as_a_naive_loop_says()
    {
        string[] texts = ["the red card", "the blue card", "the green house", ""];
        using var data = Texts(texts);
        var features = VectorFeatures.Of(data);
        using var found = features.Standardize(data);
        var raw = texts.Select(Of).ToArray();
        var values = found.Pixels.data<float>().ToArray().Chunk(HashedWords.Size).ToArray();
        for (var i = 0; i < texts.Length; i++)
        {
            var weighted = raw[i].Select((v, d) => v * (Math.Log((1.0 + texts.Length) / (1 + raw.Count(r => r[d] != 0))) + 1)).ToArray();
            var length = Math.Sqrt(weighted.Sum(v => v * v));
            Assert.All(
                weighted.Zip(values[i]),
                p => Assert.Equal(length == 0 ? 0 : Math.Sqrt(HashedWords.Size) * p.First / length, p.Second, 3)
            );
        }

        Assert.True(features.AreTexts);
        Assert.Same(data.Texts, found.Texts);
    }

    [Fact]
    public void Only_places_of_the_texts_trained_on_count()
    {
        using var train = Texts(["the red card", "the blue card"]);
        using var other = Texts(["xylophone"]);
        using var found = VectorFeatures.Of(train).Standardize(other);
        var known = Of("the red card").Zip(Of("the blue card"), (a, b) => a != 0 || b != 0).ToArray();
        Assert.All(found.Pixels.data<float>().ToArray().Zip(known), p => Assert.True(p.Second || p.First == 0));
    }

    [Fact]
    public void A_key_is_the_same_but_for_case_space_and_form()
    {
        Assert.Equal(TextWords.Key("Where  is\nmy Café? "), TextWords.Key("where is my cafe\u0301?"));
        Assert.NotEqual(TextWords.Key("where is my café?"), TextWords.Key("where is my café"));
    }

    [Fact]
    public void A_data_set_keeps_its_texts_whatever_is_taken_of_it()
    {
        using var data = Texts(["a", "b", "c"]);
        using var two = data.Take(2);
        using var some = data.Select([2, 0]);
        using var both = Dataset.Concat(two, some, Split.Test);
        using var with = both.With(labels: zeros(4, int64));
        using var classes = with.WithClasses(zeros(4, int64), ["only"]);
        Assert.Equal(["a", "b", "c", "a"], classes.Texts!);
        Assert.Equal(DataColumnKind.Text, classes.Columns!.Single().Kind);
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() =>
            new Dataset(zeros([2, 1], float32), zeros(2, int64), ["a"], Split.Train, new Provenance("", "", ""), texts: ["one"])
        );
        Assert.Throws<ArgumentException>(() =>
            new Dataset(zeros([2, 1], float32), zeros(2, int64), ["a"], Split.Train, new Provenance("", "", ""), columns: data.Columns)
        );
    }

    private static Dataset Texts(string[] texts)
    {
        using var scope = NewDisposeScope();
        return new Dataset(
            HashedWords.Of(texts, CancellationToken.None),
            zeros(texts.Length, int64),
            ["a", "b"],
            Split.Train,
            new Provenance("texts", "made by the test", ""),
            columns: [new DataColumn { Name = "text", Kind = DataColumnKind.Text }],
            texts: texts
        );
    }
}
