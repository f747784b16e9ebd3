using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Studies.Feldman2020;

/// <summary>Reads numbers from the networks of all seeds.</summary>
/// <param name="plan">The sizes.</param>
/// <param name="evidence">Runs and calculations.</param>
internal sealed class FeldmanReadings(FeldmanPlan plan, Evidence evidence)
{
    /// <summary>The number of a seed with its own error, or the mean over seeds.</summary>
    /// <param name="read">Reads the number of one seed.</param>
    /// <exception cref="NoEvidenceException">A run is missing, or there is nothing to read.</exception>
    public Estimate Mean(Func<FeldmanDraw, Estimate> read)
    {
        var numbers = Draws().Select(read).ToArray();
        return numbers.Length == 1 ? numbers[0] : Estimate.Mean([.. numbers.Select(number => number.Value)]);
    }

    /// <summary>Whether something is calculated for every seed.</summary>
    /// <param name="has">Whether it is for one.</param>
    public bool Has(Func<FeldmanDraw, bool> has) => evidence.Calculations is not null && Draws().All(has);

    private IEnumerable<FeldmanDraw> Draws()
    {
        var calculations =
            evidence.Calculations ?? throw new NoEvidenceException("There is no place for calculations here.", isOfTheNetwork: false);
        return Enumerable.Range(1, plan.Seeds).Select(seed => new FeldmanDraw(plan, evidence, calculations, seed));
    }
}
