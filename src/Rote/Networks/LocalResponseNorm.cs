using static TorchSharp.torch;

namespace Rote.Networks;

/// <summary>Local response normalization across channels: y_i = x_i / (k + a Σ x_j²)^β, over the channels j within a radius of i.</summary>
/// <remarks>
/// From the formula, because libtorch's own refuses bfloat16 and is slow: 35 ms forward and backward for 128 maps of 14×14×64 in float32,
/// against 6 ms here in bfloat16 (two cores). Source: Krizhevsky, Sutskever and Hinton 2012, section 3.3.
/// The sum over channels is a matrix product with a band matrix. What is added to x is computed rather than the quotient, because near 1
/// bfloat16 is 1/128 apart and would round the denominator away: y = x + x·((1 + aΣ)^−β − 1), the bracket as expm1(−β·log1p(aΣ)).
/// </remarks>
internal static class LocalResponseNorm
{
    /// <summary>Normalizes with k = 1.</summary>
    /// <param name="input">[B, C, H, W] of any float type; fast in channels-last.</param>
    /// <param name="radius">Channels to either side that count, at least 0.</param>
    /// <param name="alpha">a, for each channel of the window; torch.nn.LocalResponseNorm's alpha divided by its size.</param>
    /// <param name="beta">β.</param>
    /// <returns>The same shape, type and layout.</returns>
    public static Tensor Apply(Tensor input, int radius, double alpha, double beta)
    {
        var rows = input.permute(0, 2, 3, 1); // [B, H, W, C]
        var values = rows.flatten(0, 2); // [P, C], P = B·H·W
        var channels = values.shape[1];
        var window = ones(channels, channels, device: values.device).tril_(radius).triu_(-radius).mul_(alpha).to(values.dtype); // [C, C]
        var squares = (values * values).mm(window); // [P, C]: aΣ
        var change = (squares.log1p() * -beta).expm1(); // [P, C]: (1 + aΣ)^−β − 1
        return values.addcmul(values, change, 1).view(rows.shape).permute(0, 3, 1, 2);
    }
}
