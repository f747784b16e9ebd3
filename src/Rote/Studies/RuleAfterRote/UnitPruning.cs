using Rote.Data;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Storage;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Studies.RuleAfterRote;

/// <summary>The order in which units are cut.</summary>
internal enum PruningOrder
{
    /// <summary>First the units whose input weights are spread over the most frequencies.</summary>
    LeastPeriodic,

    /// <summary>First the units whose input weights are closest to one wave.</summary>
    MostPeriodic,
}

/// <summary>A network without some of its units.</summary>
/// <param name="Cut">Share of the first hidden layer's units that are cut.</param>
/// <param name="Clean">Share of the training pairs with an unchanged label whose label is predicted.</param>
/// <param name="Memorized">Share of those with a changed label whose wrong label is predicted.</param>
/// <param name="Recovered">Share of those with a changed label whose true sum is predicted.</param>
/// <param name="Test">Share of the test pairs whose sum is predicted.</param>
internal sealed record PruningPoint(double Cut, double Clean, double Memorized, double Recovered, double Test);

/// <summary>Orders the units of the first hidden layer by periodicity, and evaluates the network without some of them.</summary>
/// <remarks>
/// Doshi et al. 2024 (arXiv:2310.13061), section 3: a unit that serves the rule sees each number as a wave, a unit that serves rote does
/// not. A unit has two rows of input weights, one per number. The inverse participation ratio of a row with the discrete Fourier transform
/// ŵ is Σ|ŵ|⁴ / (Σ|ŵ|²)² over the frequencies above 0: 1 for one wave, one over their number for noise. A unit's ratio is the mean of its
/// two rows.
/// </remarks>
/// <param name="Participation">[units] inverse participation ratios, each in [0, 1].</param>
/// <param name="Points">The pruned networks, in both orders.</param>
internal sealed record UnitPruning(
    IReadOnlyList<double> Participation,
    IReadOnlyDictionary<PruningOrder, IReadOnlyList<PruningPoint>> Points
)
{
    /// <summary>The share of units that the claims cut: a fifth.</summary>
    public const double CutShare = 0.2;

    private const string Weights = "layers.0.weight";
    private const string Biases = "layers.0.bias";

    /// <summary>Shares of the units that are cut, ascending.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0, 0.05, 0.1, 0.15, CutShare, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    /// <summary>Evaluates a run's network without some of its units.</summary>
    /// <param name="run">A finished run of an MLP on modular addition with some changed labels.</param>
    /// <param name="data">The whole data set; the caller keeps ownership.</param>
    /// <returns>Ratios and pruned networks.</returns>
    /// <exception cref="InputException">A file of the run is damaged.</exception>
    public static UnitPruning Of(FinishedRun run, DatasetSplits data)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        set_num_threads(run.Experiment.Threads); // more threads do not speed up products this small, and wait for each other
        using var network = TrainedNetwork.Load(run, Precision.Float32);
        using var inputs = RunInputs.Prepare(run.Experiment, _ => data);
        using var sets = inputs.Sets(run.Experiment.Recipe with { Precision = Precision.Float32, Device = default });
        var state = network.Module.state_dict();
        var participation = ParticipationOf(state[Weights]);
        var points = Enum.GetValues<PruningOrder>()
            .ToDictionary(order => order, order => (IReadOnlyList<PruningPoint>)Cut(network, sets, Ordered(participation, order)));
        return new UnitPruning(participation, points);
    }

    /// <summary>Returns the network after a share of the units is cut.</summary>
    /// <param name="order">The order.</param>
    /// <param name="share">One of <see cref="Shares"/>.</param>
    public PruningPoint At(PruningOrder order, double share) => Points[order].Single(point => point.Cut == share);

    /// <summary>Computes the inverse participation ratio of each unit.</summary>
    /// <param name="weights">[units, 2p] float32.</param>
    /// <returns>[units]; 0 for a unit without weights above frequency 0.</returns>
    public static double[] ParticipationOf(Tensor weights)
    {
        using var scope = NewDisposeScope();
        var rows = weights.detach().to(float64).reshape(weights.shape[0], 2, weights.shape[1] / 2); // [units, 2, p]
        var waves = fft.rfft(rows).abs().square(); // [units, 2, p/2 + 1]
        var powers = waves.narrow(2, 1, waves.shape[2] - 1);
        var ratios = powers.square().sum(2L) / powers.sum(2L).square().clamp_min(double.Epsilon); // [units, 2]
        return ratios.mean([1L]).data<double>().ToArray();
    }

    private static int[] Ordered(double[] participation, PruningOrder order)
    {
        var ascending = Enumerable.Range(0, participation.Length).OrderBy(unit => participation[unit]);
        return [.. order == PruningOrder.LeastPeriodic ? ascending : ascending.Reverse()];
    }

    private static PruningPoint[] Cut(TrainedNetwork network, TrainingData sets, int[] units)
    {
        using var scope = NewDisposeScope();
        var state = network.Module.state_dict();
        var (weights, biases) = (state[Weights].clone(), state[Biases].clone());
        var points = Shares.Select(share => After(share)).ToArray();
        state[Weights].copy_(weights);
        state[Biases].copy_(biases);
        return points;

        // A unit without weights and bias outputs 0 for every input.
        PruningPoint After(double share)
        {
            foreach (var unit in units.Take((int)Math.Round(share * units.Length)))
            {
                state[Weights].narrow(0, unit, 1).zero_();
                state[Biases].narrow(0, unit, 1).zero_();
            }

            var fit = Evaluator.Count(network.Module, sets.Train);
            return new PruningPoint(
                share,
                Of(fit.Clean, sets.Train.CleanCount),
                Of(fit.Memorized, sets.Train.ChangedCount),
                Of(fit.Recovered, sets.Train.ChangedCount),
                Of(Evaluator.CountCorrect(network.Module, sets.Test), sets.Test.Count)
            );
        }
    }

    private static double Of(long some, int all) => all == 0 ? double.NaN : (double)some / all;
}
