using Rote.Corruptions;
using Rote.Data;
using Rote.Data.Shapes;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Networks;
using Rote.Storage;
using Rote.Studies.Claims;
using Rote.Tensors;
using Rote.Training;

namespace Rote.Studies.ImageNetSized;

/// <summary>The study at one scale.</summary>
internal sealed class SizedPlan(SizedScale scale, int seeds, Precision precision) : StudyPlan(scale.Name, seeds)
{
    /// <summary>The training accuracy of Inception V3 on random labels of ImageNet in the paper.</summary>
    public const double PaperAccuracy = 0.952;

    /// <summary>Values of a picture that the network sees: 28×28×3.</summary>
    public const int Inputs = CropSide * CropSide * 3;

    private const int CropSide = 28;

    /// <summary>The sizes.</summary>
    public SizedScale Scale { get; } = scale;

    /// <inheritdoc/>
    public override string Purpose => Scale.Purpose;

    /// <inheritdoc/>
    public override string Data => ManyShapes.NameOf(Scale.Examples);

    /// <inheritdoc/>
    public override bool IsRehearsal => Name == "smoke";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Thing, string Sentence)> Differences => SizedWords.Differences;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Thing, string Sentence)> Sizes => SizedWords.Sizes(Scale);

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims() => [.. new SizedClaims(this).All()];

    /// <inheritdoc/>
    public override string TitleOf(Experiment experiment) =>
        $"{experiment.Network.Title}, {Scale.Examples:N0} pictures, seed {experiment.Seed}";

    /// <inheritdoc/>
    public override IReadOnlyList<StudyFigure> Figures(Evidence evidence)
    {
        FinishedRun[] runs = [.. Networks().Where(evidence.Has).Select(evidence.Run)];
        return runs.Length == 0
            ? []
            :
            [
                new StudyFigure(
                    "accuracy",
                    "Random labels fitted against epochs",
                    "epochs",
                    "Training accuracy, %",
                    [.. runs.Select(run => new StudyLine($"seed {run.Experiment.Seed}", Course(run)))],
                    "The accuracy on the batches of an epoch as they are trained on, with the weights of the moment. The paper's number "
                        + "for Inception V3 on ImageNet is 95.2 %."
                ),
            ];
    }

    /// <summary>Returns the network of every seed.</summary>
    public IReadOnlyList<Experiment> Networks() => [.. Enumerable.Range(1, Seeds).Select(seed => Of(seed))];

    private static (double X, Estimate Y)[] Course(FinishedRun run) =>
        [
            .. run
                .History.Where(epoch => epoch.RunningAccuracy is not null)
                .Select(epoch => ((double)epoch.Epoch, new Estimate(100 * epoch.RunningAccuracy!.Value, double.NaN, 1))),
        ];

    private Experiment Of(long seed) =>
        new()
        {
            Data = new DataSpec { Name = Data, CropSide = CropSide },
            Corruption = new TrueLabels(), // the labels of the set are random
            Network = new Mlp { Hidden = [Scale.Width] },
            Recipe = new Recipe
            {
                BatchSize = Scale.BatchSize,
                LearningRate = Scale.LearningRate,
                Schedule = Scale.Schedule,
                Optimizer = Scale.Optimizer,
                Epochs = Scale.Epochs,
                StopAtTrainAccuracy = PaperAccuracy,
                EvaluateEvery = Scale.Epochs, // a pass over all pictures takes nearly half as long as an epoch
                Order = ChunkedOrder.OfPictures(Painter.Side * Painter.Side * 3),
                Precision = precision,
            },
            Seed = seed,
            Threads = Scale.Threads,
        };
}
