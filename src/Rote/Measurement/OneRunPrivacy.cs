namespace Rote.Measurement;

/// <summary>A lower bound on ε that one training run proves, from guesses which canaries were trained on.</summary>
/// <remarks>
/// Steinke, Nasr, Jagielski 2023 (arXiv:2305.08846, theorem 5.2 with δ = 0): let a fair coin of its own put each canary into the training
/// set, and let training be ε-differentially private. Take r guesses made from the network, and a binomial variable of r draws with p = e^ε
/// / (1 + e^ε). Then v or more guesses are right with at most the probability that the variable is v or more. An ε for which that is below
/// the error is ruled out. The bound is never a guarantee: training may reveal more to a better guesser, and about other examples.
/// </remarks>
/// <param name="Guesses">The number of canaries guessed; the network alone decides which are passed over.</param>
/// <param name="Right">The number of right guesses.</param>
public readonly record struct OneRunPrivacy(int Guesses, int Right)
{
    /// <summary>The probability that the bound is too high.</summary>
    public const double Error = 0.05;

    private const double MostEpsilon = 50;

    /// <summary>The lower bound on ε, with 95 % confidence; 0 if nothing is ruled out.</summary>
    public double EpsilonAtLeast
    {
        get
        {
            if (Right == 0 || AtLeast(0.5) > Error)
            {
                return 0;
            }

            var (low, high) = (0.0, MostEpsilon);
            for (var i = 0; i < 60; i++) // the probability grows with ε, so bisection finds the border
            {
                var middle = (low + high) / 2;
                (low, high) = AtLeast(1 / (1 + Math.Exp(-middle))) > Error ? (low, middle) : (middle, high);
            }

            return low;
        }
    }

    /// <summary>Guesses from the planted labels that a network predicts, and counts the right guesses.</summary>
    /// <remarks>A canary whose planted label is predicted is guessed to have been trained on. If nearly half are predicted, these are
    /// nearly all that were trained on, and the others are guessed to have been left out; if fewer are, the others are passed over. The
    /// network alone decides that, as the theorem demands.</remarks>
    /// <param name="included">Canaries that were trained on.</param>
    /// <param name="includedHits">Of these, those whose planted label is predicted.</param>
    /// <param name="leftOut">Canaries left out of training.</param>
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
