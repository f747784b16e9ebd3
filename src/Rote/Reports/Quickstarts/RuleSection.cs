using Rote.Measurement;
using Rote.Reports.Charts;
using Rote.Studies;
using Rote.Training;

namespace Rote.Reports.Quickstarts;

/// <summary>From rote to rule and back: the quickstart's second network, as a chart and as sentences that its numbers choose.</summary>
/// <param name="course">The numbers.</param>
internal sealed class RuleSection(RuleCourse course)
{
    /// <summary>Adds the section to the quickstart's page.</summary>
    public void AddTo(HtmlPage page)
    {
        page.Heading("rule", "From rote to rule, and back");
        page.Paragraph(Html.Text(Setting()));
        page.Paragraph(Html.Text($"{Facts()} {Meaning()}"));
        page.Figure("rule-after-rote", Chart(), Html.Text(Caption()));
    }

    /// <summary>Training and test accuracy and canaries against epochs.</summary>
    public LineChart Chart() =>
        new()
        {
            Title = $"From rote to rule: {course.Network} on sums modulo {course.Modulus}",
            Description = Facts(),
            X = new ChartAxis("Epoch, one step on all pairs") { Minimum = 0 },
            Y = new ChartAxis("Share, %") { Minimum = 0, Maximum = 100 },
            Lines =
            [
                Line("training pairs, as given", 0, epoch => epoch.TrainAccuracy),
                Line("canaries: wrong sums by rote", 1, epoch => epoch.Memorization),
                Line("new pairs, by rule", 2, epoch => epoch.TestAccuracy),
            ],
        };

    /// <summary>The course in two half sentences, for the screen.</summary>
    public string Facts()
    {
        var (rote, end) = (course.AtMostRote, course.AtTheEnd);
        return $"At epoch {rote.Epoch:N0} it predicts {Share(rote.Memorization, course.Canaries)} of the canaries' wrong sums and is right "
            + $"on {Share(rote.TestAccuracy, course.TestCount)} of the pairs it never saw; at epoch {end.Epoch:N0} it predicts "
            + $"{Share(end.Memorization, course.Canaries)} of those wrong sums and is right on "
            + $"{Share(end.TestAccuracy, course.TestCount)} of the new pairs.";
    }

    private string Setting() =>
        $"A second network, {course.Network}, learns the sums of two numbers modulo {course.Modulus}: there is a rule, and it is not seen "
        + $"at once. It is given {course.TrainCount:N0} pairs, {course.Wrong:N0} of them with a wrong sum, and strong weight decay.";

    private string Meaning() =>
        course.IsWhole
            ? "First it learns by rote, wrong sums included; then it finds the rule; and with the rule it gives up most of what it "
                + "had learned by rote. That a network fits its training set does not say which of the two it has learned, nor that "
                + "it stays so."
            : "This run does not show the whole course: rote without a rule first, then a rule, and less rote in the end.";

    private string Caption() =>
        $"Right on new pairs: share of the {course.TestCount:N0} pairs that were never trained on. Canaries: share of {course.Canaries:N0} "
        + $"planted wrong sums that the network says, corrected for chance. rote reproduce rule-after-rote looks closer.";

    private ChartLine Line(string name, int style, Func<EpochMetrics, double?> read) =>
        new(
            name,
            style,
            [
                .. course
                    .Epochs.Where(epoch => read(epoch) is not null)
                    .Select(epoch => new ChartPoint(epoch.Epoch, 100 * read(epoch)!.Value)),
            ]
        );

    private static string Share(double? share, int count) =>
        share is { } known
            ? Numbers.PercentWithError(new Estimate(known, Math.Sqrt(known * (1 - known) / count), count))
            : "an unknown share";
}
