namespace Rote.Audits.Checks;

/// <summary>Examples that equal an earlier one, or nearly.</summary>
internal sealed class RepeatedExamples : IDataCheck
{
    public string Name => "repeated-examples";

    public string Title => "Examples that stand there twice";

    public CheckFinding? Look(CheckInput input, CancellationToken cancel)
    {
        if (input.Duplicates is not { } twins)
        {
            return null;
        }

        var near = Resemblance.Told(twins.Near, input.Labels.Length);
        Twins[] all = [.. twins.Exact, .. near];
        if (all.Length == 0)
        {
            return null;
        }

        var labels = input.Labels;
        return new CheckFinding(
            Name,
            Title,
            $"Twins of earlier examples: {twins.Exact.Count:N0} equal, {near.Count:N0} nearly equal, "
                + $"{all.Count(t => labels[t.First] != labels[t.Second]):N0} of them with another label.",
            [.. all.OrderByDescending(t => labels[t.First] != labels[t.Second]).ThenBy(t => t.Second).Select(t => t.Second)]
        );
    }
}

/// <summary>Training examples that stand in the test set too.</summary>
internal sealed class LeakedExamples : IDataCheck
{
    public string Name => "leaked-examples";

    public string Title => "Examples that stand in the test set too";

    public CheckFinding? Look(CheckInput input, CancellationToken cancel) =>
        Resemblance.Told(input.Duplicates?.InTest ?? [], input.Labels.Length) is { Count: > 0 } leaks
            ? new CheckFinding(
                Name,
                Title,
                $"{CheckWords.Count(leaks.Count, "training example", "stands", "stand")} in the test set too: "
                    + $"{leaks.Count(t => t.Similarity >= 1):N0} equal, {leaks.Count(t => t.Similarity < 1):N0} nearly equal. "
                    + "Of equal ones a network has seen the answers; look whether the others show the same.",
                [.. leaks.OrderByDescending(t => t.Similarity).ThenBy(t => t.First).Select(t => t.First)]
            )
            : null;
}

/// <summary>Where many examples resemble each other, as clothes cut out on black do, resemblance says nothing: then only those are told
/// that stand apart among the resembling ones, and those that are equal.</summary>
internal static class Resemblance
{
    /// <summary>More than this share of a data set are no exceptions.</summary>
    private const double Rare = 0.02;

    private const double LeastScale = 0.05;

    /// <summary>The pairs that are told.</summary>
    /// <param name="twins">Pairs that are equal or nearly.</param>
    /// <param name="count">Number of examples.</param>
    public static IReadOnlyList<Twins> Told(IReadOnlyList<Twins> twins, int count)
    {
        Twins[] near = [.. twins.Where(t => t.Similarity < 1)];
        if (near.Length <= Rare * count)
        {
            return twins;
        }

        var limit = Tail.Lower([.. near.Select(Distance)], LeastScale);
        return [.. twins.Where(t => t.Similarity >= 1 || Distance(t) < limit)];
    }

    private static double Distance(Twins twins) => Math.Log(Math.Max(1e-7, 1 - twins.Similarity));
}
