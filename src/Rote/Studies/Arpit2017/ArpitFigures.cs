using Rote.Studies.Arpit2017.Networks;
using Rote.Studies.Claims;

namespace Rote.Studies.Arpit2017;

/// <summary>Draws the study's figures from the available draws.</summary>
/// <param name="plan">The sizes.</param>
/// <param name="evidence">The calculations.</param>
internal sealed class ArpitFigures(ArpitPlan plan, Evidence evidence)
{
    private const string Percent = "Share, %";
    private const string Epochs = "log10 of the epoch";
    private static readonly NoiseLevel Some = new(NoiseKind.Labels, 0.4);

    private readonly ArpitReadings _readings = new(plan, evidence);

    /// <summary>The figures of what is there.</summary>
    public IReadOnlyList<StudyFigure> All() =>
        [
            .. If(draw => draw.HasEasy, Easy),
            .. If(draw => draw.HasSensitivity, Sensitivity),
            .. If(draw => draw.HasCapacity, Units, TimeToFit, Examples),
            .. If(draw => draw.HasCourse, Validation, Course, Critical),
            .. If(draw => draw.HasRegularizers, Regularizers),
        ];

    private IEnumerable<StudyFigure> If(Func<ArpitDraw, bool> has, params Func<StudyFigure>[] figures) =>
        _readings.All(has) ? figures.Select(figure => figure()) : [];

    private StudyFigure Easy()
    {
        var networks = plan.Scale.EasyNetworks;
        return Figure(
            "easy",
            "How often an example is learned in one epoch",
            "share of the examples, the hardest first, %",
            "Networks that are right, %",
            [
                .. EasyExamples.Kinds.Select(kind => Sorted(kind.Title(), draw => draw.Easy(kind).Right)),
                Sorted("random inputs, shuffled", draw => draw.Easy(NoiseLevel.RandomInputs).Shuffled),
            ],
            $"{networks} networks of each kind. Shuffled: as if all examples were equally hard."
        );

        StudyLine Sorted(string name, Func<ArpitDraw, IReadOnlyList<int>> counts) =>
            new(
                name,
                [
                    .. Enumerable
                        .Range(0, 51)
                        .Select(i => 2 * i)
                        .Select(percent => ((double)percent, _readings.Mean(draw => 100 * Quantile(counts(draw), percent) / networks))),
                ]
            );

        static double Quantile(IReadOnlyList<int> counts, int percent) =>
            counts.Order().ElementAt((int)Math.Round(percent / 100.0 * (counts.Count - 1)));
    }

    private StudyFigure Sensitivity()
    {
        return Figure(
            "sensitivity",
            "How unequally the loss depends on the examples",
            "epochs of training",
            "Gini coefficient of the loss-sensitivity",
            [
                .. EasyExamples.Kinds.Select(kind => Line(kind.Title(), kind, unique: false)),
                Line("real data, a class each", NoiseLevel.Real, unique: true),
                Line("random inputs, a class each", NoiseLevel.RandomInputs, unique: true),
            ],
            "Through all steps of training, of the loss after so many epochs."
        );

        StudyLine Line(string name, NoiseLevel noise, bool unique) =>
            new(
                name,
                [
                    .. plan.Scale.Horizons.Select(
                        (epochs, i) => ((double)epochs, _readings.Mean(draw => draw.Sensitivity(noise, unique).Gini[i]))
                    ),
                ]
            );
    }

    private StudyFigure Units() =>
        Figure(
            "units",
            "Validation accuracy against units",
            "log2 of the hidden units",
            "Validation accuracy, %",
            [.. ArpitScale.CapacityLevels.Select(noise => ByUnits(noise, point => 100 * point.Last))],
            $"{plan.Scale.Examples} training examples, at the end of training."
        );

    private StudyFigure TimeToFit() =>
        Figure(
            "time",
            "Time to fit against units",
            "log2 of the hidden units",
            "log10 of the epochs to 100 % of training",
            [.. ArpitScale.CapacityLevels.Select(noise => ByUnits(noise, point => Math.Log10(point.Epochs!.Value), onlyFitted: true))],
            $"{plan.Scale.Examples} training examples. Where a draw was not fitted, there is no point."
        );

    private StudyFigure Examples() =>
        Figure(
            "examples",
            "Time to fit against examples",
            "log2 of the training examples",
            "log10 of the epochs to 100 % of training",
            [
                .. ArpitScale.CapacityLevels.Select(noise => new StudyLine(
                    noise.Title(),
                    [
                        .. plan
                            .Scale.Sizes.Where(size => _readings.All(draw => draw.Size(noise, size).Epochs is not null))
                            .Select(size => (Math.Log2(size), _readings.Mean(draw => Math.Log10(draw.Size(noise, size).Epochs!.Value)))),
                    ]
                )),
            ],
            $"{plan.Scale.SizeUnits} hidden units."
        );

    private StudyLine ByUnits(NoiseLevel noise, Func<CapacityPoint, double> read, bool onlyFitted = false) =>
        new(
            noise.Title(),
            [
                .. plan
                    .Scale.Units.Where(units => !onlyFitted || _readings.All(draw => draw.Width(noise, units).Epochs is not null))
                    .Select(units => (Math.Log2(units), _readings.Mean(draw => read(draw.Width(noise, units))))),
            ]
        );

    private StudyFigure Validation() =>
        Figure(
            "validation",
            "Validation accuracy in training",
            Epochs,
            "Validation accuracy, %",
            [
                .. ArpitScale
                    .CourseLevels.Where(noise => noise.Kind == NoiseKind.Labels && noise.Share < 1)
                    .Select(noise => ByEpoch(noise.Title(), noise, point => point.Validation)),
            ],
            "Real data, and shares of its labels drawn anew from all classes."
        );

    private StudyFigure Course() =>
        Figure(
            "course",
            "What is learned first: 40 % random labels",
            Epochs,
            Percent,
            [
                ByEpoch("right labels predicted", Some, point => point.Right!.Value),
                ByEpoch("wrong labels predicted", Some, point => point.Wrong!.Value),
                ByEpoch("true labels instead", Some, point => point.Recovered!.Value),
                ByEpoch("validation", Some, point => point.Validation),
            ],
            "The first three of training examples; true labels instead of the wrong ones that were given."
        );

    private StudyFigure Critical()
    {
        NoiseLevel[] levels = [.. ArpitScale.CourseLevels.Where(noise => noise.Kind == NoiseKind.Labels), NoiseLevel.RandomInputs];
        return Figure(
            "critical",
            "Critical samples in training",
            Epochs,
            "Critical samples, %",
            [
                .. levels.Select(noise => new StudyLine(
                    noise.Title(),
                    [
                        .. plan.Scale.CriticalAt.Select(epoch =>
                            (
                                Math.Log10(epoch),
                                _readings.Mean(draw => 100 * draw.Course(noise).Criticals().Single(found => found.Epoch == epoch).Ratio)
                            )
                        ),
                    ]
                )),
            ],
            "Share of examples, not trained on, near which another class is predicted; of random inputs around new random inputs."
        );
    }

    private StudyFigure Regularizers() =>
        Figure(
            "regularizers",
            "Memorization against learning",
            "validation accuracy of real data, %",
            "Training accuracy on random labels, %",
            [
                .. ArpitScale
                    .Regularizers.Where(regularizer => regularizer != Regularizer.None)
                    .GroupBy(regularizer => regularizer.Kind)
                    .Select(kind => new StudyLine(
                        Name(kind.Key),
                        [
                            .. kind.Append(Regularizer.None)
                                .Select(regularizer =>
                                    (
                                        X: _readings.Mean(draw => 100 * Of(draw, regularizer).Validation).Value,
                                        Y: _readings.Mean(draw => 100 * Of(draw, regularizer).Memorized)
                                    )
                                )
                                .OrderBy(point => point.X),
                        ]
                    )),
            ],
            "Lines join the strengths of a regularizer, and none; far down on the right is memorization hindered at no cost."
        );

    private static RegularizerPoint Of(ArpitDraw draw, Regularizer regularizer) =>
        draw.Regularizers().Points.Single(point => point.Regularizer == regularizer);

    private static string Name(RegularizerKind kind) =>
        kind switch
        {
            RegularizerKind.InputDropout => "input dropout",
            RegularizerKind.InputNoise => "input noise",
            RegularizerKind.WeightDecay => "weight decay",
            RegularizerKind.Adversarial => "adversarial training",
            _ => "dropout",
        };

    /// <summary>Some thirty epochs, evenly on the logarithmic axis.</summary>
    private StudyLine ByEpoch(string name, NoiseLevel noise, Func<CoursePoint, double> read) =>
        new(
            name,
            [
                .. Enumerable
                    .Range(0, 31)
                    .Select(i => (int)Math.Round(Math.Pow(plan.Scale.CourseRecipe.Epochs, i / 30.0)))
                    .Distinct()
                    .Select(epoch => (Math.Log10(epoch), _readings.Mean(draw => 100 * read(draw.Course(noise).Points[epoch - 1])))),
            ]
        );

    private StudyFigure Figure(string id, string title, string x, string y, IReadOnlyList<StudyLine> lines, string caption) =>
        new(
            id,
            title,
            x,
            y,
            [.. lines.Where(line => line.Points.Count > 0)],
            $"{caption} Mean and standard error of {_readings.Count} draws."
        );
}
