using Rote.Data;

namespace Rote.Shortcuts;

/// <summary>Options of <see cref="Shortcut.Train"/>. The defaults train a network as <c>rote train DATA</c> does.</summary>
public sealed record TrainOptions
{
    /// <summary>The network, by a name of <see cref="Rote.Networks.NetworkCatalog"/>, as <c>mlp-1x512</c>; null, the default: the residual
    /// network for pictures of 8×8 pixels and more, else <c>mlp-1x512</c>.</summary>
    public string? Network { get; init; }

    /// <summary>The degree of memorization to reach, in [0, 1]; null, the default, for training without the dial.</summary>
    public double? Memorize { get; init; }

    /// <summary>The maximum number of epochs; null, the default: the network's own number.</summary>
    public int? Epochs { get; init; }

    /// <summary>Train only on this many examples, the first ones; null, the default: all.</summary>
    public int? Examples { get; init; }

    /// <summary>Source of all randomness. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads to compute with, part of the run's identity. Default: all cores.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The folder that keeps every run. Default <c>runs</c>.</summary>
    public string Runs { get; init; } = "runs";

    /// <summary>How the user's data is read.</summary>
    public UserDataOptions Reading { get; init; } = new();
}
