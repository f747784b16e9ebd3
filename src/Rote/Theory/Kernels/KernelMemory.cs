namespace Rote.Theory.Kernels;

/// <summary>Predicts the peak memory of an interpolation before it begins.</summary>
/// <param name="Test">The number of test examples.</param>
/// <param name="Dimension">Numbers per example of the largest block of features.</param>
/// <param name="Classes">The number of right-hand sides.</param>
internal readonly record struct KernelMemory(long Test, long Dimension, long Classes)
{
    private const double Share = 0.9;
    private const long LargeMatrix = 30_000;

    /// <summary>The number of rows of a tile for a number of training examples.</summary>
    public static int Side(long train) => (int)Math.Clamp((train + 7) / 8, 1, 1024);

    /// <summary>Rows of tiles that make the preconditioner: a quarter of a small matrix, rank 2,048 of a larger one, and rank 4,096 where
    /// products cost so much that saving some pays for it.</summary>
    public static int PreconditionerRows(long train) => train >= LargeMatrix ? 4 : 2;

    /// <summary>Returns the bytes at the peak.</summary>
    /// <param name="train">The number of training examples.</param>
    public long Bytes(long train)
    {
        var side = Side(train);
        var rank = Math.Min(train, PreconditionerRows(train) * side);
        var kernel = sizeof(float) * (SymmetricTiles.NumbersOf(train, side) + (Test * train));
        var features = 2 * sizeof(float) * (train + Test) * Dimension;
        var preconditioner = (sizeof(float) * rank * train) + (5 * sizeof(double) * rank * rank);
        var vectors = 14 * sizeof(double) * Classes * train;
        return kernel + Math.Max(features, preconditioner + vectors);
    }

    /// <summary>Throws if it does not fit.</summary>
    /// <param name="train">The number of training examples.</param>
    /// <param name="available">Available memory in bytes; null: as the system reports.</param>
    /// <exception cref="MachineException">It does not fit; the message gives the largest number of training examples that does.</exception>
    public void Require(long train, long? available = null)
    {
        var free = available ?? MemoryGuard.Available();
        if (Bytes(train) <= Share * free)
        {
            return;
        }

        var (least, most) = (0L, train);
        while (most - least > 1)
        {
            var middle = (least + most) / 2;
            (least, most) = Bytes(middle) <= Share * free ? (middle, most) : (least, middle);
        }

        Sentence remedy =
            least == 0 ? new Sentence("not even one fits") : $"at most {least:N0} training examples fit: set {Setting.Examples} to {least}";
        throw new MachineException(
            $"The kernel of {train:N0} training and {Test:N0} test examples needs {Bytes(train) / 1e9:F2} GB, and of {free / 1e9:F2} GB "
                + $"of available memory it may take {Share:P0}; {remedy}."
        );
    }
}
