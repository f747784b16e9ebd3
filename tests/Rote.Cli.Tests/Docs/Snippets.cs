using System.Diagnostics;
using Extending;
using Rote.Audits;
using Rote.Audits.OwnModel;
using Rote.Data;
using Rote.Embeddings;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Features;
using Rote.Networks;
using Rote.Reports.Features;
using Rote.Shortcuts;
using Rote.Storage;
using Rote.Studies.Claims;
using Rote.Studies.Features;
using Rote.Tensors;
using Rote.Theory.Kernels;
using Rote.Theory.Representation;
using Rote.Training.Losses;
using Rote.Training.Schedules;
using Rote.Workers;

namespace Rote.Tests.Docs;

/// <summary>The C# of the pages, compiled: what a page shows stands here, or in a test or a sample that runs it.</summary>
internal static class Snippets
{
    /// <summary>docs/guide/tutorial-dotnet.md; <see cref="SnippetTests"/> runs it.</summary>
    public static void Tutorial()
    {
        var run = Shortcut.Train("practice.csv", new TrainOptions { Network = "mlp-1x16" });
        Console.WriteLine($"training accuracy {run.Summary.TrainAccuracy()}");

        var evaluation = Shortcut.Evaluate(run, "practice.csv");
        Console.WriteLine($"test accuracy {evaluation.Summary.Accuracy}");

        var audit = Shortcut.Audit("practice.csv", new AuditOptions { Budget = new AuditBudget { Members = 8 } });
        foreach (var suspect in audit.Suspects.Take(10))
        {
            Console.WriteLine($"{suspect.Name}: {suspect.Label}, rather {suspect.Suggested}: {suspect.WrongProbability:P0} wrong");
        }

        Console.WriteLine(audit.Page);
    }

    /// <summary>README.md and docs/guide/library.md.</summary>
    public static void ThreeCalls()
    {
        var run = Shortcut.Train("photos");
        Console.WriteLine($"{Shortcut.Evaluate(run, "more-photos").Summary.Accuracy}");
        foreach (var suspect in Shortcut.Audit("photos").Suspects.Take(10))
            Console.WriteLine($"{suspect.Name}: {suspect.Label}, rather {suspect.Suggested}");
    }

    /// <summary>docs/guide/evaluate.md.</summary>
    public static void Evaluate()
    {
        var run = new RunStore("runs", TimeProvider.System).Get("random-labels").Finished();
        using var network = TrainedNetwork.Load(run);
        using var named = DatasetLoader.Load("cifar10", DataFolder.Default());
        using var examples = EvaluationData.From(network, named, EvaluationPart.Test);
        var evaluation = NetworkEvaluation.Of(network, examples, threads: 2);
        Console.WriteLine(evaluation.Summary.Accuracy);
        PredictionFiles.Write(evaluation, "predictions", overwrite: false);
    }

    /// <summary>docs/guide/features.md.</summary>
    public static void Features()
    {
        var store = new RunStore("runs", TimeProvider.System);
        var run = store.Get("true-labels").Finished();
        using var data = DatasetLoader.Load("cifar10", DataFolder.Default());
        var result = RunFeatures.Of(run, FeatureTwins.Among(run, store.All()), _ => data.Data, new FeatureOptions());
        foreach (var sentence in FeatureWords.Summary(result))
        {
            Console.WriteLine(sentence);
        }

        var signs = FeatureSigns.In(result);
        Console.WriteLine($"{signs.Count(ClaimVerdict.Reproduced)} of {signs.Judged} signs are found");
    }

    /// <summary>docs/guide/own-model.md.</summary>
    public static void OwnModel()
    {
        var result = OwnModelAudit.Run(new OwnModelInput { Predictions = "p.npy", Labels = "y.txt" });
        foreach (var i in result.Ranking.Take(10))
            Console.WriteLine($"{result.Rows[i]}: {result.Predictions!.SelfConfidence[i]:0.000}");
    }

    /// <summary>docs/guide/workers.md.</summary>
    public static void Workers(
        Func<ProcessStartInfo> start,
        IReadOnlyList<Experiment> experiments,
        IProgress<RunSetProgress> progress,
        CancellationToken cancel
    )
    {
        var set = new RunSet(new RunStore("runs", TimeProvider.System), start) { Workers = 2 };
        IReadOnlyList<RunOutcome> outcomes = set.Run([.. experiments.Select(e => new RunRequest(e))], progress, cancel);
        Console.WriteLine(outcomes.Count);
    }

    /// <summary>docs/explanation/theory.md.</summary>
    public static void Theory()
    {
        using var named = DatasetLoader.Load("fashion-mnist", DataFolder.Default());
        var network = Theorem1.Represent(new ImagePoints(named.Data.Train), new Seeds(1));
        var kernel = KernelInterpolation.Run("fashion-mnist", named.Data, new KernelOptions { Gamma = 0.02 }, new Seeds(1));
        Console.WriteLine($"{network.Computations[0].Right} right; {kernel.Solutions[0].TestWrong} wrong");
    }

    /// <summary>docs/explanation/torchsharp-fix.md.</summary>
    public static void Lifetime(TorchSharp.torch.Tensor x)
    {
        using var cubes = x.pow(3.0);
    }

    /// <summary>src/Rote.Embeddings/PACKAGE.md.</summary>
    public static void Encoder()
    {
        OnnxEncoders.Register(); // once, at the start: the encoders are then known by name
        using var encoder = OnnxEncoders.ResNet18();
    }

    /// <summary>docs/guide/extending.md, which shows three of the lines of samples/Extending.</summary>
    public sealed class Extension : IExtension
    {
        public void Register()
        {
            NetworkCatalog.Register("tiny-conv", _ => new TinyConv());
            LossCatalog.Register("mae", _ => new MeanAbsoluteError());
            ScheduleCatalog.Register("warm-restarts", epochs => new WarmRestarts { Every = (int)(epochs ?? 10) }); // warm-restarts=5
        }
    }
}
