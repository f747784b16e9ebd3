namespace Rote.Audits.Checks;

/// <summary>Examples that equal an earlier one, or nearly.</summary>
internal sealed class RepeatedExamples : IDataCheck
{
    public string Name => "repeated-examples";

    public string Title => "Examples that stand there twice";

    public CheckFinding? Look(CheckInput input, CancellationToken cancel)
    {
        if (input.Duplicates is not { } twins || twins.Exact.Count + twins.Near.Count == 0)
        {
            return null;
        }

        var labels = input.Labels;
        return new CheckFinding(
            Name,
            Title,
            $"Twins of earlier examples: {twins.Exact.Count:N0} equal, {twins.Near.Count:N0} nearly equal, {twins.Conflicts:N0} of them with "
                + "another label.",
            [
                .. twins
                    .Exact.Concat(twins.Near)
                    .OrderByDescending(t => labels[t.First] != labels[t.Second])
                    .ThenBy(t => t.Second)
                    .Select(t => t.Second),
            ]
        );
    }
}

/// <summary>Training examples that stand in the test set too.</summary>
internal sealed class LeakedExamples : IDataCheck
{
    public string Name => "leaked-examples";

    public string Title => "Examples that stand in the test set too";

    public CheckFinding? Look(CheckInput input, CancellationToken cancel) =>
        input.Duplicates is { InTest: { Count: > 0 } leaks }
            ? new CheckFinding(
                Name,
                Title,
                $"{CheckWords.Count(leaks.Count, "training example", "stands", "stand")} in the test set too, exactly or nearly: a test that "
                    + "a network has seen the answers to.",
                [.. leaks.OrderByDescending(t => t.Similarity).ThenBy(t => t.First).Select(t => t.First)]
            )
            : null;
}
