using Rote.Audits.Review;
using Rote.Measurement;
using Rote.Tensors;
using Rote.Tests.Support;

namespace Rote.Tests.Audits.Review;

public sealed class ReviewEstimateTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0.2, 0.9, 300)] // an audit that ranks well
    [InlineData(0.2, 0.1, 300)] // one that hardly knows anything: most wrong labels are among the rest
    [InlineData(0.5, 0.5, 120)]
    public void The_interval_holds_the_truth_in_nine_of_ten_of_200_simulated_reviews(double controls, double rankedWell, int decisions)
    {
        const int Reviews = 200;
        const int Count = 2000;
        var held = 0;
        var widths = 0.0;
        for (var review = 0; review < Reviews; review++)
        {
            var set = Set(review, Count);
            var queue = new ReviewQueue(set, controls);
            var wrong = Wrong(review, set, rankedWell);
            var log = new DecisionLog(set, _folder.File($"{review}-{controls}.jsonl"));
            File.WriteAllLines(
                log.Path,
                Enumerable.Range(0, decisions).Select(place => Line(set, queue[place], queue.IsControl(queue[place]), wrong[queue[place]]))
            );
            log.Refresh();
            var estimate = ReviewEstimate.Of(set, queue, log);
            held += estimate.Low <= wrong.Count(w => w) && wrong.Count(w => w) <= estimate.High ? 1 : 0;
            widths += estimate.High - estimate.Low;
            Assert.InRange(estimate.Total, estimate.Low, estimate.High);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{held} of {Reviews} hold the truth; width {widths / Reviews:F0} of {Count}");
        Assert.InRange(held, (int)(0.9 * Reviews), Reviews);
        Assert.True(widths / Reviews < 0.25 * Count, $"An interval of {widths / Reviews} of {Count} says nothing.");
    }

    // One decision far down the list used to take the control items above it out of the sample, and with them all that is known of the
    // most suspicious undecided examples.
    [Fact]
    public void The_interval_holds_the_truth_for_reviewers_who_jump()
    {
        const int Reviews = 200;
        const int Count = 2000;
        var held = 0;
        for (var review = 0; review < Reviews; review++)
        {
            var set = Set(review, Count);
            var queue = new ReviewQueue(set, 0.2);
            var wrong = Wrong(review, set, rankedWell: 0.9);
            var log = new DecisionLog(set, _folder.File($"jump-{review}.jsonl"));
            int[] places = [.. Enumerable.Range(0, 150), 900, 1200, .. Enumerable.Range(0, 5).Select(i => 300 + (100 * i))];
            File.WriteAllLines(
                log.Path,
                places.Select(place => Line(set, queue[place], queue.IsControl(queue[place]), wrong[queue[place]]))
            );
            log.Refresh();
            var estimate = ReviewEstimate.Of(set, queue, log);
            held += estimate.Low <= wrong.Count(w => w) && wrong.Count(w => w) <= estimate.High ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{held} of {Reviews} hold the truth");
        Assert.InRange(held, (int)(0.95 * Reviews), Reviews);
    }

    // Of 50,000 examples every fifth of the first 10,000 by suspicion is wrong: 2,000.
    [Fact]
    public void One_decision_far_down_the_list_moves_the_estimate_by_next_to_nothing()
    {
        var set = Set(1, 50_000);
        var queue = new ReviewQueue(set, 0.2);
        var wrong = new bool[50_000];
        foreach (var id in set.BySuspicion.Take(10_000).Where((_, rank) => rank % 5 == 0))
        {
            wrong[id] = true;
        }

        var log = new DecisionLog(set, _folder.File("far.jsonl"));
        string Decided(int place) => Line(set, queue[place], queue.IsControl(queue[place]), wrong[queue[place]]);
        File.WriteAllLines(log.Path, Enumerable.Range(0, 1000).Select(Decided));
        log.Refresh();
        var before = ReviewEstimate.Of(set, queue, log);
        Assert.InRange(2000, before.Low, before.High);
        File.AppendAllLines(log.Path, [Decided(Enumerable.Range(15_000, 100).First(place => !queue.IsControl(queue[place])))]);
        log.Refresh();
        var after = ReviewEstimate.Of(set, queue, log);
        Assert.InRange(2000, after.Low, after.High);
        Assert.InRange(after.Total / before.Total, 0.95, 1.05);
    }

    [Fact]
    public void What_is_known_needs_no_estimate()
    {
        var set = Set(1, 40);
        var queue = new ReviewQueue(set);
        var wrong = Wrong(1, set, 0.5);
        var log = new DecisionLog(set);
        foreach (var id in queue.Order)
        {
            log.Add(ReviewDecision.Parse(Line(set, id, queue.IsControl(id), wrong[id]))!);
        }

        var estimate = ReviewEstimate.Of(set, queue, log);
        Assert.Equal(wrong.Count(w => w), estimate.Low);
        Assert.Equal(wrong.Count(w => w), estimate.High);
        Assert.Equal(wrong.Count(w => w), estimate.Total);
        Assert.Equal(0, estimate.ControlsToHalve);
    }

    [Fact]
    public void Before_the_first_control_item_nothing_is_told_and_unsure_ones_widen_both_ends()
    {
        var set = Set(1, 100);
        var queue = new ReviewQueue(set, controls: 0);
        var log = new DecisionLog(set);
        var session = new ReviewSession(set, log, queue, "ann", TimeProvider.System);
        session.Decide(queue[0], ReviewChoice.Drop);
        var before = session.Estimate();
        Assert.True(double.IsNaN(before.Total));
        Assert.Equal((1, 100), (before.Low, before.High));
        session.Decide(queue[1], ReviewChoice.Unsure);
        session.Decide(queue[2], ReviewChoice.Keep);
        var after = session.Estimate();
        Assert.Equal((2, 1, 1, 97), (after.Reviewed, after.Wrong, after.Unsure, after.Rest));
        Assert.Equal(0.5, after.Precision);
        Assert.Equal((1, 99), (after.Low, after.High));
    }

    [Fact]
    public void A_control_item_that_was_passed_over_counts_as_unsure()
    {
        var set = Set(1, 200);
        var session = new ReviewSession(set, new DecisionLog(set), new ReviewQueue(set, controls: 1), "ann", TimeProvider.System);
        session.Decide(session.Queue[0], ReviewChoice.Keep);
        session.Decide(session.Queue[2], ReviewChoice.Keep);
        var estimate = session.Estimate();
        Assert.Equal((3, 0, 1), (estimate.Controls, estimate.ControlsWrong, estimate.ControlsUnsure));
        Assert.Equal(ExactInterval.Of(1, 3, 200).High, estimate.High);
        Assert.Equal(0, estimate.Low);
    }

    [Fact]
    public void So_many_more_control_items_halve_the_interval()
    {
        var set = Set(3, 5000);
        var queue = new ReviewQueue(set, controls: 1);
        var wrong = Wrong(3, set, 0.1);
        var log = new DecisionLog(set);
        File.WriteAllLines(log.Path, queue.Order.Take(150).Select(id => Line(set, id, true, wrong[id])));
        log.Refresh();
        var first = ReviewEstimate.Of(set, queue, log);
        Assert.InRange(first.ControlsToHalve, 100, 2000);
        File.AppendAllLines(log.Path, queue.Order.Skip(150).Take(first.ControlsToHalve).Select(id => Line(set, id, true, wrong[id])));
        log.Refresh();
        var second = ReviewEstimate.Of(set, queue, log);
        Assert.InRange((second.High - second.Low) / (double)(first.High - first.Low), 0.35, 0.65);
    }

    [Fact]
    public void The_order_is_that_of_suspicion_with_control_items_at_the_share_asked_for()
    {
        var set = Set(1, 2000);
        var queue = new ReviewQueue(set, 0.2);
        Assert.Equal(Enumerable.Range(0, 2000), queue.Order.Order());
        Assert.InRange(queue.Order.Count(queue.IsControl), 330, 470);
        var suspects = queue.Order.Where(id => !queue.IsControl(id)).ToArray();
        Assert.Equal(suspects.OrderByDescending(id => set.Examples[id].Score), suspects);

        // The control items are the same at any share, so that what was decided at another one still counts.
        var controls = queue.Order.Where(queue.IsControl).ToArray();
        Assert.Equal(controls.OrderBy(id => Array.IndexOf(queue.ControlOrder, id)), controls);
        Assert.Equal(queue.ControlOrder, new ReviewQueue(set, 0.7).ControlOrder);
        Assert.Equal(queue.Order, new ReviewQueue(set, 0.2).Order);
        Assert.Throws<InputException>(() => new ReviewQueue(set, double.NaN));
        Assert.Throws<InputException>(() => new ReviewQueue(set, 1.01));
    }

    /// <summary>An audit with an identity of its own, which its random draws depend on.</summary>
    private ReviewSet Set(int number, int count)
    {
        var folder = _folder.File($"audit-{number}-{count}");
        if (!Directory.Exists(folder))
        {
            ReviewSamples.Write(folder, count, suspects: count / 10);
            var summary = Path.Combine(folder, "summary.json");
            File.WriteAllText(
                summary,
                File.ReadAllText(summary).Replace(ReviewSamples.Identity[..6], $"{number:x6}", StringComparison.Ordinal)
            );
        }

        return ReviewSet.Open(folder);
    }

    /// <summary>Which labels are wrong: 4 %, of them the given share among the tenth that is most suspicious.</summary>
    private static bool[] Wrong(int number, ReviewSet set, double rankedWell)
    {
        var random = new Seeds(number).Stream("test/wrong");
        var (count, suspects) = (set.Examples.Count, set.Examples.Count / 10);
        return
        [
            .. set.Examples.Select(e =>
                random.NextDouble()
                < (e.Id < suspects ? 0.04 * count * rankedWell / suspects : 0.04 * count * (1 - rankedWell) / (count - suspects))
            ),
        ];
    }

    private static string Line(ReviewSet set, int id, bool control, bool wrong) =>
        new ReviewDecision
        {
            Audit = set.Audit[..12],
            File = set.Examples[id].Identity.File,
            Row = set.Examples[id].Identity.Row,
            Label = set.ClassNames[set.Examples[id].Label],
            Decision = wrong ? ReviewChoice.Drop : ReviewChoice.Keep,
            Reviewer = "ann",
            Time = DateTimeOffset.UnixEpoch,
            Control = control,
        }.ToLine();
}
