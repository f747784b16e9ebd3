using static TorchSharp.torch;

namespace Rote.Tensors;

/// <summary>Norms of matrices and vectors, in float64.</summary>
internal static class MatrixNorms
{
    /// <summary>The sum of squares, ‖A‖²_F.</summary>
    /// <param name="values">Any shape.</param>
    public static double Square(Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.to(float64).flatten().square().sum([0L]).item<double>();
    }

    /// <summary>The root of the sum of squares, ‖A‖_F.</summary>
    /// <param name="values">Any shape.</param>
    public static double Frobenius(Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.to(float64).norm().item<double>();
    }

    /// <summary>The largest singular value, ‖A‖₂.</summary>
    /// <param name="matrix">[rows, columns].</param>
    public static double Spectral(Tensor matrix)
    {
        using var scope = NewDisposeScope();
        return linalg.svdvals(matrix.to(float64)).max().item<double>();
    }

    /// <summary>The distance ‖A − B‖_F.</summary>
    /// <param name="one">Any shape.</param>
    /// <param name="other">The same shape.</param>
    public static double Distance(Tensor one, Tensor other)
    {
        using var scope = NewDisposeScope();
        return Frobenius(one.sub(other));
    }
}
