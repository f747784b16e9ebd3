namespace Rote.Networks;

/// <summary>A convolution of the Inception V3, with its batch norm and ReLU.</summary>
/// <param name="Filters">Output channels, at least 1.</param>
/// <param name="Kernel">The window.</param>
/// <param name="Stride">Rows and columns from one window to the next, at least 1.</param>
/// <param name="Padding">What happens at the edge.</param>
internal readonly record struct ConvSpec(int Filters, KernelSize Kernel, int Stride = 1, ConvPadding Padding = ConvPadding.Same);

/// <summary>What a branch begins with.</summary>
internal enum BranchPooling
{
    /// <summary>Nothing: convolutions see the unit's input.</summary>
    None,

    /// <summary>The mean of 3×3 windows, stride 1, SAME padding that is not counted.</summary>
    Average,

    /// <summary>The largest value of 3×3 windows, stride 2, VALID padding.</summary>
    Largest,
}

/// <summary>One of the paths from a unit's input to its output.</summary>
/// <param name="Pooling">What comes first.</param>
/// <param name="Convs">Convolutions one after the other; none for a pooling alone.</param>
/// <param name="Fork">Convolutions side by side on the result of those, their channels put together; none: that result itself.</param>
internal sealed record BranchSpec(BranchPooling Pooling, IReadOnlyList<ConvSpec> Convs, IReadOnlyList<ConvSpec> Fork)
{
    /// <summary>Channels that come out.</summary>
    /// <param name="inputs">Channels that come in.</param>
    public int Outputs(int inputs) =>
        Fork.Count > 0 ? Fork.Sum(conv => conv.Filters)
        : Convs.Count > 0 ? Convs[^1].Filters
        : inputs;
}

/// <summary>Branches on the same input, their channels put together.</summary>
/// <param name="Name">Its name in TensorFlow's slim library.</param>
/// <param name="Branches">The branches, in the order of their channels; at least one.</param>
internal sealed record UnitSpec(string Name, IReadOnlyList<BranchSpec> Branches)
{
    /// <summary>Channels that come out.</summary>
    /// <param name="inputs">Channels that come in.</param>
    public int Outputs(int inputs) => Branches.Sum(branch => branch.Outputs(inputs));
}

/// <summary>The units of the Inception V3, from the picture to the maps whose means are classified.</summary>
/// <remarks>Source: Szegedy et al. 2016, arXiv:1512.00567, Table 1 and Figures 5 to 7 and 10; the filters of each branch, which the paper
/// does not print, are those of its authors' code (TensorFlow's slim, inception_v3).</remarks>
internal static class InceptionV3Table
{
    private static readonly KernelSize Row3 = new(1, 3);
    private static readonly KernelSize Column3 = new(3, 1);
    private static readonly KernelSize Row7 = new(1, 7);
    private static readonly KernelSize Column7 = new(7, 1);

    private static readonly BranchSpec LargestAlone = new(BranchPooling.Largest, [], []);

    /// <summary>The units in order: seven of one branch, which are the stem, then the eleven Inception units.</summary>
    public static IReadOnlyList<UnitSpec> Units { get; } =
    [
        new("Conv2d_1a", [Path(Conv(32, 3) with { Stride = 2, Padding = ConvPadding.Valid })]),
        new("Conv2d_2a", [Path(Conv(32, 3) with { Padding = ConvPadding.Valid })]),
        new("Conv2d_2b", [Path(Conv(64, 3))]),
        new("MaxPool_3a", [LargestAlone]),
        new("Conv2d_3b", [Path(Conv(80, 1))]),
        new("Conv2d_4a", [Path(Conv(192, 3) with { Padding = ConvPadding.Valid })]),
        new("MaxPool_5a", [LargestAlone]),
        Square("Mixed_5b", afterPooling: 32),
        Square("Mixed_5c", afterPooling: 64),
        Square("Mixed_5d", afterPooling: 64),
        new("Mixed_6a", [Path(Halving(384)), Path(Conv(64, 1), Conv(96, 3), Halving(96)), LargestAlone]),
        Factorized("Mixed_6b", within: 128),
        Factorized("Mixed_6c", within: 160),
        Factorized("Mixed_6d", within: 160),
        Factorized("Mixed_6e", within: 192),
        new(
            "Mixed_7a",
            [Path(Conv(192, 1), Halving(320)), Path(Conv(192, 1), Conv(192, Row7), Conv(192, Column7), Halving(192)), LargestAlone]
        ),
        Wide("Mixed_7b"),
        Wide("Mixed_7c"),
    ];

    /// <summary>Windows of 1×1, 5×5 and two of 3×3 (the paper's Figure 5, with one 5×5 left whole).</summary>
    private static UnitSpec Square(string name, int afterPooling) =>
        new(name, [Path(Conv(64, 1)), Path(Conv(48, 1), Conv(64, 5)), Path(Conv(64, 1), Conv(96, 3), Conv(96, 3)), Mean(afterPooling)]);

    /// <summary>Windows of 7×7 as rows and columns of 7 (Figure 6).</summary>
    private static UnitSpec Factorized(string name, int within) =>
        new(
            name,
            [
                Path(Conv(192, 1)),
                Path(Conv(within, 1), Conv(within, Row7), Conv(192, Column7)),
                Path(Conv(within, 1), Conv(within, Column7), Conv(within, Row7), Conv(within, Column7), Conv(192, Row7)),
                Mean(192),
            ]
        );

    /// <summary>Rows and columns of 3 side by side (Figure 7).</summary>
    private static UnitSpec Wide(string name)
    {
        ConvSpec[] fork = [Conv(384, Row3), Conv(384, Column3)];
        return new(
            name,
            [Path(Conv(320, 1)), Path(Conv(384, 1)) with { Fork = fork }, Path(Conv(448, 1), Conv(384, 3)) with { Fork = fork }, Mean(192)]
        );
    }

    private static ConvSpec Conv(int filters, KernelSize kernel) => new(filters, kernel);

    private static ConvSpec Halving(int filters) => new(filters, 3, Stride: 2, ConvPadding.Valid);

    private static BranchSpec Path(params ConvSpec[] convs) => new(BranchPooling.None, convs, []);

    private static BranchSpec Mean(int filters) => new(BranchPooling.Average, [Conv(filters, 1)], []);
}
