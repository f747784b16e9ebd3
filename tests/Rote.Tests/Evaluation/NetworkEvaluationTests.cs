using Rote.Corruptions;
using Rote.Data;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Augmentations;
using static TorchSharp.torch;

namespace Rote.Tests.Evaluation;

[NoTensorLeaks]
public sealed class NetworkEvaluationTests : IDisposable
{
    private readonly TinyRuns _runs = new(side: 8);

    public void Dispose() => _runs.Dispose();

    public static TheoryData<string> Kinds =>
        ["true", "labels", "shuffled", "random", "gaussian", "crop", "bfloat16", "resnet", "inception", "alexnet", "averaged", "augmented"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_runs_own_data_gives_exactly_what_its_summary_says(string kind)
    {
        var run = _runs.Finish(
            kind switch
            {
                "labels" => TinyRuns.Experiment(new PartiallyCorruptedLabels { Probability = 0.5 }),
                "shuffled" => TinyRuns.Experiment(new ShuffledPixels()),
                "random" => TinyRuns.Experiment(new RandomPixels()),
                "gaussian" => TinyRuns.Experiment(new GaussianPixels()),
                "crop" => TinyRuns.Experiment(cropSide: 6),
                "bfloat16" => TinyRuns.Experiment(precision: Precision.BFloat16),
                "resnet" => TinyRuns.Experiment(network: new SmallResNet()),
                "inception" => TinyRuns.Experiment(network: new SmallInception()),
                "alexnet" => TinyRuns.Experiment(network: new SmallAlexNet()),
                "averaged" => With(recipe => recipe with { AverageDecay = 0.9 }),
                "augmented" => With(recipe => recipe with { Augmentation = new Augmentation { CropPadding = 0 } }, cropSide: 6),
                _ => TinyRuns.Experiment(),
            }
        );
        var (test, train) = (Evaluate(run, _runs.Named(), EvaluationPart.Test), Evaluate(run, _runs.Named(), EvaluationPart.Train));
        Assert.Equal((run.Summary.TestCorrect, TinyRuns.Test, true), (Right(test), test.Predictions.Count, test.IsOwn));
        Assert.Equal((run.Summary.TrainCorrect, 100), (Right(train), train.Predictions.Count));
        Assert.Equal((run.Summary.TestCorrect, run.Summary.TrainCorrect), (test.RecordedCorrect, train.RecordedCorrect));
        Assert.Equal(run.Summary.TestAccuracy(), test.Summary.Accuracy);
        Assert.Null(test.TrueLabels);
    }

    [Fact]
    public void Training_examples_have_the_labels_of_the_run_and_the_true_ones_beside_them()
    {
        var run = _runs.Finish(TinyRuns.Experiment(new RandomLabels()));
        var train = Evaluate(run, _runs.Named(), EvaluationPart.Train);
        using var inputs = RunInputs.Prepare(run.Experiment, _ => _runs.Data);
        var corrupted = inputs.Data;
        Assert.Equal(corrupted.TrueLabels, train.TrueLabels!);
        Assert.Equal(corrupted.Images.Train.Labels.data<long>().ToArray(), train.Predictions.Labels.Select(l => (long)l));
        var changed = (bool[])train.Columns().Single(c => c.Name == "labelChanged").Values;
        Assert.Equal(corrupted.LabelChanged, changed);
        Assert.Contains(true, changed);
    }

    [Fact]
    public void Examples_held_out_are_a_part_of_their_own_with_the_rows_they_come_from()
    {
        var run = _runs.Finish(With(recipe => recipe with { HoldOut = 0.3 }) with { Corruption = new RandomLabels() });
        var (train, heldOut) = (Evaluate(run, _runs.Named(), EvaluationPart.Train), Evaluate(run, _runs.Named(), EvaluationPart.HeldOut));
        Assert.Equal((run.Summary.TrainCorrect, 70), (Right(train), train.Predictions.Count));
        Assert.Equal((run.Summary.HeldOutCorrect, 30), (Right(heldOut), heldOut.Predictions.Count));
        Assert.Equal(Right(heldOut), heldOut.RecordedCorrect);
        var ids = train.Rows.Concat(heldOut.Rows).Select(row => row.Row!.Value).ToArray();
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), ids.Order());
        Assert.Equal(heldOut.Rows.Select(row => row.Row!.Value).Order(), (long[])heldOut.Columns().Single(c => c.Name == "row").Values);
        using var inputs = RunInputs.Prepare(run.Experiment, _ => _runs.Data);
        var corrupted = inputs.Data;
        Assert.Equal(ids.Select(id => corrupted.TrueLabels[(int)id]), train.TrueLabels!.Concat(heldOut.TrueLabels!));
        var given = corrupted.Images.Train.Labels.data<long>().ToArray();
        Assert.Equal(ids.Select(id => given[id]), train.Predictions.Labels.Concat(heldOut.Predictions.Labels).Select(l => (long)l));
    }

    [Fact]
    public void Training_examples_have_the_labels_of_the_canaries()
    {
        var run = _runs.Finish(
            With(recipe => recipe with { HoldOut = 0.1 }) with
            {
                Canaries = new CanaryPlan { Steering = 2, HeldOut = 2 },
            }
        );
        var train = Evaluate(run, _runs.Named(), EvaluationPart.Train);
        Assert.Equal((run.Summary.TrainCorrect, 90), (Right(train), train.Predictions.Count));
        Assert.Equal(4, ((bool[])train.Columns().Single(c => c.Name == "labelChanged").Values).Count(changed => changed));
        Assert.True(File.Exists(Path.Combine(run.Folder, "certificate.json")));
        var canaries = File.ReadAllLines(Path.Combine(run.Folder, "canaries.csv"));
        Assert.Equal("file,row,plantedLabel,set", canaries[0]);
        Assert.Equal(4, canaries.Skip(1).Count(line => line.Contains(",class ", StringComparison.Ordinal)));
        var changed = (bool[])train.Columns().Single(c => c.Name == "labelChanged").Values;
        var rows = (long[])train.Columns().Single(c => c.Name == "row").Values;
        // both in the order of the data
        Assert.Equal(rows.Where((_, i) => changed[i]).Select(row => $"{row}"), canaries.Skip(1).Select(line => line.Split(',')[1]));
        Assert.False(File.Exists(Path.Combine(run.Folder, "distrusted.csv")));
    }

    [Fact]
    public void Test_examples_from_the_middle_on_keep_their_numbers()
    {
        var run = _runs.Finish(TinyRuns.Experiment() with { Data = TinyRuns.Experiment().Data with { TestFrom = 40 } });
        var test = Evaluate(run, _runs.Named(), EvaluationPart.Test);
        Assert.Equal((run.Summary.TestCorrect, 20), (Right(test), test.Predictions.Count));
        Assert.Equal(Enumerable.Range(40, 20).Select(i => (long?)i), test.Rows.Select(row => row.Row));
        Assert.Contains(
            "those from 60 on",
            Assert
                .Throws<InputException>(() =>
                    _runs.Finish(TinyRuns.Experiment() with { Data = TinyRuns.Experiment().Data with { TestFrom = 60 } })
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Without_examples_held_out_there_is_no_such_part()
    {
        using var network = TrainedNetwork.Load(_runs.Finish());
        Assert.Contains(
            "held out no examples",
            Assert.Throws<InputException>(() => EvaluationData.From(network, _runs.Named(), EvaluationPart.HeldOut)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Data_of_the_same_kind_is_matched_by_the_names_of_its_classes()
    {
        var run = _runs.Finish(TinyRuns.Experiment(new RandomLabels()));
        var own = Evaluate(run, _runs.Named(), EvaluationPart.Test);

        // All classes in another order; then two of four.
        using var turned = _runs.Others(["class 3", "class 2", "class 1", "class 0"], label => 3 - label);
        var all = Evaluate(run, turned, EvaluationPart.Test);
        Assert.False(all.IsOwn);
        Assert.Null(all.RecordedCorrect);
        Assert.Equal(own.Predictions.Labels, all.Predictions.Labels);
        Assert.Equal(own.Predictions.Predicted, all.Predictions.Predicted);

        using var fewer = _runs.Others(["class 2", "class 1"], label => label is 1 or 2 ? 2 - label : -1);
        var some = Evaluate(run, fewer, EvaluationPart.Test);
        Assert.Equal([1, 2], some.Summary.Classes.Select(c => c.Class));
        Assert.Equal(
            [.. own.Summary.Classes.Where(c => c.Class is 1 or 2).Select(c => c.Accuracy)],
            some.Summary.Classes.Select(c => c.Accuracy)
        );

        // Others' labels are never corrupted, and all of their training examples count.
        var train = Evaluate(run, turned, EvaluationPart.Train);
        Assert.Equal(TinyRuns.Train, train.Predictions.Count);
        Assert.Null(train.TrueLabels);
        Assert.Equal(_runs.Data.Train.Labels.data<long>().ToArray(), train.Predictions.Labels.Select(l => (long)l));
    }

    [Fact]
    public void All_of_other_data_is_its_training_and_then_its_test_examples()
    {
        var run = _runs.Finish();
        using var others = _runs.Others([.. _runs.Data.Train.ClassNames]);
        var parts = new[] { EvaluationPart.All, EvaluationPart.Train, EvaluationPart.Test }
            .Select(part => Evaluate(run, others, part))
            .ToArray();
        Assert.Equal(parts[0].Predictions.Labels, parts[1].Predictions.Labels.Concat(parts[2].Predictions.Labels));
        Assert.Equal(parts[0].Predictions.Predicted, parts[1].Predictions.Predicted.Concat(parts[2].Predictions.Predicted));
        Assert.Equal(parts[0].Rows.Names, parts[1].Rows.Names.Concat(parts[2].Rows.Names));
        using var network = TrainedNetwork.Load(run);
        Assert.Contains(
            "would mix",
            Assert.Throws<InputException>(() => EvaluationData.From(network, _runs.Named(), EvaluationPart.All)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Grey_pictures_are_colour_to_a_network_that_was_trained_in_colour()
    {
        using var scope = NewDisposeScope();
        using var coloured = _runs.Data.Map(images => images.With(images.Pixels.expand(-1, -1, -1, 3).contiguous()));
        var run = Flow.Run(TinyRuns.Experiment(), _runs.Store, _ => coloured);
        var own = Evaluate(run, new NamedData(new DataSpec { Name = "sample" }, coloured), EvaluationPart.Test);
        using var others = _runs.Others([.. _runs.Data.Train.ClassNames]);
        var grey = Evaluate(run, others, EvaluationPart.Test);
        Assert.Equal(own.Predictions.Loss, grey.Predictions.Loss);
    }

    [Fact]
    public void Without_labels_the_predictions_are_the_same_and_nothing_is_compared()
    {
        var run = _runs.Finish();
        using var others = _runs.Others([.. _runs.Data.Train.ClassNames]);
        var known = Evaluate(run, others, EvaluationPart.Test);
        using var network = TrainedNetwork.Load(run);
        using var data = EvaluationData.FromUnlabelled(network, others.Spec, others.Data.Test);
        var found = UnlabelledEvaluation.Of(network, data, 1, keepLogits: true);
        Assert.Equal(known.Predictions.Predicted, found.Predicted);
        Assert.Equal(known.Predictions.PredictedProbability, found.Probability);
        Assert.Equal(
            [
                "file",
                "row",
                "predicted",
                "second",
                "predictedProbability",
                "predictedNumber",
                "secondNumber",
                "logit0",
                "logit1",
                "logit2",
                "logit3",
                "probability0",
                "probability1",
                "probability2",
                "probability3",
            ],
            found.Columns().Select(c => c.Name)
        );
        Assert.Equal(found.Count, found.Classes.Sum(c => c.Count));
        Assert.Equal("unlabelled", found.Metadata()["split"]);
    }

    [Fact]
    public void A_catalog_set_that_does_not_fit_is_refused_before_it_is_fetched()
    {
        using var network = TrainedNetwork.Load(_runs.Finish());
        Assert.Contains(
            "The images of cifar10 are 32×32×3",
            Assert.Throws<InputException>(() => EvaluationData.RequireFit(network, "cifar10")).Message,
            StringComparison.Ordinal
        );
        using var own = TrainedNetwork.Load(_runs.Finish(TinyRuns.Experiment() with { Data = new DataSpec { Name = "cifar10" } }));
        EvaluationData.RequireFit(own, "cifar10");
    }

    [Fact]
    public void A_fixed_permutation_of_pixels_is_applied_to_others_too()
    {
        var run = _runs.Finish(TinyRuns.Experiment(new ShuffledPixels()));
        using var others = _runs.Others([.. _runs.Data.Train.ClassNames]);
        Assert.Equal(
            Evaluate(run, _runs.Named(), EvaluationPart.Test).Predictions.Loss,
            Evaluate(run, others, EvaluationPart.Test).Predictions.Loss
        );
    }

    [Fact]
    public void Noise_in_the_place_of_pictures_has_no_meaning_for_other_data()
    {
        var run = _runs.Finish(TinyRuns.Experiment(new GaussianPixels()));
        using var others = _runs.Others([.. _runs.Data.Train.ClassNames]);
        Assert.Contains("was trained on noise in the place of pictures", Refuse(run, others), StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_the_network_does_not_know_is_refused()
    {
        using var others = _runs.Others(["class 0", "class 1", "zebra", "yak\n"]);
        Assert.Equal(
            "others has the classes \"zebra\", \"yak\uFFFD\", and the network of RUN knows only \"class 0\", \"class 1\", \"class 2\", "
                + "\"class 3\"; give data whose classes have these names.",
            Refuse(_runs.Finish(), others)
        );
    }

    [Theory]
    [InlineData(
        6,
        1,
        "The images of noise are 6×6×1 (rows, columns, channels), and the network of RUN expects 8×8×1; give data of that size."
    )]
    [InlineData(
        8,
        3,
        "The images of noise are 8×8×3 (rows, columns, channels), and the network of RUN expects 8×8×1; give data of that size."
    )]
    public void Images_of_another_size_or_number_of_channels_are_refused(int side, int channels, string sentence)
    {
        using var noise = Samples.Noise(4, 4, side, channels, classes: 4);
        Assert.Equal(sentence, Refuse(_runs.Finish(), new NamedData(new DataSpec { Name = "noise" }, noise)));
    }

    [Fact]
    public void Own_pictures_of_another_size_are_told_how_to_fit()
    {
        using var noise = Samples.Noise(4, 4, side: 9, channels: 1, classes: 4);
        Assert.EndsWith(
            "scale pictures with image size 8.",
            Refuse(_runs.Finish(), new NamedData(new DataSpec { Name = "noise", Sha256 = new string('c', 64) }, noise)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_size_before_the_crop_counts_and_not_the_one_after_it()
    {
        // Both are cropped to 6×6, but the middle of a larger picture is not the same part of what it shows.
        using var larger = Samples.Noise(4, 4, side: 12, channels: 1, classes: 4);
        Assert.Contains(
            "12×12×1",
            Refuse(_runs.Finish(TinyRuns.Experiment(cropSide: 6)), new NamedData(new DataSpec { Name = "noise" }, larger)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Weights_that_diverged_are_one_sentence()
    {
        var run = _runs.Finish();
        using var network = TrainedNetwork.Load(run);
        using (no_grad())
        {
            network.Module.parameters().First().fill_(float.NaN);
        }

        using var data = EvaluationData.From(network, _runs.Named(), EvaluationPart.Test);
        Assert.Contains(
            "not finite",
            Assert.Throws<InputException>(() => NetworkEvaluation.Of(network, data, threads: 1)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    public void A_number_of_threads_out_of_range_is_refused(int threads)
    {
        using var network = TrainedNetwork.Load(_runs.Finish());
        using var data = EvaluationData.From(network, _runs.Named(), EvaluationPart.Test);
        Assert.Contains(
            $"The number of threads is {threads}",
            Assert.Throws<InputException>(() => NetworkEvaluation.Of(network, data, threads)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Data_that_is_the_users_own_must_be_named()
    {
        Assert.Equal("sample", EvaluationData.NameOfOwn(TinyRuns.Experiment()));
        var own = TinyRuns.Experiment() with
        {
            Data = new DataSpec { Name = "pets", Sha256 = new string('a', 64) },
        };
        Assert.Contains(
            "own data pets",
            Assert.Throws<InputException>(() => EvaluationData.NameOfOwn(own)).Message,
            StringComparison.Ordinal
        );
    }

    private static Experiment With(Func<Recipe, Recipe> change, int? cropSide = null)
    {
        var experiment = TinyRuns.Experiment(cropSide: cropSide);
        return experiment with { Recipe = change(experiment.Recipe) };
    }

    private static NetworkEvaluation Evaluate(FinishedRun run, NamedData data, EvaluationPart part)
    {
        using var network = TrainedNetwork.Load(run);
        using var examples = EvaluationData.From(network, data, part);
        return NetworkEvaluation.Of(network, examples, threads: 1);
    }

    private static long Right(NetworkEvaluation evaluation) =>
        Enumerable.Range(0, evaluation.Predictions.Count).LongCount(evaluation.Predictions.IsRight);

    private static string Refuse(FinishedRun run, NamedData data)
    {
        using var network = TrainedNetwork.Load(run);
        var message = Assert.Throws<InputException>(() => EvaluationData.From(network, data, EvaluationPart.Test)).Message;
        Assert.DoesNotContain('\n', message);
        return message.Replace(Path.GetFileName(run.Folder), "RUN", StringComparison.Ordinal);
    }
}
