using Rote.Memorization;
using Rote.Reports;
using Rote.Reports.Runs;
using Rote.Tensors;

namespace Rote.Tests.Memorization;

/// <summary>The table on drawn logits: the first network says the rule's class, the second the label that was given.</summary>
public sealed class DegreeTableTests
{
    private const int Classes = 10;

    [Theory]
    [InlineData(1, 0.9, 0)]
    [InlineData(0.6, 0.4, 0)] // the second network has fitted six in ten
    [InlineData(0.6, 0.4, 0.1)] // and the first says one in ten of the planted labels, so that hits come and go
    public void The_interval_holds_the_degree_of_labels_that_were_not_counted(double fitted, double most, double guessed)
    {
        var (held, all) = (0, 0);
        for (var draw = 0; draw < 100; draw++)
        {
            var random = new Seeds(draw).Stream("world");
            var others = Wrong(random, 20_000, fitted, guessed: guessed);
            var table = Table(random, canaries: 100, fitted, guessed);
            foreach (var degree in new[] { guessed > 0 ? 0.15 : 0.1, most / 2, most })
            {
                var row = table.At(degree)!;
                var hits = (double)others.Right(row.Opening) / others.Count;
                var chance = (1 - ((double)row.HeldOutCorrect / table.HeldOutCount)) / (Classes - 1);
                var truth = (hits - chance) / (1 - chance);
                held += row.Canaries.Low <= truth && truth <= row.Canaries.High ? 1 : 0;
                all++;
            }
        }

        // 95 % of 300 is 285 ± 3.8 if they were independent; three of a draw are nearly one. 0.91 is 300 draws' 3.2 standard errors below.
        Assert.InRange((double)held / all, 0.91, 0.99);
    }

    [Fact]
    public void Degrees_are_within_a_canary_of_what_is_asked_and_openings_rise()
    {
        var table = Table(new Seeds(1).Stream("world"), canaries: 400);
        Assert.Equal(1, table.Most);
        Assert.Equal(1, table.Degrees[^1].Opening);
        Assert.InRange(table.Least, 0, 0.02);
        Assert.All(table.Degrees.SkipLast(1), row => Assert.Equal(row.Degree, row.Canaries.Memorization, 0.005));
        Assert.Equal(table.Degrees.Select(row => row.Opening).Order(), table.Degrees.Select(row => row.Opening));
        Assert.Equal(table.Degrees.Select(row => row.Degree).Distinct().Order(), table.Degrees.Select(row => row.Degree));
    }

    [Fact]
    public void An_opening_between_two_rows_is_in_proportion()
    {
        var table = Table(new Seeds(1).Stream("world"), canaries: 400);
        var (low, high) = (table.At(0.3)!.Opening, table.At(0.31)!.Opening);
        Assert.Equal(low, table.OpeningFor(0.3));
        Assert.Equal(low + (0.25 * (high - low)), table.OpeningFor(0.3025), 1e-9);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_degree_that_cannot_be_had_is_refused(double degree)
    {
        var table = Table(new Seeds(1).Stream("world"), canaries: 400);
        var error = Assert.Throws<InputException>(() => table.OpeningFor(degree));
        Assert.Contains("expected a number from ", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Half way between two rows a degree is as near to one as rounding allows: 0.125 was called out of reach.</summary>
    [Theory]
    [InlineData(0.125)]
    [InlineData(0.375)]
    [InlineData(0.625)]
    [InlineData(0.875)]
    [InlineData(0.025)]
    public void A_degree_half_way_between_two_rows_has_a_row(double degree)
    {
        var table = Table(new Seeds(1).Stream("world"), canaries: 400);
        Assert.Equal(degree, table.At(degree)!.Degree, 0.0051);
    }

    [Fact]
    public void Where_the_second_network_has_not_fitted_all_the_largest_degrees_are_missing()
    {
        var table = Table(new Seeds(1).Stream("world"), canaries: 400, fitted: 0.8);
        Assert.InRange(table.Most, 0.7, 0.85);
        Assert.InRange(table.Least, 0, 0.02); // the smallest are not
        Assert.Equal([(table.Least, table.Most)], table.Ranges);
        Assert.All(table.Degrees, row => Assert.Equal(row.Degree, row.Canaries.Memorization, 0.0076)); // a canary, and half a row
        Assert.Equal(table.Degrees.Select(row => row.Opening).Order(), table.Degrees.Select(row => row.Opening));
        Assert.Throws<InputException>(() => table.OpeningFor(0.9));
        Assert.Null(table.At(0.9));
    }

    [Fact]
    public void Where_it_has_fitted_none_no_degree_can_be_had()
    {
        var table = Table(new Seeds(1).Stream("world"), canaries: 40, fitted: 0);
        Assert.Equal((1, 0), (table.Least, table.Most));
        Assert.Empty(table.Degrees);
        Assert.Empty(table.Ranges);
        Assert.Contains("No degree", Assert.Throws<InputException>(() => table.OpeningFor(0.5)).Message, StringComparison.Ordinal);
    }

    /// <summary>The second network is wholly sure of every canary: the gate lets none in, or all.</summary>
    [Fact]
    public void Where_all_canaries_have_one_threshold_there_are_no_degrees_between()
    {
        var table = Chosen(_ => (1, 1), _ => 200);
        Assert.Equal(1, table.Most);
        Assert.DoesNotContain(table.Degrees, row => row.Degree is > 0.05 and < 0.98);
    }

    /// <summary>The second network is wholly sure of half of the canaries, and fairly sure of the others.</summary>
    [Fact]
    public void A_degree_in_a_hole_of_the_table_is_refused()
    {
        var table = Chosen(_ => (1, 1), i => i < 100 ? 200 : 4);
        Assert.InRange(table.Least, 0.4, 0.5); // half, less what chance hits
        Assert.Equal(1, table.OpeningFor(1));
        var error = Assert.Throws<InputException>(() => table.OpeningFor(0.75)); // it was set, and half were hit, or all
        Assert.Contains("networks have none between 0", error.Message, StringComparison.Ordinal);
        Assert.Equal(table.Degrees.Select(row => (row.Degree, row.Degree)), table.Ranges);
        var list = string.Join(", ", table.Degrees.SkipLast(1).Select(row => Numbers.Degree(row.Degree)));
        Assert.Equal($"One training, the degrees of memorization {list} and 1.", AdjustableTable.Create(table).Caption);
    }

    /// <summary>The first network is so sure of one planted label in ten that it says it at every opening.</summary>
    [Fact]
    public void A_number_that_is_hit_from_the_least_opening_on_has_an_opening()
    {
        var random = new Seeds(1).Stream("second");
        var row = Chosen(i => (i < 20 ? 0 : 1, 100), _ => 1 + (float)(9 * random.NextDouble())).Degrees[0];
        Assert.InRange(row.Degree, 0.02, 0.11); // a tenth, less what chance hits
        Assert.Equal(20, row.Canaries.Hits);
    }

    /// <summary>Two classes and few examples: a held-out example moves chance by more than a row.</summary>
    [Fact]
    public void With_two_classes_rows_are_what_they_say_and_openings_rise()
    {
        for (var draw = 0; draw < 20; draw++)
        {
            var random = new Seeds(draw).Stream("world");
            var table = DegreeTable.Of(Wrong(random, 40, classes: 2), Right(random, 50, 2), Right(random, 50, 2), 2);
            Assert.NotEmpty(table.Degrees);
            Assert.All(table.Degrees, row => Assert.Equal(row.Degree, row.Canaries.Memorization, (1.0 / 40) + 0.0051));
            Assert.Equal(table.Degrees.Select(row => row.Opening).Order(), table.Degrees.Select(row => row.Opening));
            Assert.Null(table.Fault);
        }
    }

    /// <summary>The first network says as many planted labels as chance would, the second has not fitted all: hits come and go.</summary>
    [Theory]
    [InlineData(10, 0.4, 0.06)]
    [InlineData(2, 0.8, 0.5)]
    public void Where_hits_come_and_go_the_small_degrees_are_there_and_openings_rise(int classes, double fitted, double guessed)
    {
        for (var draw = 0; draw < 20; draw++)
        {
            var random = new Seeds(draw).Stream("world");
            var canaries = Wrong(random, 400, fitted, classes, guessed);
            var table = DegreeTable.Of(canaries, Right(random, 2000, classes), Right(random, 500, classes), classes);
            Assert.InRange(table.Least, 0, 0.1);
            Assert.InRange(table.Most, 0.3, 0.7);
            Assert.All(table.Degrees, row => Assert.Equal(row.Degree, row.Canaries.Memorization, 0.0076));
            Assert.Equal(table.Degrees.Select(row => row.Opening).Order(), table.Degrees.Select(row => row.Opening));
        }
    }

    /// <summary>200 canaries whose logits are chosen.</summary>
    /// <param name="low">How many classes after the planted one the first network says, and its lead.</param>
    /// <param name="high">The planted label's lead by the second.</param>
    private static DegreeTable Chosen(Func<int, (int After, float Lead)> low, Func<int, float> high)
    {
        var random = new Seeds(1).Stream("world");
        int[] labels = [.. Enumerable.Range(0, 200).Select(i => i % Classes)];
        var (first, second) = (new float[labels.Length * Classes], new float[labels.Length * Classes]);
        for (var i = 0; i < labels.Length; i++)
        {
            var (after, lead) = low(i);
            first[(i * Classes) + ((labels[i] + after) % Classes)] = lead;
            second[(i * Classes) + labels[i]] = high(i);
        }

        var canaries = new LogitPairs(labels, first, second, LogitPairs.Sure(second, labels.Length));
        return DegreeTable.Of(canaries, Right(random, 2000), Right(random, 500), Classes);
    }

    private static DegreeTable Table(RandomStream random, int canaries, double fitted = 1, double guessed = 0) =>
        DegreeTable.Of(Wrong(random, canaries, fitted, guessed: guessed), Right(random, 2000), Right(random, 500), Classes);

    /// <summary>Examples with a random wrong label that the second network has fitted, and the first now and then says.</summary>
    private static LogitPairs Wrong(RandomStream random, int count, double fitted = 1, int classes = Classes, double guessed = 0) =>
        Draw(random, count, rule => (rule + 1 + (int)(random.NextDouble() * (classes - 1))) % classes, fitted, classes, guessed);

    /// <summary>Examples that neither was trained on, half of them of the rule's class.</summary>
    private static LogitPairs Right(RandomStream random, int count, int classes = Classes) =>
        Draw(
            random,
            count,
            rule => random.NextDouble() < 0.5 ? rule : (rule + 1 + (int)(random.NextDouble() * (classes - 1))) % classes,
            0,
            classes
        );

    private static LogitPairs Draw(RandomStream random, int count, Func<int, int> labelOf, double fitted, int classes, double guessed = 0)
    {
        var (labels, low, high) = (new int[count], new float[count * classes], new float[count * classes]);
        for (var i = 0; i < count; i++)
        {
            var rule = (int)(random.NextDouble() * classes);
            labels[i] = labelOf(rule);
            for (var k = 0; k < classes; k++)
            {
                (low[(i * classes) + k], high[(i * classes) + k]) = ((float)random.NextDouble(), (float)random.NextDouble());
            }

            low[(i * classes) + (guessed > 0 && random.NextDouble() < guessed ? labels[i] : rule)] += (float)(
                1 + (3 * random.NextDouble())
            );
            high[(i * classes) + (random.NextDouble() < fitted ? labels[i] : rule)] += (float)(2 + (4 * random.NextDouble()));
        }

        return new LogitPairs(labels, low, high, LogitPairs.Sure(high, count));
    }
}
