using static TorchSharp.torch;

namespace Rote.Networks;

/// <summary>Example-tied dropout: a share of a layer's units serves every example; of the others each example has some of its own, the same
/// in every epoch, to keep in them what only it needs. When the network is evaluated those are left out, and what they hold with
/// them.</summary>
/// <remarks>Maini et al. 2023 (arXiv:2307.09542), section 5; the defaults are those of the authors' code, and so is the factor of the
/// shared units in evaluation.</remarks>
public sealed record ExampleTiedDropout
{
    private const int HashBits = 24;

    /// <summary>The share of the units that serves every example, above 0 and up to 1. Default 0.2.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public double Shared
    {
        get;
        init =>
            field = value is > 0 and <= 1
                ? value
                : throw new InputException($"The share of units for every example is {value}, expected a number above 0 and up to 1.");
    } = 0.2;

    /// <summary>The probability that one of the other units is an example's own, in [0, 1]. Default 0.1.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public double Own
    {
        get;
        init =>
            field = value is >= 0 and <= 1
                ? value
                : throw new InputException($"The share of units of an example's own is {value}, expected a number from 0 to 1.");
    } = 0.1;

    /// <summary>Leaves out units.</summary>
    /// <param name="values">[B, U] or [B, U, H, W].</param>
    /// <param name="rows">[B] int64 which examples of the training set they are; null: the network is evaluated.</param>
    /// <param name="layer">The number of the layer; each has units of its own for an example.</param>
    /// <returns>The same shape and type, in the caller's dispose scope.</returns>
    internal Tensor Apply(Tensor values, Tensor? rows, int layer)
    {
        using var scope = NewDisposeScope();
        var units = values.shape[1];
        var shared = arange(0, units, 1, int64, values.device).lt(SharedOf(units)).unsqueeze(0); // [1, U]
        var more = SharedOf(units) == units ? 1 : (Shared + Own) / Shared; // as many units as in training, where there are others
        var kept = rows is null ? shared.to(float32) * more : shared.logical_or(OwnOf(rows, units, layer)).to(float32);
        var mask = values.dim() == 4 ? kept.unsqueeze(2).unsqueeze(3) : kept;
        return (values * mask.to(values.dtype)).MoveToOuterDisposeScope();
    }

    /// <summary>The rows that a module in training must have been given.</summary>
    internal static Tensor Required(Tensor? rows) =>
        rows ?? throw new InvalidOperationException("The network is trained without being told which examples it is given.");

    /// <summary>How many of a layer's units serve every example: at least one.</summary>
    internal long SharedOf(long units) => Math.Max(1, (long)(Shared * units));

    /// <summary>[B, U] bool: which units are an example's own. It follows from the three numbers, so that nothing is kept and a resumed run
    /// has the same.</summary>
    private Tensor OwnOf(Tensor rows, long units, int layer)
    {
        var device = rows.device;
        var unit = arange(0, units, 1, int64, device).add((long)layer << 32).mul(Odd(0xBF58476D1CE4E5B9)).unsqueeze(0); // [1, U]
        var mixed = unit + rows.add(1).mul(Odd(0x9E3779B97F4A7C15)).unsqueeze(1); // [B, U]
        mixed = Folded(mixed, 30).mul(Odd(0xBF58476D1CE4E5B9));
        mixed = Folded(mixed, 27).mul(Odd(0x94D049BB133111EB));
        return Folded(mixed, 31).bitwise_and(tensor((1L << HashBits) - 1, int64, device)).lt((long)(Own * (1L << HashBits)));

        // The steps and constants of SplitMix64 (Steele, Lea, Flood 2014), but for the sign that a shift of int64 brings in.
        Tensor Folded(Tensor value, long by) => value.bitwise_xor(value.bitwise_right_shift(tensor(by, int64, device)));

        static long Odd(ulong constant) => unchecked((long)constant);
    }
}
