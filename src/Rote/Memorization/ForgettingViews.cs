using Rote.Measurement;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization;

/// <summary>What an attacker sees of examples that a network was trained on, beside examples like them that it never saw.</summary>
/// <remarks>The examples never trained on are those held out, or those of the test where none are. Every second of them steers the
/// forgetting; the others are left for the attack that is reported.</remarks>
internal sealed class ForgettingViews
{
    private readonly PreparedData _train;
    private readonly PreparedData _unseen;
    private readonly int[] _rows;
    private readonly double[] _difficulty; // [F]
    private readonly double[] _unseenDifficulty; // [U]

    /// <param name="reference">A network that was trained on none of them; left in evaluation mode.</param>
    /// <param name="data">The examples; still the caller's.</param>
    /// <param name="rows">Rows of <see cref="TrainingData.Train"/> in question.</param>
    public ForgettingViews(Module<Tensor, Tensor> reference, TrainingData data, IReadOnlyList<long> rows)
    {
        (_train, _unseen, _rows) = (data.Train, data.HeldOut ?? data.Test, [.. rows.Select(row => (int)row)]);
        _difficulty = Own(Predictions.Of(reference, _train));
        _unseenDifficulty = LogitConfidence.Of(Predictions.Of(reference, _unseen));
    }

    /// <summary>[F] how sure of its label a network would be, had it not seen the example.</summary>
    /// <param name="network">The network that saw it.</param>
    /// <param name="train">What it says of the training examples.</param>
    public double[] Targets(Module<Tensor, Tensor> network, Predictions train) =>
        UnseenConfidence.Of(
            Own(train),
            _difficulty,
            Every(LogitConfidence.Of(Predictions.Of(network, _unseen)), 0),
            Every(_unseenDifficulty, 0)
        );

    /// <summary>The attack on the examples that steer.</summary>
    /// <param name="network">The network attacked; left in evaluation mode.</param>
    /// <param name="train">What it says of the training examples.</param>
    public MembershipAttack Steering(Module<Tensor, Tensor> network, Predictions train) => Attack(network, train, 0);

    /// <summary>The attack on the others.</summary>
    /// <param name="network">The network attacked; left in evaluation mode.</param>
    /// <param name="train">What it says of the training examples.</param>
    public MembershipAttack Audit(Module<Tensor, Tensor> network, Predictions train) => Attack(network, train, 1);

    /// <summary>Scores are losses calibrated by difficulty: what the network is surer than the reference.</summary>
    private MembershipAttack Attack(Module<Tensor, Tensor> network, Predictions train, int first)
    {
        var unseen = LogitConfidence.Of(Predictions.Of(network, _unseen)).Zip(_unseenDifficulty, (own, other) => own - other);
        return MembershipAttack.Of([.. Own(train).Zip(_difficulty, (own, other) => own - other)], Every([.. unseen], first));
    }

    private double[] Own(Predictions train) => [.. _rows.Select(row => LogitConfidence.Of(train.Loss[row]))];

    private static double[] Every(double[] values, int first) => values.Length == 1 ? values : [.. values.Where((_, i) => i % 2 == first)];
}
