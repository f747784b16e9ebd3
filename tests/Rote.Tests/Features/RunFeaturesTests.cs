using Rote.Corruptions;
using Rote.Data;
using Rote.Features;
using Rote.Networks;
using Rote.Reports.Features;
using Rote.Storage;
using Rote.Studies.Claims;
using Rote.Studies.Features;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Features;

[NoTensorLeaks]
public sealed class RunFeaturesTests : IDisposable
{
    private readonly TinyRuns _runs = new(side: 8);

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void A_network_is_measured_beside_its_start_and_beside_random_labels_and_the_same_again()
    {
        var (run, twin) = (_runs.Finish(), _runs.Finish(TinyRuns.Experiment(new RandomLabels())));
        var result = Measure(run, [twin]);
        Assert.Equal(
            [NetworkRole.Subject, NetworkRole.Untrained, NetworkRole.RandomLabels],
            result.Networks.Select(network => network.Role)
        );
        Assert.Equal((100, 60, 0), (result.TrainExamples, result.TestExamples, result.WrongLabels));
        Assert.Equal(run.Summary.TrainAccuracy().Value, result.Networks[0].TrainAccuracy.Value);
        Assert.Equal(run.Summary.TestAccuracy().Value, result.Networks[0].TestAccuracy.Value);
        Assert.Equal(twin.Summary.TrainAccuracy().Value, result.Networks[2].TrainAccuracy.Value);
        Assert.Equal(3, result.Similarities.Count);
        Assert.Equal(1, result.Similarities[0].Values[1][1].Value, 3);

        var signs = FeatureSigns.In(result);
        Assert.Equal(15, signs.Findings.Count);
        Assert.DoesNotContain(
            signs.Findings,
            finding => finding.Verdict == ClaimVerdict.NotRun && finding.Note!.Contains("random", StringComparison.Ordinal)
        );
        Assert.Equal(FeaturesFile.ToJson(result, signs, "rote"), FeaturesFile.ToJson(Measure(run, [twin]), signs, "rote"));
        Assert.Contains("What has it become?", FeaturesReport.ToHtml(result, signs, []), StringComparison.Ordinal);
        Assert.Equal(3, FeatureWords.Summary(result).Count);
    }

    [Fact]
    public void Without_random_labels_it_is_said_so_and_their_signs_are_not_run()
    {
        const string None = "no run of the same network on random labels";
        var result = Measure(_runs.Finish(), []);
        Assert.Contains(
            result.Notes,
            note => note.Contains(None, StringComparison.Ordinal) && note.EndsWith("; train one, and ask again.", StringComparison.Ordinal)
        );
        Assert.Contains(result.Notes, note => note.Contains("5,000 examples of each kind were asked for", StringComparison.Ordinal));
        Assert.Contains(FeatureSigns.In(result).Findings, finding => finding.Verdict == ClaimVerdict.NotRun);

        var again = Measure(_runs.Finish(), [_runs.Finish(TinyRuns.Experiment(new RandomLabels()))]);
        Assert.DoesNotContain(again.Notes, note => note.Contains(None, StringComparison.Ordinal));
        Assert.Equal(NetworkRole.RandomLabels, again.Networks[^1].Role);
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("mlp-1x1")]
    [InlineData("resnet-2")]
    public void Narrow_networks_are_measured_too(string network)
    {
        var experiment = TinyRuns.Experiment(new PartiallyCorruptedLabels { Probability = 0.4 }, NetworkCatalog.Find(network));
        var result = Measure(_runs.Finish(experiment), []);
        Assert.True(result.WrongLabels > 10);
        var signs = FeatureSigns.In(result);
        Assert.NotEmpty(FeaturesReport.ToHtml(result, signs, []));
        Assert.NotEmpty(FeaturesFile.ToJson(result, signs, "rote"));
        Assert.Equal(network != "linear", result.Networks[0].KnockOuts.Count > 0);
    }

    [Fact]
    public void Vectors_have_no_gratings_and_the_rest_goes_on()
    {
        using var scope = NewDisposeScope();
        using var flat = _runs.Data.Map(part => new Dataset(
            part.Pixels.flatten(1).to(float32),
            part.Labels.clone(),
            part.ClassNames,
            part.Split,
            part.Provenance
        ));
        var run = Flow.Run(TinyRuns.Experiment(), _runs.Store, _ => flat);
        var result = RunFeatures.Of(run, [], _ => flat, new FeatureOptions());
        Assert.Null(result.Networks[0].Gratings);
        Assert.NotNull(result.Networks[0].Alignment);
        Assert.Contains(result.Notes, note => note.Contains("Gratings have no meaning", StringComparison.Ordinal));
        Assert.NotEmpty(FeaturesReport.ToHtml(result, FeatureSigns.In(result), []));
    }

    [Fact]
    public void Other_data_the_same_run_and_too_many_runs_are_refused()
    {
        var run = _runs.Finish();
        var fewer = TinyRuns.Experiment() with { Data = TinyRuns.Experiment().Data with { Examples = 90 } };
        var shuffled = TinyRuns.Experiment(new ShuffledPixels());
        Assert.Contains("is named twice", Refused(run, [run]), StringComparison.Ordinal);
        Assert.Contains("saw other data than", Refused(run, [_runs.Finish(fewer)]), StringComparison.Ordinal);
        Assert.Contains("saw other data than", Refused(run, [_runs.Finish(shuffled)]), StringComparison.Ordinal);
        Assert.Contains("at most 4", Refused(run, [run, run, run, run, run]), StringComparison.Ordinal);
    }

    [Fact]
    public void One_class_and_few_examples_are_refused()
    {
        var few = TinyRuns.Experiment() with { Data = TinyRuns.Experiment().Data with { Examples = 30 } };
        Assert.Contains("features need at least 40 of each", Refused(_runs.Finish(few), []), StringComparison.Ordinal);

        using var scope = NewDisposeScope();
        using var one = _runs.Data.Map(part => part.With(labels: zeros_like(part.Labels)));
        var run = Flow.Run(TinyRuns.Experiment(), new RunStore(_runs.Folder.File("one"), TimeProvider.System), _ => one);
        var error = Assert.Throws<InputException>(() => RunFeatures.Of(run, [], _ => one, new FeatureOptions()));
        Assert.Contains("all of one class", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("; give data of two classes or more.", error.Message, StringComparison.Ordinal);
        Assert.Equal(100, Measure(_runs.Finish(), []).TrainExamples);
        Assert.Throws<InputException>(() => new FeatureOptions { Examples = 39 });
        Assert.Throws<InputException>(() => new FeatureOptions { Threads = 0 });
    }

    [Fact]
    public void A_run_without_weights_and_one_of_another_engine_are_told()
    {
        var run = _runs.Finish();
        var old = run with { Experiment = run.Experiment with { Engine = 0 } };
        Assert.Contains(Measure(old, []).Notes, note => note.Contains("is of engine 0", StringComparison.Ordinal));
        File.Delete(Path.Combine(run.Folder, RunFiles.Weights));
        Assert.Contains(RunFiles.Weights, Refused(run, []), StringComparison.Ordinal);
    }

    [Fact]
    public void It_can_be_stopped() =>
        Assert.Throws<OperationCanceledException>(() =>
            RunFeatures.Of(_runs.Finish(), [], _ => _runs.Data, new FeatureOptions(), cancel: new CancellationToken(true))
        );

    [Fact]
    public void Twins_are_found_among_all_runs()
    {
        var run = _runs.Finish();
        var random = _runs.Finish(TinyRuns.Experiment(new RandomLabels()));
        var seed = _runs.Finish(TinyRuns.Experiment() with { Seed = 2 });
        _runs.Finish(TinyRuns.Experiment(network: new Mlp { Hidden = [4] }));
        _runs.Finish(TinyRuns.Experiment(new RandomLabels(), new Mlp { Hidden = [4] }));
        var all = _runs.Store.All();
        Assert.Equal([random.Folder, seed.Folder], FeatureTwins.Among(run, all).Select(found => found.Folder));
        Assert.Equal([run.Folder], FeatureTwins.Among(random, all).Select(found => found.Folder).Take(1));
        Assert.Equal(NetworkRole.TrueLabels, FeatureTwins.RoleOf(random.Experiment, run.Experiment));
        Assert.Equal(NetworkRole.OtherSeed, FeatureTwins.RoleOf(run.Experiment, seed.Experiment));
    }

    private FeaturesResult Measure(FinishedRun run, IReadOnlyList<FinishedRun> others) =>
        RunFeatures.Of(run, others, _ => _runs.Data, new FeatureOptions());

    private string Refused(FinishedRun run, IReadOnlyList<FinishedRun> others) =>
        Assert.Throws<InputException>(() => Measure(run, others)).Message;
}
