namespace Rote.Measurement;

/// <summary>What one training rules out about its privacy: a lower bound on ε from guesses which canaries were trained on.</summary>
/// <remarks>
/// Steinke, Nasr, Jagielski 2023 (arXiv:2305.08846, theorem 5.2 with δ = 0): if each canary is in the training set by a fair coin of its
/// own and training is ε-differentially private, then of r guesses that are made from the network, v or more are right with at most the
/// probability that a binomial variable of r draws with p = e^ε / (1 + e^ε) is v or more. An ε at which that is below the error is ruled
/// out. It is never a guarantee: training may reveal more to a better guesser, and about other examples.
/// </remarks>
/// <param name="Guesses">Canaries that a guess was made of; the others were passed over, by the network alone.</param>
/// <param name="Right">Guesses that were right.</param>
public readonly record struct OneRunPrivacy(int Guesses, int Right)
{
    /// <summary>How often the bound may be too high.</summary>
    public const double Error = 0.05;

    private const double MostEpsilon = 50;

    /// <summary>ε is at least this, with 95 % confidence; 0 where nothing is ruled out.</summary>
    public double EpsilonAtLeast
    {
        get
        {
            if (Right == 0 || AtLeast(0.5) > Error)
            {
                return 0;
            }

            var (low, high) = (0.0, MostEpsilon);
            for (var i = 0; i < 60; i++) // the probability grows with ε, so the border is found by halving
            {
                var middle = (low + high) / 2;
                (low, high) = AtLeast(1 / (1 + Math.Exp(-middle))) > Error ? (low, middle) : (middle, high);
            }

            return low;
        }
    }

    /// <summary>Guesses from which planted labels a network predicts, and counts how many are right.</summary>
    /// <remarks>A canary whose planted label is predicted is guessed to have been trained on. Where nearly half are, it is nearly all that
    /// were, and the others are guessed to have been left out; where fewer are, the others are passed over. That is decided by the network
    /// alone, as the theorem asks.</remarks>
    /// <param name="included">Canaries that were trained on.</param>
    /// <param name="includedHits">Of these, those whose planted label is predicted.</param>
    /// <param name="leftOut">Canaries that were left out.</param>
    /// <param name="leftOutHits">Of these, those whose planted label is predicted.</param>
    public static OneRunPrivacy Of(int included, int includedHits, int leftOut, int leftOutHits)
    {
        var hits = includedHits + leftOutHits;
        return hits >= GuessAllFrom * (included + leftOut)
            ? new OneRunPrivacy(included + leftOut, includedHits + leftOut - leftOutHits)
            : new OneRunPrivacy(hits, includedHits);
    }

    private const double GuessAllFrom = 0.45; // of the canaries; half are trained on

    private double AtLeast(double p) => BinomialInterval.AtLeast(Right, Guesses, p);
}
