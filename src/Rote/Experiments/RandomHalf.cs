using System.Text.Json.Serialization;
using Rote.Tensors;

namespace Rote.Experiments;

/// <summary>A training on a random half of the examples: each is in it by a fair coin of its own. Networks of one seed here share
/// everything that is drawn about the data (what is held out, corrupted and planted), and differ in their coins.</summary>
/// <remarks>So are the shadow networks of a membership attack trained (Carlini et al. 2022, arXiv:2112.03570).</remarks>
public sealed record RandomHalf
{
    /// <summary>Seed of what is drawn about the data; that of the experiment is of the network.</summary>
    public required long Seed { get; init; }

    /// <summary>Which of the halves, from 0.</summary>
    /// <exception cref="InputException">The value is negative.</exception>
    public required int Number
    {
        get;
        init => field = value >= 0 ? value : throw new InputException($"The number of a random half is {value}, expected 0 or more.");
    }

    /// <summary>The randomness of the data.</summary>
    [JsonIgnore]
    internal Seeds Drawn => new(Seed);

    /// <summary>Throws the coins.</summary>
    /// <param name="count">N, training examples.</param>
    /// <returns>[N] whether each is trained on.</returns>
    public bool[] Includes(int count)
    {
        var stream = Drawn.Stream(SeedStreams.Half, Number);
        var coins = new bool[count];
        for (var i = 0; i < count; i++)
        {
            coins[i] = stream.NextInt(2) == 1;
        }

        return coins;
    }
}
