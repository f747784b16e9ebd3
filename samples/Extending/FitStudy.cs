using Rote.Corruptions;
using Rote.Data;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Networks;
using Rote.Studies.Claims;
using Rote.Tensors;
using Rote.Training;

namespace Extending;

/// <summary>A study of one claim: a small MLP fits random labels of 200 drawn pictures.</summary>
public sealed class FitStudy : IStudy
{
    /// <inheritdoc/>
    public string Name => "fit";

    /// <inheritdoc/>
    public string Title => "Does a small network fit random labels?";

    /// <inheritdoc/>
    public string Source => "the sample of an extension";

    /// <inheritdoc/>
    public StudyPlan Plan(string? scale, int seeds, Precision precision) => new FitPlan(scale ?? "small", seeds, precision);

    private sealed class FitPlan(string scale, int seeds, Precision precision) : StudyPlan(scale, seeds)
    {
        public override string Purpose => "A minute of one core, to show how a study is added.";

        public override string Data => "shapes";

        public override IReadOnlyList<Claim> Claims()
        {
            Experiment[] runs = [.. Enumerable.Range(1, Seeds).Select(Run)];
            return
            [
                new Claim
                {
                    Id = "fit/random-labels",
                    Source = "samples/Extending",
                    Statement = "training accuracy on random labels",
                    Paper = "100 %",
                    Unit = Unit.Share,
                    Criterion = new AtLeast(0.99, "All labels but one in a hundred."),
                    Needs = runs,
                    Measure = evidence =>
                        runs.Length == 1
                            ? evidence.Run(runs[0]).Summary.TrainAccuracy()
                            : Estimate.Mean([.. runs.Select(run => evidence.Run(run).Summary.TrainAccuracy().Value)]),
                },
            ];
        }

        private Experiment Run(int seed) =>
            new()
            {
                Data = new DataSpec
                {
                    Name = Data,
                    Examples = 200,
                    TestExamples = 100,
                },
                Corruption = new RandomLabels(),
                Network = new Mlp { Hidden = [128] },
                Recipe = new Recipe
                {
                    Epochs = 60,
                    BatchSize = 32,
                    StopAtTrainAccuracy = 1,
                    Precision = precision,
                },
                Seed = seed,
                Threads = 1,
            };
    }
}
