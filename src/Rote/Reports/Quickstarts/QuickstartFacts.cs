using Rote.Measurement;
using Rote.Studies;

namespace Rote.Reports.Quickstarts;

/// <summary>How an accuracy on new examples compares to chance.</summary>
internal enum AgainstChance
{
    /// <summary>It was not measured.</summary>
    Unknown,

    /// <summary>Below chance by more than three standard errors.</summary>
    Below,

    /// <summary>Within three standard errors of chance.</summary>
    At,

    /// <summary>Above chance by more than three standard errors.</summary>
    Above,
}

/// <summary>What the numbers of a quickstart show, so that the report claims no more than they do.</summary>
/// <param name="result">The numbers.</param>
internal sealed class QuickstartFacts(QuickstartResult result)
{
    // At three standard errors, about 1 of 370 comparisons without a true difference shows one (normal approximation).
    private const double Errors = 3;

    public VariantResult? TrueLabels { get; } = Find(result, "true-labels");

    public VariantResult? RandomLabels { get; } = Find(result, "random-labels");

    public VariantResult? ShuffledPixels { get; } = Find(result, "shuffled-pixels");

    /// <summary>The variants whose inputs are noise, in the order of the result.</summary>
    public IReadOnlyList<VariantResult> Noise { get; } =
    [.. result.Variants.Where(variant => variant.Id is "random-pixels" or "gaussian-pixels")];

    /// <summary>The accuracy of guessing.</summary>
    public double Chance { get; } = 1.0 / result.Classes;

    /// <summary>Standard error of the accuracy of guessing on the test set.</summary>
    public double ChanceError { get; } = Math.Sqrt((result.Classes - 1.0) / result.Classes / result.Classes / result.TestCount);

    /// <summary>How many numbers an example has, rows × columns × channels; 0 where there is no example.</summary>
    public int Dimensions { get; } =
        result.Variants.Count == 0
            ? 0
            : result.Variants[0].Examples.Height * result.Variants[0].Examples.Width * result.Variants[0].Examples.Channels;

    /// <summary>True if the final network reached the target on its training examples.</summary>
    public bool Fitted(VariantResult? variant) => variant is not null && variant.TrainAccuracy.Value >= result.FitTarget;

    public AgainstChance Test(VariantResult? variant) =>
        ((variant?.TestAccuracy.Value ?? double.NaN) - Chance) switch
        {
            double.NaN => AgainstChance.Unknown,
            var above when above > Errors * ChanceError => AgainstChance.Above,
            var above when above < -Errors * ChanceError => AgainstChance.Below,
            _ => AgainstChance.At,
        };

    /// <summary>True if both fitted, and the first took fewer epochs than the second.</summary>
    public bool IsFaster(VariantResult? first, VariantResult? second) =>
        Fitted(first) && Fitted(second) && first!.EpochsToFit < second!.EpochsToFit;

    /// <summary>The largest difference of two test accuracies that the size of the test set can explain: three standard errors of the
    /// difference.</summary>
    public static double Tolerance(Estimate first, Estimate second) =>
        Errors * Math.Sqrt((first.StandardError * first.StandardError) + (second.StandardError * second.StandardError));

    /// <summary>True if the two test accuracies differ by no more than <see cref="Tolerance"/>.</summary>
    public static bool TestsAgree(VariantResult first, VariantResult second) =>
        Math.Abs(first.TestAccuracy.Value - second.TestAccuracy.Value) <= Tolerance(first.TestAccuracy, second.TestAccuracy);

    private static VariantResult? Find(QuickstartResult result, string id) => result.Variants.FirstOrDefault(variant => variant.Id == id);
}
