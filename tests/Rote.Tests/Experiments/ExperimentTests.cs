using System.Text.Json;
using Rote.Corruptions;
using Rote.Data;
using Rote.Experiments;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Tests.Training;
using Rote.Training;
using Rote.Training.Augmentations;
using Rote.Training.Optimizers;
using Rote.Training.Schedules;

namespace Rote.Tests.Experiments;

public sealed class ExperimentTests
{
    internal static readonly Experiment Sample = new()
    {
        Data = new DataSpec { Name = "cifar10", CropSide = 28 },
        Corruption = new PartiallyCorruptedLabels { Probability = 0.4 },
        Network = new Mlp { Hidden = [64] },
        Recipe = new Recipe { Epochs = 3, StopAtTrainAccuracy = 0.995 },
        Threads = 1,
    };

    [Fact]
    public void The_record_and_its_identity_are_pinned() =>
        Snapshot.Verify(
            $"{JsonSerializer.Serialize(Sample, RoteJson.Options)}\n{RoteJson.Canonical(Sample)}\n{Sample.Identity}\n",
            "experiment"
        );

    [Fact]
    public void Reading_back_gives_the_same_record_and_identity()
    {
        Experiment[] samples =
        [
            Sample,
            Sample with
            {
                Recipe = Sample.Recipe with { Optimizer = new Adam { Beta1 = 0.5 } },
            },
            Sample with
            {
                Recipe = RecipeTests.Full,
                Network = new SmallResNet { Dropout = 0.2 },
            },
        ];
        foreach (var sample in samples)
        {
            var again = JsonSerializer.Deserialize<Experiment>(JsonSerializer.Serialize(sample, RoteJson.Options), RoteJson.Options)!;
            Assert.Equal(sample.Identity, again.Identity);
            Assert.Equal(sample, again);
        }
    }

    [Fact]
    public void An_experiment_of_engine_2_is_read_as_what_it_was()
    {
        var older = JsonSerializer.SerializeToNode(Sample with { Engine = 2 }, RoteJson.Options)!;
        older["device"] = "cpu";
        Assert.Equal(Sample with { Engine = 2 }, older.Deserialize<Experiment>(RoteJson.Options));
        older["place"] = "cpu";
        Assert.Throws<JsonException>(() => older.Deserialize<Experiment>(RoteJson.Options));
    }

    [Fact]
    public void A_GPU_is_part_of_what_a_run_is_and_its_number_is_not()
    {
        var first = Sample with { Recipe = Sample.Recipe with { Device = ComputeDevice.Cuda() } };
        var second = Sample with { Recipe = Sample.Recipe with { Device = ComputeDevice.Cuda(1) } };
        Assert.NotEqual(Sample.Identity, first.Identity);
        Assert.Equal(first.Identity, second.Identity);
        Assert.Contains("\"device\":\"cuda\"", RoteJson.Canonical(first), StringComparison.Ordinal);
        Assert.Equal(first, JsonSerializer.Deserialize<Experiment>(JsonSerializer.Serialize(second, RoteJson.Options), RoteJson.Options));
        Assert.Equal(
            [new ExperimentField("recipe.device", "cuda")],
            ExperimentFields.NotDefault(first).Except(ExperimentFields.NotDefault(Sample))
        );
    }

    [Fact]
    public void The_processor_has_no_member_and_may_be_named()
    {
        Assert.DoesNotContain("device", RoteJson.Canonical(Sample), StringComparison.Ordinal);
        var named = JsonSerializer.SerializeToNode(Sample, RoteJson.Options)!;
        named["recipe"]!["device"] = "cpu";
        var read = named.Deserialize<Experiment>(RoteJson.Options)!;
        Assert.Equal(Sample.Identity, read.Identity);
        named["recipe"]!["device"] = "tpu";
        Assert.Throws<JsonException>(() => named.Deserialize<Experiment>(RoteJson.Options));
    }

    [Theory]
    [InlineData("""{ "control": 3, "audit": 4 }""", null)]
    [InlineData("""{ "steering": 3, "heldOut": 4 }""", null)]
    [InlineData("""{ "audit": 4, "steering": 3 }""", null)]
    [InlineData("""{ "steering": 3 }""", "'heldOut' is missing.")]
    [InlineData("""{ "control": 3, "audit": 4, "steering": 3 }""", "'steering' is there twice, once as 'control'.")]
    public void Canaries_are_read_by_their_former_names(string text, string? refusal)
    {
        CanaryPlan? Read() => JsonSerializer.Deserialize<CanaryPlan>(text, RoteJson.Options);
        if (refusal is null)
        {
            Assert.Equal(new CanaryPlan { Steering = 3, HeldOut = 4 }, Read());
            Assert.Equal("""{"heldOut":4,"steering":3}""", RoteJson.Canonical(Read()));
        }
        else
        {
            Assert.StartsWith(refusal, Assert.Throws<JsonException>(Read).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Labels_that_are_random_among_all_classes_have_no_member_for_it() =>
        Assert.Contains(
            "\"corruption\":{\"kind\":\"random-labels\"},",
            RoteJson.Canonical(Sample with { Corruption = new RandomLabels() }),
            StringComparison.Ordinal
        );

    [Fact]
    public void SGD_stands_in_the_recipe_itself_and_another_optimizer_apart()
    {
        Assert.Contains("\"momentum\":0.9,\"nesterov\":false,", RoteJson.Canonical(Sample), StringComparison.Ordinal);
        Assert.DoesNotContain("optimizer", RoteJson.Canonical(Sample), StringComparison.Ordinal);
        var adam = RoteJson.Canonical(Sample with { Recipe = Sample.Recipe with { Optimizer = new Adam() } });
        Assert.Contains(
            "\"optimizer\":{\"beta1\":0.9,\"beta2\":0.999,\"epsilon\":1E-08,\"kind\":\"adam\"}",
            adam,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("momentum", adam, StringComparison.Ordinal);
    }

    [Fact]
    public void Pixels_that_are_no_picture_are_not_augmented()
    {
        var experiment = Sample with { Recipe = new Recipe { Augmentation = new Augmentation { HorizontalFlip = true } } };
        experiment.RequireConsistent();
        Assert.All(
            new Corruption[] { new ShuffledPixels(), new RandomPixels(), new GaussianPixels() },
            corruption => Assert.Throws<InputException>((experiment with { Corruption = corruption }).RequireConsistent)
        );
    }

    [Fact]
    public void Whatever_changes_the_result_changes_the_identity()
    {
        // csharpier-ignore
        Experiment[] others =
        [
            Sample,
            Sample with { Seed = 2 },
            Sample with { Threads = 2 },
            Sample with { Engine = Sample.Engine + 1 },
            Sample with { Corruption = new TrueLabels() },
            Sample with { Corruption = new RandomLabels() },
            Sample with { Corruption = new RandomLabels { Among = 2 } },
            Sample with { Corruption = new PartiallyCorruptedLabels { Probability = 0.5 } },
            Sample with { Network = new Mlp { Hidden = [65] } },
            Sample with { Data = Sample.Data with { Examples = 100 } },
            Sample with { Recipe = Sample.Recipe with { Precision = Precision.Float32 } },
            Sample with { Recipe = Sample.Recipe with { Schedule = new CosineSchedule() } },
            Sample with { Network = new Mlp { Hidden = [64], Dropout = 0.5 } },
            Sample with { Recipe = Sample.Recipe with { TestEvery = 1 } },
            Sample with { Recipe = Sample.Recipe with { Nesterov = true } },
            Sample with { Recipe = Sample.Recipe with { Optimizer = new Adam() } },
            Sample with { Recipe = Sample.Recipe with { Optimizer = new Adam { Beta1 = 0.8 } } },
            Sample with { Recipe = Sample.Recipe with { Optimizer = new Adam { Beta2 = 0.99 } } },
            Sample with { Recipe = Sample.Recipe with { Optimizer = new Adam { Epsilon = 1e-4 } } },
            Sample with { Recipe = Sample.Recipe with { ClipNorm = 1 } },
            Sample with { Recipe = Sample.Recipe with { LabelSmoothing = 0.1 } },
            Sample with { Recipe = Sample.Recipe with { AverageDecay = 0.9 } },
            Sample with { Recipe = Sample.Recipe with { HoldOut = 0.1 } },
            Sample with { Recipe = Sample.Recipe with { HoldOut = 0.1, Patience = 2 } },
            Sample with { Recipe = Sample.Recipe with { Augmentation = new Augmentation() } },
            Sample with { Recipe = Sample.Recipe with { Augmentation = new Augmentation { HorizontalFlip = true } } },
            Sample with { Recipe = Sample.Recipe with { Augmentation = new Augmentation { CropPadding = 0 } } },
            Sample with { Recipe = Sample.Recipe with { Augmentation = new Augmentation { RotationDegrees = 1 } } },
            Sample with { Recipe = Sample.Recipe with { Augmentation = new Augmentation { Color = 1 } } },
        ];
        Assert.Equal(others.Length, others.Select(e => e.Identity).Distinct().Count());
    }

    [Theory]
    [InlineData("""{"nonsense": 1}""")]
    [InlineData("""{"data": {"name": "x"}, "network": {"kind": "unknown"}, "recipe": {}, "threads": 1}""")]
    [InlineData("")]
    public void Foreign_json_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Experiment>(json, RoteJson.Options));

    [Fact]
    public void A_wrong_value_in_json_is_refused_like_any_other()
    {
        var text = JsonSerializer.Serialize(Sample, RoteJson.Options).Replace("0.4", "1.4", StringComparison.Ordinal);
        Assert.Throws<InputException>(() => JsonSerializer.Deserialize<Experiment>(text, RoteJson.Options));
    }
}
