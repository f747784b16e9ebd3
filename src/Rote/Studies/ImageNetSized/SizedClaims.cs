using Rote.Data.Shapes;
using Rote.Measurement;
using Rote.Storage;
using Rote.Studies.Claims;

namespace Rote.Studies.ImageNetSized;

/// <summary>The study's claims.</summary>
/// <param name="plan">The sizes.</param>
internal sealed class SizedClaims(SizedPlan plan)
{
    private const double Chance = 1.0 / ManyShapes.Classes;

    /// <summary>Returns the claims.</summary>
    public IEnumerable<Claim> All() =>
        [
            Create(
                "random/fits",
                "Table 2, random labels",
                $"One hidden layer of {plan.Scale.Width:N0} units fits {plan.Scale.Examples:N0} random labels of {ManyShapes.Classes:N0} "
                    + "(training accuracy)",
                "95.2 %, Inception V3",
                new AtLeast(SizedPlan.PaperAccuracy, "The paper's number."),
                run => Estimate.Share(run.Summary.TrainCorrect, run.Summary.TrainCount)
            ),
            Create(
                "control/starts-at-chance",
                "control",
                "Untrained it knows none of them (training accuracy)",
                "0.1 %, chance",
                Near(plan.Scale.Examples),
                run => Untrained(run)
            ),
            Create(
                "control/nothing-learned",
                "control",
                "What it fitted says nothing about other pictures (test accuracy)",
                "not given; chance is 0.1 %",
                Near(plan.Scale.TestExamples),
                run => Estimate.Share(run.Summary.TestCorrect, run.Summary.TestCount)
            ),
        ];

    private static Within Near(int examples) =>
        new(Chance, 4 * Math.Sqrt(Chance * (1 - Chance) / examples), $"Four standard errors of chance in {examples:N0} examples.");

    private Claim Create(string id, string source, string statement, string paper, Criterion criterion, Func<FinishedRun, Estimate> read) =>
        new()
        {
            Id = id,
            Source = source,
            Statement = statement,
            Paper = paper,
            Unit = Unit.Share,
            Criterion = criterion,
            Needs = plan.Networks(),
            Measure = evidence =>
            {
                Estimate[] shares = [.. plan.Networks().Select(network => read(evidence.Run(network)))];
                return shares is [var one] ? one : Estimate.Mean([.. shares.Select(share => share.Value)]);
            },
        };

    private static Estimate Untrained(FinishedRun run) =>
        run.History[0].TrainAccuracy is { } accuracy
            ? Estimate.Share((long)Math.Round(accuracy * run.Summary.TrainCount), run.Summary.TrainCount)
            : throw new NoEvidenceException("Epoch 0 was not evaluated.", isOfTheNetwork: false);
}
