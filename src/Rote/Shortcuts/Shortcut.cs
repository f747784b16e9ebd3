using Rote.Audits;
using Rote.Audits.Review;
using Rote.Audits.Shown;
using Rote.Data;
using Rote.Data.Formats;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Memorization;
using Rote.Networks;
using Rote.Recipes;
using Rote.Reports.Audits;
using Rote.Storage;
using Rote.Tensors;
using Rote.Training;

namespace Rote.Shortcuts;

/// <summary>The three tasks of most programs, one call each: train a network, audit labels, evaluate a network. They are built from the
/// rest of the library.</summary>
/// <remarks>Each loads the data of a catalog name or a path and frees it at its end. Each can be stopped: the same call later resumes from
/// what is finished.</remarks>
public static class Shortcut
{
    private const string Page = "report.html";

    /// <summary>Trains a network, or returns its finished run, as <c>rote train DATA</c> does with the same options.</summary>
    /// <param name="data">A catalog name, or the path of the user's pictures, arrays or tables.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Told about ten times a second; null for silence.</param>
    /// <param name="cancel">Cancels between two steps.</param>
    /// <returns>The finished run.</returns>
    /// <exception cref="RoteException">Data, options or training are refused or failed, in one sentence.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static FinishedRun Train(
        string data,
        TrainOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        var asked = options ?? new TrainOptions();
        using var named = DatasetLoader.Load(data, DataFolder.Default(), asked.Reading, token: cancel);
        return Flow.Run(ExperimentOf(named, asked), new RunStore(asked.Runs, TimeProvider.System), _ => named.Data, progress, cancel);
    }

    /// <summary>Finds the labels that are probably wrong, and writes the page and the tables of <c>rote audit</c>.</summary>
    /// <param name="data">A catalog name, or the path of the user's pictures, arrays or tables. It is not written to.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Told about ten times a second; null for silence.</param>
    /// <param name="cancel">Cancels between two steps.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="RoteException">Data or options are refused, or the machine failed, in one sentence.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static AuditedData Audit(
        string data,
        AuditOptions? options = null,
        IProgress<AuditProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        var asked = options ?? new AuditOptions();
        using var named = DatasetLoader.Load(data, DataFolder.Default(), asked.Reading, token: cancel);
        using var audited = AuditData.Of(named.Data, asked.Examples);
        using var shown = asked.Show is { IsEmpty: false } show
            ? ShownExamples.Read(show, data, asked.Reading, ShownExamples.RowsOf(named.Data))
            : null;
        audited.Shown = shown;
        var spec = named.Spec with { Examples = asked.Examples };
        var network = asked.Network is { } name ? NetworkCatalog.Find(name) : null;
        var plan = AuditPlan.For(spec, audited.Examples, network, asked.Seed);
        var result = Audits.Audit.Run(plan, audited, asked.Budget, asked.Audits, progress, cancel: cancel);

        var folder = Audits.Audit.FolderOf(asked.Audits, plan);
        var source = AuditSource.Of(plan.Identity, data, asked.Reading, result.ClassNames, asked.Show);
        var page = Path.Combine(folder, Page);
        AuditFiles.Write(result, audited, folder);
        source.Write(folder);
        AuditReport.Write(result, audited, [("Audit", plan.Identity), ("Data SHA-256", audited.Examples.Provenance.Sha256)], page, source);
        return new AuditedData(result, [.. result.Suspects.Select(example => SuspectOf(example, result, audited))], folder, page);
    }

    /// <summary>Evaluates the network of a run on examples.</summary>
    /// <param name="run">The run, from <see cref="Train"/> or <see cref="RunStore"/>.</param>
    /// <param name="data">A catalog name or a path; null, the default: the run's own data, if that has a catalog name.</param>
    /// <param name="part">Which examples. Default: the test examples.</param>
    /// <param name="reading">How the user's data is read; null: as in training.</param>
    /// <param name="cancel">Cancels between two batches.</param>
    /// <returns>Accuracy and loss with their errors, and the network's prediction for every example.</returns>
    /// <remarks>Networks on frozen features are evaluated by <see cref="NetworkEvaluation"/>, which accepts the encoder.</remarks>
    /// <exception cref="RoteException">The data does not fit the network, or cannot be read, in one sentence.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static NetworkEvaluation Evaluate(
        FinishedRun run,
        string? data = null,
        EvaluationPart part = EvaluationPart.Test,
        UserDataOptions? reading = null,
        CancellationToken cancel = default
    )
    {
        using var network = TrainedNetwork.Load(run);
        var name = data ?? EvaluationData.NameOfOwn(run.Experiment);
        using var named = DatasetLoader.Load(name, DataFolder.Default(), reading ?? AsTrained(network, name), token: cancel);
        using var examples = EvaluationData.From(network, named, part);
        return NetworkEvaluation.Of(network, examples, run.Experiment.Threads, cancel: cancel);
    }

    /// <summary>Returns the experiment of <c>rote train</c>: the same run, bit for bit.</summary>
    private static Experiment ExperimentOf(NamedData named, TrainOptions asked)
    {
        var train = named.Data.Train;
        var network = asked.Network is { } name ? NetworkCatalog.Find(name) : ExperimentDefaults.NetworkFor(train);
        var crop = network.CropFor(train.Height, train.Width);
        var count = Math.Min(asked.Examples ?? train.Count, train.Count);
        var own = ExperimentDefaults.RecipeFor(network, train, crop, asked.Memorize is null ? null : count);
        var recipe = own with { Epochs = asked.Epochs ?? own.Epochs, Precision = PrecisionSupport.Auto(), Order = ChunkedOrder.For(train) };
        return new Experiment
        {
            Data = named.Spec with { CropSide = crop, Examples = asked.Examples is null ? null : count },
            Network = network,
            Recipe = recipe,
            Control = asked.Memorize is { } degree ? new MemorizationDial { Target = degree } : null,
            Canaries = asked.Memorize is null ? null : DialRecipe.Canaries(count, recipe),
            Seed = asked.Seed,
            Threads = asked.Threads,
        };
    }

    private static UserDataOptions AsTrained(TrainedNetwork network, string name)
    {
        var (options, taken) = (new UserDataOptions(), DatasetLoader.OptionsOf(name));
        options = taken.HasFlag(ReaderOptions.Pictures) ? network.ReadAsTrained(options) : options;
        return taken.HasFlag(ReaderOptions.Columns)
            ? network.ReadColumnsAsTrained(options with { LabelColumn = network.LabelColumnFor(taken) })
            : options;
    }

    private static Suspect SuspectOf(AuditedExample example, AuditResult result, AuditData data) =>
        new(
            data.Examples.Rows[example.Id].Name,
            result.ClassNames[example.Label],
            example.Suggested is { } other ? result.ClassNames[other] : null,
            example.WrongProbability,
            example.Verdict
        );
}
