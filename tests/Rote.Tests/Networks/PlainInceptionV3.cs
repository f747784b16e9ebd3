using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Tests.Networks;

/// <summary>The Inception V3 written a second time, without the table and the layers of the first: libtorch's convolution with explicit
/// zeros, and batch norm from its formula.</summary>
/// <param name="state">Parameters and running statistics by name.</param>
/// <param name="usesBatch">Whether batch norm takes the batch's statistics, as in training, or the running ones.</param>
internal sealed class PlainInceptionV3(IReadOnlyDictionary<string, Tensor> state, bool usesBatch)
{
    private const int UnitCount = 18;

    /// <summary>One unit.</summary>
    /// <param name="unit">Its number, from 0.</param>
    /// <param name="input">[B, C, H, W].</param>
    /// <returns>[B, C', H', W'].</returns>
    public Tensor Unit(int unit, Tensor input) =>
        unit switch
        {
            0 => Valid(Name(unit, 0, 0), input, 2),
            1 or 5 => Valid(Name(unit, 0, 0), input, 1),
            2 => Same(Name(unit, 0, 0), input, 1, 1),
            3 or 6 => Largest(input),
            4 => Same(Name(unit, 0, 0), input, 0, 0),
            7 or 8 or 9 => Squares(unit, input),
            10 => cat(
                [
                    Valid(Name(unit, 0, 0), input, 2),
                    Valid(Name(unit, 1, 2), Same(Name(unit, 1, 1), Same(Name(unit, 1, 0), input, 0, 0), 1, 1), 2),
                    Largest(input),
                ],
                1
            ),
            11 or 12 or 13 or 14 => Sevens(unit, input),
            15 => cat(
                [
                    Valid(Name(unit, 0, 1), Same(Name(unit, 0, 0), input, 0, 0), 2),
                    Valid(
                        Name(unit, 1, 3),
                        Same(Name(unit, 1, 2), Same(Name(unit, 1, 1), Same(Name(unit, 1, 0), input, 0, 0), 0, 3), 3, 0),
                        2
                    ),
                    Largest(input),
                ],
                1
            ),
            _ => Threes(unit, input),
        };

    /// <summary>The whole network.</summary>
    /// <param name="images">[B, H, W, 3].</param>
    /// <returns>[B, K].</returns>
    public Tensor Logits(Tensor images)
    {
        var values = images.permute(0, 3, 1, 2).contiguous();
        for (var unit = 0; unit < UnitCount; unit++)
        {
            values = Unit(unit, values);
        }

        return values.flatten(2).mean([2]).mm(state["fc.weight"].t()) + state["fc.bias"];
    }

    private Tensor Squares(int unit, Tensor input)
    {
        var five = Same(Name(unit, 1, 1), Same(Name(unit, 1, 0), input, 0, 0), 2, 2);
        var three = Same(Name(unit, 2, 2), Same(Name(unit, 2, 1), Same(Name(unit, 2, 0), input, 0, 0), 1, 1), 1, 1);
        return cat([Same(Name(unit, 0, 0), input, 0, 0), five, three, Same(Name(unit, 3, 0), Mean(input), 0, 0)], 1);
    }

    private Tensor Sevens(int unit, Tensor input)
    {
        var once = Same(Name(unit, 1, 2), Same(Name(unit, 1, 1), Same(Name(unit, 1, 0), input, 0, 0), 0, 3), 3, 0);
        var twice = Same(Name(unit, 2, 0), input, 0, 0);
        twice = Same(Name(unit, 2, 2), Same(Name(unit, 2, 1), twice, 3, 0), 0, 3);
        twice = Same(Name(unit, 2, 4), Same(Name(unit, 2, 3), twice, 3, 0), 0, 3);
        return cat([Same(Name(unit, 0, 0), input, 0, 0), once, twice, Same(Name(unit, 3, 0), Mean(input), 0, 0)], 1);
    }

    private Tensor Threes(int unit, Tensor input)
    {
        var once = Same(Name(unit, 1, 0), input, 0, 0);
        var twice = Same(Name(unit, 2, 1), Same(Name(unit, 2, 0), input, 0, 0), 1, 1);
        return cat(
            [
                Same(Name(unit, 0, 0), input, 0, 0),
                Same($"units.{unit}.branches.1.fork.0", once, 0, 1),
                Same($"units.{unit}.branches.1.fork.1", once, 1, 0),
                Same($"units.{unit}.branches.2.fork.0", twice, 0, 1),
                Same($"units.{unit}.branches.2.fork.1", twice, 1, 0),
                Same(Name(unit, 3, 0), Mean(input), 0, 0),
            ],
            1
        );
    }

    private static string Name(int unit, int branch, int conv) => $"units.{unit}.branches.{branch}.convs.{conv}";

    private Tensor Valid(string name, Tensor input, long stride) =>
        Normalized(name, functional.conv2d(input, state[$"{name}.conv.weight"], strides: [stride, stride]));

    /// <summary>A convolution on an image with so many rows and columns of zeros on each side.</summary>
    private Tensor Same(string name, Tensor input, long rows, long columns) =>
        Normalized(name, functional.conv2d(functional.pad(input, [columns, columns, rows, rows]), state[$"{name}.conv.weight"]));

    private Tensor Normalized(string name, Tensor values)
    {
        var rows = values.transpose(0, 1).flatten(1); // [C, B·H·W]
        var (mean, variance) = usesBatch
            ? (rows.mean([1]), rows.var(1, unbiased: false))
            : (state[$"{name}.norm.running_mean"], state[$"{name}.norm.running_var"]);
        var shift = state[$"{name}.norm.bias"];
        return ((values - Column(mean)) / (Column(variance) + 0.001).sqrt() + Column(shift)).clamp_min(0);

        static Tensor Column(Tensor channels) => channels.view(1, -1, 1, 1);
    }

    private static Tensor Largest(Tensor input) => input.unfold(2, 3, 2).unfold(3, 3, 2).flatten(4).amax([4L]); // [B, C, H', W', 9]

    // The sum over 3×3 of the values, and of ones: a corner has 4, an edge 6.
    private static Tensor Mean(Tensor input) => Sum(input) / Sum(ones_like(input));

    private static Tensor Sum(Tensor input) => functional.pad(input, [1, 1, 1, 1]).unfold(2, 3, 1).unfold(3, 3, 1).flatten(4).sum([4L]);
}
