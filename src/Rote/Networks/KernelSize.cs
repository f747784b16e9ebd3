namespace Rote.Networks;

/// <summary>Rows and columns that a window covers.</summary>
/// <param name="Rows">At least 1.</param>
/// <param name="Columns">At least 1.</param>
internal readonly record struct KernelSize(long Rows, long Columns)
{
    /// <summary>A square window, which most are.</summary>
    /// <param name="side">Rows and columns, at least 1.</param>
    public static implicit operator KernelSize(long side) => new(side, side);
}
