using Rote.Data;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Memorization;
using Rote.Storage;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote;

/// <summary>The trainings that take examples out of a finished run's network.</summary>
public sealed record ForgetPlan
{
    /// <summary>Epochs of forgetting at most.</summary>
    public const int MostEpochs = 60;

    private const int Named = 20; // examples that a message names

    private const int ReferenceShare = 4; // a quarter of the epochs: enough for the rule, and little by rote

    private ForgetPlan(FinishedRun run, ForgottenRows rows)
    {
        (Run, Rows) = (run, rows.Rows);
        var recipe = run.Experiment.Recipe with { Device = default }; // all of it on the processor, whatever the run was trained on
        Retrained = run.Experiment with { Recipe = recipe, Forget = rows };
        Reference = Retrained with
        {
            Control = null,
            Recipe = recipe with { Epochs = Math.Min(recipe.Epochs, Math.Max(2, (recipe.Epochs + ReferenceShare - 1) / ReferenceShare)) },
        };
        Forgetting = run.Experiment with
        {
            Control = null,
            Recipe = Memorization.Forgetting.RecipeFor(recipe, MostEpochs),
            Forget = rows with { From = run.Summary.Experiment, Reference = Reference.Identity },
        };
    }

    /// <summary>The run whose network is changed.</summary>
    public FinishedRun Run { get; }

    /// <summary>Rows of its training set to forget, ascending.</summary>
    public IReadOnlyList<long> Rows { get; }

    /// <summary>First: a short training without them, which says what a network that never saw them makes of them.</summary>
    public Experiment Reference { get; }

    /// <summary>Then: the training that forgets, a run of its own.</summary>
    public Experiment Forgetting { get; }

    /// <summary>To compare with: the run's training without them, whole.</summary>
    public Experiment Retrained { get; }

    /// <summary>Throws where <see cref="Retrained"/> cannot be trained, before anything else is.</summary>
    /// <param name="load">Gives the whole data set; it stays the giver's.</param>
    /// <exception cref="InputException">The run is steered by canaries, and without the examples a set of them is empty.</exception>
    internal void RequireRetrainable(Func<DataSpec, DatasetSplits> load)
    {
        if (Retrained.Control is null)
        {
            return;
        }

        using var inputs = RunInputs.Prepare(Retrained, load);
        if (inputs.Data.Canaries is not { IsReadable: true })
        {
            throw Flow.NoCanaries(Retrained);
        }
    }

    /// <summary>Plans.</summary>
    /// <param name="run">A finished run of this engine.</param>
    /// <param name="rows">Rows of its training set, in any order; one that stands twice counts once.</param>
    /// <param name="load">Gives the whole data set; it stays the giver's.</param>
    /// <returns>The trainings.</returns>
    /// <exception cref="InputException">The run is of another engine, forgot before or has two networks; a row is none of its training
    /// examples, or they are all.</exception>
    public static ForgetPlan Of(FinishedRun run, IReadOnlyCollection<long> rows, Func<DataSpec, DatasetSplits> load)
    {
        var (experiment, name) = (run.Experiment, Path.GetFileName(run.Folder));
        if (experiment.Engine != Engine.Current)
        {
            throw new InputException(
                $"The run {name} is of engine {experiment.Engine} and this Rote is engine {Engine.Current}: train it again, then forget."
            );
        }

        if (experiment.Forget is not null)
        {
            throw new InputException(
                $"The run {name} has forgotten examples already: list all examples together, and forget them from the first run."
            );
        }

        if (experiment.Control is AdjustableMemorization)
        {
            throw new InputException(
                $"The run {name} has two networks, and its degrees mix them; examples are forgotten by a run with one network."
            );
        }

        if (rows.Count == 0)
        {
            throw new InputException("There is no example to forget: the list is empty.");
        }

        using var inputs = RunInputs.Prepare(experiment, load);
        var images = inputs.Data.Images.Train;
        long[] sorted = [.. rows.Distinct().Order()];
        if (sorted[0] < 0 || sorted[^1] >= images.Count)
        {
            var outside = sorted.First(row => row < 0 || row >= images.Count);
            throw new InputException($"The run {name} has {images.Count:N0} training examples, and {outside:N0} is none of their numbers.");
        }

        var kept = inputs.Rows?.Kept.ToHashSet();
        if (kept is not null && sorted.Where(row => !kept.Contains(row)).ToArray() is { Length: > 0 } never)
        {
            throw new InputException(
                $"The run {name} was not trained on {never.Length:N0} of the examples to forget, because they were held out or left out: "
                    + $"{string.Join(", ", never.Take(Named).Select(row => images.Rows[(int)row].Name))}"
                    + $"{(never.Length > Named ? " and others" : "")}; take them off the list."
            );
        }

        return sorted.Length < (kept?.Count ?? images.Count)
            ? new ForgetPlan(run, new ForgottenRows { Rows = sorted })
            : throw new InputException($"The list names all {sorted.Length:N0} examples that {name} was trained on: remove the run.");
    }
}

/// <summary>The runs that a training that forgets begins with.</summary>
/// <param name="From">The run whose network is changed.</param>
/// <param name="Reference">The run without the examples.</param>
internal sealed record ForgetRuns(FinishedRun From, FinishedRun Reference)
{
    /// <summary>The network to change, which the caller owns.</summary>
    public Module<Tensor, Tensor> Network() => TrainedNetwork.Load(From).Module;

    /// <summary>What is made smaller; the caller owns it.</summary>
    /// <param name="forget">What to forget.</param>
    /// <param name="sets">What the run was trained on.</param>
    public TrainingMethod Method(ForgottenRows forget, TrainingData sets)
    {
        using var network = TrainedNetwork.Load(From);
        using var reference = TrainedNetwork.Load(Reference);
        return new Forgetting(network.Module, reference.Module, sets, ForgetFlow.Places(forget.Rows, sets));
    }
}
