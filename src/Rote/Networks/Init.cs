using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Networks;

/// <summary>Initial parameters other than a layer's own, drawn from libtorch's default generator.</summary>
internal static class Init
{
    /// <summary>Draws weights from a normal distribution of mean 0 cut at two deviations (TensorFlow's truncated_normal); every bias is the
    /// same.</summary>
    /// <param name="layer">A layer with parameters <c>weight</c> and <c>bias</c>.</param>
    /// <param name="deviation">Standard deviation before the cut, above 0.</param>
    /// <param name="bias">The biases' value.</param>
    public static void InitTruncatedNormal(this Module layer, double deviation, double bias)
    {
        using var noGrad = no_grad();

        // Not init.trunc_normal_, which in TorchSharp 0.107.0 sets every value to the deviation. The inverse of erf makes a uniform number
        // between ∓erf(2/√2) a normal one between ∓2 deviations, up to the factor √2.
        const double WithinTwoDeviations = 0.954499736103642;
        init.uniform_(layer.get_parameter("weight")!, -WithinTwoDeviations, WithinTwoDeviations).erfinv_().mul_(Math.Sqrt(2) * deviation);
        init.constant_(layer.get_parameter("bias")!, bias);
    }

    /// <summary>Draws weights from a normal distribution of variance 2 / fan in; biases are 0 (He et al. 2015, arXiv:1502.01852): a layer
    /// and its ReLU keep the signal's size.</summary>
    /// <param name="layer">A layer with parameters <c>weight</c> and <c>bias</c>.</param>
    public static void InitKaimingNormal(this Module layer)
    {
        using var noGrad = no_grad();
        init.kaiming_normal_(layer.get_parameter("weight")!, mode: init.FanInOut.FanIn, nonlinearity: init.NonlinearityType.ReLU);
        init.zeros_(layer.get_parameter("bias")!);
    }

    /// <summary>Draws weights uniformly in ±√(6 / (fan in + fan out)); biases are 0: the default of TensorFlow's layers (Glorot and Bengio
    /// 2010).</summary>
    /// <param name="layer">A layer with parameters <c>weight</c> and <c>bias</c>.</param>
    public static void InitXavierUniform(this Module layer)
    {
        using var noGrad = no_grad();
        init.xavier_uniform_(layer.get_parameter("weight")!);
        init.zeros_(layer.get_parameter("bias")!);
    }
}
