using Rote.Tensors;

namespace Rote.Audits;

/// <summary>How suspicious each label is: the log-odds that it looks like a canary's wrong label rather than like the data's labels.</summary>
/// <param name="Given">[N] under the given label, from all members.</param>
/// <param name="Matched">[N] the same from half of the members trained on each, to be compared with <paramref name="Planted"/>.</param>
/// <param name="Planted">[C] of the canaries under their wrong label.</param>
/// <param name="Weights">Mean weight of each measure over the folds, by name; the measures are on one scale (<see cref="Evidence"/>).</param>
internal sealed record SuspicionScores(double[] Given, double[] Matched, double[] Planted, IReadOnlyList<(string Measure, double Weight)> Weights)
{
    private const int Folds = 5;

    /// <summary>One row's worth of evidence against each weight.</summary>
    private const double Ridge = 1;

    /// <summary>Fits a score on canaries against the examples as they are, and scores all. What scores an example was fitted without it.</summary>
    /// <param name="labels">[N] given labels.</param>
    /// <param name="ensemble">The members.</param>
    /// <param name="seeds">The audit's randomness; stream <c>audit/folds</c> is drawn.</param>
    /// <returns>The scores.</returns>
    public static SuspicionScores Of(int[] labels, Ensemble ensemble, Seeds seeds)
    {
        var outside = ensemble.OutsideProbabilities();
        int[] all = [.. Enumerable.Range(0, labels.Length)];
        var raw = Evidence.Raw(ensemble.Matched, all, labels, ensemble, outside);
        var evidence = new Evidence(raw);
        var matched = evidence.Rows(raw);
        var given = evidence.Rows(Evidence.Raw(ensemble.Given, all, labels, ensemble, outside));
        var canaries = ensemble.Canaries;
        var planted = evidence.Rows(Evidence.Raw(ensemble.Planted, canaries.Example, canaries.Label, ensemble, outside));
        var fold = Array.ConvertAll(seeds.Permutation("audit/folds", 0, labels.Length), place => (int)(place % Folds));
        var fits = Enumerable.Range(0, Folds).Select(f => Fit(matched, planted, canaries.Example, fold, f)).ToArray();
        return new SuspicionScores(
            [.. given.Select((row, i) => fits[fold[i]].Score(row))],
            [.. matched.Select((row, i) => fits[fold[i]].Score(row))],
            [.. planted.Select((row, c) => fits[fold[canaries.Example[c]]].Score(row))],
            [.. Evidence.Names.Select((name, k) => (name, fits.Average(fit => fit.Weights[k])))]);
    }

    private static LogisticFit Fit(double[][] matched, double[][] planted, int[] examples, int[] fold, int without)
    {
        var (rows, isPlanted) = (new List<double[]>(), new List<bool>());
        for (var i = 0; i < matched.Length; i++)
        {
            if (fold[i] != without)
            {
                rows.Add(matched[i]);
                isPlanted.Add(false);
            }
        }

        for (var c = 0; c < planted.Length; c++)
        {
            if (fold[examples[c]] != without)
            {
                rows.Add(planted[c]);
                isPlanted.Add(true);
            }
        }

        return LogisticFit.Of(rows, isPlanted, Ridge);
    }
}
