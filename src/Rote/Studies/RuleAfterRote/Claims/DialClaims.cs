using Rote.Experiments;
using Rote.Measurement;
using Rote.Storage;
using Rote.Studies.Claims;

namespace Rote.Studies.RuleAfterRote.Claims;

/// <summary>The dial on a task that is learned by rote first.</summary>
internal static class DialClaims
{
    public static IEnumerable<Claim> Of(ClaimFactory make)
    {
        var dial = make.Plan.Dial();
        return
        [
            Create(
                make,
                dial,
                "dial/half",
                "The dial, asked for m = 0.5, holds it here as well (m on the canaries kept apart)",
                Unit.Number,
                new Within(0.5, 0.07, "Half the width of the interval that the dial's number of canaries is made for."),
                run =>
                {
                    var apart = run.Summary.Certificate()!.HeldOut;
                    return RuleReadings.Share(apart.Memorization, apart.Canaries);
                }
            ),
            Create(
                make,
                dial,
                "dial/rule",
                "and the network finds the rule beside the half that it holds by rote (test accuracy)",
                Unit.Share,
                new AtLeast(0.5, "As unlearn/right-instead: a rule answers more than half."),
                run => run.Summary.TestAccuracy()
            ),
        ];
    }

    private static Claim Create(
        ClaimFactory make,
        IReadOnlyList<Experiment>? dial,
        string id,
        string statement,
        Unit unit,
        Criterion criterion,
        Func<FinishedRun, Estimate> read
    ) =>
        new()
        {
            Id = id,
            Source = ClaimFactory.Own,
            Statement = statement,
            Paper = "no number",
            Unit = unit,
            Criterion = criterion,
            Needs = dial ?? [],
            Measure = evidence =>
            {
                var numbers = dial!.Select(experiment => read(evidence.Run(experiment))).ToArray();
                return numbers.Length == 1 ? numbers[0] : Estimate.Mean([.. numbers.Select(number => number.Value)]);
            },
            NotAtThisScale = dial is null
                ? "The dial plants enough wrong labels to know m to 0.07, and this scale has too few pairs for that."
                : null,
        };
}
