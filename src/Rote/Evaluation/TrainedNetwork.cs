using System.Runtime.InteropServices;
using Rote.Data;
using Rote.Data.Formats;
using Rote.Experiments;
using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Evaluation;

/// <summary>The network of a finished run, in inference mode. The files of the run's folder are checked against each other.</summary>
public sealed class TrainedNetwork : IDisposable
{
    private TrainedNetwork(FinishedRun run, RunData data, Module<Tensor, Tensor> module) => (Run, Data, Module) = (run, data, module);

    /// <summary>The run.</summary>
    public FinishedRun Run { get; }

    /// <summary>The data it was trained on.</summary>
    public RunData Data { get; }

    /// <summary>Maps inputs [B, H, W, C] of the recipe's precision to float32 logits [B, K]; this object owns it.</summary>
    public Module<Tensor, Tensor> Module { get; }

    /// <summary>Where it computes.</summary>
    public ComputeDevice Device { get; private init; }

    /// <summary>The degree of memorization that it is set to; null: the run's network as it was trained.</summary>
    public double? Degree { get; private init; }

    /// <summary>One sentence for the user if another engine than this Rote's trained the run; else null.</summary>
    public string? EngineNote =>
        Run.Experiment.Engine == Engine.Current
            ? null
            : $"The run {Path.GetFileName(Run.Folder)} is of engine {Run.Experiment.Engine}, this Rote is engine "
                + $"{Engine.Current}: the same experiment would give another network today. This one is evaluated as it is.";

    /// <summary>Loads the weights of a run.</summary>
    /// <param name="run">A finished run, of any engine.</param>
    /// <param name="precision">The precision that its layers compute in; null: as in training. The weights are float32 either way.</param>
    /// <param name="device">Where it computes, whatever it was trained on.</param>
    /// <param name="degree">The degree of memorization that the run's two networks are set to; null: the run's network as it was
    /// trained.</param>
    /// <returns>The network, which the caller owns.</returns>
    /// <exception cref="MachineException">There is no such device.</exception>
    /// <exception cref="InputException">
    /// A file is missing, damaged or belongs to another run; or a tensor of the network is missing, has another shape or dtype, or is
    /// superfluous.
    /// </exception>
    public static TrainedNetwork Load(FinishedRun run, Precision? precision = null, ComputeDevice device = default, double? degree = null)
    {
        if (run.Experiment.Schema != Experiment.CurrentSchema)
        {
            throw new InputException(
                $"The experiment of {run.Folder} has schema {run.Experiment.Schema}, this Rote knows {Experiment.CurrentSchema}; use the "
                    + $"Rote that trained it."
            );
        }

        var data = ReadData(run);
        using var weights = ReadWeights(run);
        var module = Build(run, data, precision ?? run.Experiment.Recipe.Precision);
        try
        {
            Fill(module, weights, run);
            if (degree is { } asked)
            {
                module = Gated(run, module, () => Build(run, data, precision ?? run.Experiment.Recipe.Precision), asked);
            }

            module.On(device);
        }
        catch
        {
            module.Dispose();
            throw;
        }

        module.eval();
        return new TrainedNetwork(run, data, module) { Device = device, Degree = degree };
    }

    /// <summary>Completes the options of the user's pictures for this network: what the user does not set is read as in training.</summary>
    /// <param name="options">The user's options.</param>
    /// <param name="fitIsGiven">Whether they set how pictures become square.</param>
    /// <param name="isItsData">Whether it is what the network was trained on, whose pictures need not be scaled to the network's
    /// side.</param>
    public UserDataOptions ReadAsTrained(UserDataOptions options, bool fitIsGiven = false, bool isItsData = false)
    {
        var trained = Run.Experiment.Data;
        return options with
        {
            ImageSize =
                options.ImageSize
                ?? (
                    isItsData || trained.Encoder is not null ? trained.ImageSize
                    : Data.Height == Data.Width && Data.Height <= UserDataOptions.MaxImageSize ? Data.Height
                    : null
                ),
            Fit = fitIsGiven ? options.Fit : trained.Fit ?? options.Fit,
            SampleBits = trained.SampleBits,
        };
    }

    /// <summary>The column of labels that the training read, for data that may have it: pictures lack what a table had.</summary>
    /// <param name="taken">The options that apply to the data.</param>
    public string? LabelColumnFor(ReaderOptions taken) =>
        taken.HasFlag(ReaderOptions.Pictures) && Data.Features is not null && Run.Experiment.Data.Encoder is null
            ? null
            : Run.Experiment.Data.LabelColumn;

    /// <summary>Completes the options of a table for this network: unless the user sets columns, those of training are read as in
    /// training.</summary>
    /// <param name="options">The user's options.</param>
    public UserDataOptions ReadColumnsAsTrained(UserDataOptions options)
    {
        if (Data.Features is not { } features || options.Ignore is not null || options.Text is not null || options.Categorical is not null)
        {
            return options;
        }

        var columns =
            features.Columns ?? features.Names?.Select(name => new DataColumn { Name = name, Kind = DataColumnKind.Number }).ToArray();
        return options with { Only = columns?.Select(c => c.Name).ToArray(), Columns = columns };
    }

    /// <inheritdoc/>
    public void Dispose() => Module.Dispose();

    private static RunData ReadData(FinishedRun run)
    {
        var path = Path.Combine(run.Folder, RunFiles.Data);
        if (!File.Exists(path))
        {
            throw new InputException(
                $"{run.Folder} has no {RunFiles.Data}, which says what its network is to be given: an older Rote trained it; remove the "
                    + $"run and train again."
            );
        }

        try
        {
            var data = RunFiles.Read<RunData>(path);
            data.Features?.RequireCount(data.Height * data.Width * data.Channels);
            return data;
        }
        catch (InputException error) when (error.InnerException is null)
        {
            throw new InputException($"{path} is damaged ({error.Message.TrimEnd('.')}); remove the run's folder to train again.", error);
        }
    }

    private static Safetensors ReadWeights(FinishedRun run)
    {
        var path = WeightsOf(run);
        try
        {
            var weights = Safetensors.Read(path);
            var problem =
                weights.Metadata.GetValueOrDefault("experiment") != run.Summary.Experiment
                    ? "it belongs to another experiment than summary.json"
                : weights.Metadata.GetValueOrDefault("sha256") is not { } digest ? "it has no SHA-256 of its data"
                : digest != run.Summary.WeightsSha256 ? $"its data has the SHA-256 {digest}, summary.json says {run.Summary.WeightsSha256}"
                : null;
            if (problem is null)
            {
                return weights;
            }

            weights.Dispose();
            throw Unfit(run, problem);
        }
        catch (InputException error) when (error.InnerException is UnauthorizedAccessException)
        {
            throw new InputException($"{error.Message.TrimEnd('.')}; check its permissions.", error);
        }
        catch (InputException error) when (error.InnerException is IOException)
        {
            throw new InputException(
                $"{error.Message.TrimEnd('.')}; the weights of a finished run lie there: restore the "
                    + $"file, or remove the run and train again.",
                error
            );
        }
    }

    private static Module<Tensor, Tensor> Build(FinishedRun run, RunData data, Precision precision)
    {
        var shape = data.Seen(run.Experiment.Data);
        try
        {
            _ = checked(shape.Height * shape.Width * shape.Channels);
            return run.Experiment.Network.Build(shape, precision, new Seeds(run.Experiment.Seed));
        }
        catch (Exception error) when (error is ExternalException or OverflowException or OutOfMemoryException)
        {
            throw new MachineException(
                $"The {run.Experiment.Network.Title} for {(data.Features is null ? "images of" : "vectors of")} {data.Image} and "
                    + $"{data.ClassNames.Count} classes, as {Path.Combine(run.Folder, RunFiles.Data)} says, does not fit into memory.",
                error
            );
        }
    }

    /// <summary>Both networks of a run whose degree is set after training.</summary>
    private static GatedNetwork Gated(FinishedRun run, Module<Tensor, Tensor> high, Func<Module<Tensor, Tensor>> build, double degree)
    {
        var table =
            AdjustableFiles.Find(run)
            ?? throw new InputException(
                $"The run {Path.GetFileName(run.Folder)} has one network, and so one degree of memorization; a run that was trained with "
                    + $"{Setting.Memorization} adjustable has every degree."
            );
        var opening = table.OpeningFor(degree);
        var low = build();
        try
        {
            AdjustableFiles.PutLowInto(run, table, low);
            return new GatedNetwork(low, high, opening);
        }
        catch
        {
            low.Dispose();
            throw;
        }
    }

    private static void Fill(Module<Tensor, Tensor> module, Safetensors weights, FinishedRun run)
    {
        using var noGrad = no_grad();
        var state = module.state_dict();
        foreach (var (name, value) in state)
        {
            if (!weights.Tensors.TryGetValue(name, out var saved))
            {
                throw Unfit(run, $"it lacks the tensor '{name}' of the {run.Experiment.Network.Title}");
            }

            if (saved.dtype != value.dtype || !saved.shape.SequenceEqual(value.shape))
            {
                throw Unfit(
                    run,
                    $"its tensor '{name}' is {saved.dtype} {Shape.Text(saved.shape)}, the {run.Experiment.Network.Title} has "
                        + $"{value.dtype} {Shape.Text(value.shape)}"
                );
            }

            value.copy_(saved);
        }

        if (weights.Tensors.Keys.FirstOrDefault(name => !state.ContainsKey(name)) is { } extra)
        {
            throw Unfit(run, $"it holds the tensor '{extra}', which the {run.Experiment.Network.Title} has not");
        }
    }

    /// <summary>Another engine may have built this network differently; then nothing is damaged.</summary>
    private static InputException Unfit(FinishedRun run, string problem)
    {
        var remedy =
            run.Experiment.Engine == Engine.Current
                ? "remove the run and train again"
                : $"engine {run.Experiment.Engine} wrote it and this Rote is engine {Engine.Current}: train again";
        return new InputException($"{WeightsOf(run)} does not fit its run: {problem}; {remedy}.");
    }

    private static string WeightsOf(FinishedRun run) => Path.Combine(run.Folder, RunFiles.Weights);
}
