using Rote.Audits.Review;
using Rote.Audits.Shown;
using Rote.Data;
using Rote.Measurement;
using static TorchSharp.torch;

namespace Rote.Audits;

/// <summary>The examples to audit, and the test examples that the data brought along, if any.</summary>
/// <remarks>Where the reader itself set examples aside for testing, because the data has none of its own, these are audited too: no label
/// is left out.</remarks>
public sealed class AuditData : IDisposable
{
    private readonly bool _isOwned;

    private AuditData(Dataset examples, Dataset? test, bool isOwned) => (Examples, Test, _isOwned) = (examples, test, isOwned);

    /// <summary>The examples to audit.</summary>
    public Dataset Examples { get; }

    /// <summary>Test examples of the data's own; null where it brought none. They are not audited; the audit only looks for examples that
    /// are in both.</summary>
    public Dataset? Test { get; }

    /// <summary>The same examples as a frozen encoder sees them; null without one.</summary>
    public Dataset? Vectors { get; private set; }

    /// <summary>Lets the audit look through a frozen encoder too.</summary>
    /// <param name="vectors">[N, D] the audited examples in their order, as the encoder gives them; owned by this from now on.</param>
    /// <exception cref="ArgumentException">They are not as many as the examples, or no vectors.</exception>
    public void LookThrough(Dataset vectors)
    {
        if (vectors.Count != Examples.Count || !vectors.IsVectors)
        {
            throw new ArgumentException($"There are {vectors.Count} vectors for {Examples.Count} examples.", nameof(vectors));
        }

        Vectors?.Dispose();
        Vectors = vectors;
    }

    /// <summary>Numbers of predictions up to which all are kept (<see cref="KeptClasses.For"/>); fewer in tests.</summary>
    internal long MostKept { get; set; } = KeptClasses.Most;

    /// <summary>What is shown of the examples, for eyes only; null: what they are. Still its maker's.</summary>
    public ShownExamples? Shown { get; set; }

    /// <summary>What was left out of the audit, in a sentence; null if nothing was.</summary>
    public string? LeftOut { get; private init; }

    /// <summary>Earlier decisions of people on the examples; null where there are none.</summary>
    public DecidedExamples? Decided { get; private init; }

    /// <summary>[N] whether a person found the label right; null where there are no decisions.</summary>
    internal bool[]? KnownRight => Decided is { } decided ? [.. Examples.Rows.Select(decided.Right.Contains)] : null;

    /// <summary>What is audited of a data set.</summary>
    /// <param name="data">The data; still the caller's, and needed as long as the result.</param>
    /// <param name="examples">Only the first so many examples; null: all.</param>
    /// <param name="decisions">What people have decided on them: labels are corrected by it, examples dropped, and those that they kept
    /// or corrected are known to be right. Null: nothing.</param>
    /// <returns>Examples and test examples. A class with one example is left out: a network that is not trained on an example must know its
    /// class from another one.</returns>
    /// <exception cref="InputException">The decisions are on other data, or name a class that the data does not have.</exception>
    public static AuditData Of(DatasetSplits data, int? examples = null, DecisionFile? decisions = null)
    {
        var (taken, test, isOwned) = Taken(data, examples);
        return Corrected(taken, test, isOwned, decisions);
    }

    /// <summary>The same for who looks and trains nothing: the only example of a class too.</summary>
    /// <param name="data">As above.</param>
    /// <param name="examples">As above.</param>
    public static AuditData Whole(DatasetSplits data, int? examples = null)
    {
        var (taken, test, isOwned) = Taken(data, examples);
        return new AuditData(taken, test, isOwned);
    }

    private static (Dataset Examples, Dataset? Test, bool IsOwned) Taken(DatasetSplits data, int? examples)
    {
        if (data.Origin == SplitOrigin.SetAside)
        {
            using var whole = data.Joined(Split.Train);
            return (FairSample.Of(whole, examples ?? whole.Count), null, true);
        }

        return examples is { } count ? (FairSample.Of(data.Train, count), data.Test, true) : (data.Train, data.Test, false);
    }

    private static AuditData Corrected(Dataset examples, Dataset? test, bool isOwned, DecisionFile? decisions)
    {
        if (decisions is null)
        {
            return Judgeable(examples, test, isOwned, null);
        }

        try
        {
            var (corrected, decided) = DecidedExamples.Apply(examples, decisions);
            return Judgeable(corrected, test, isOwned: true, decided);
        }
        finally
        {
            if (isOwned)
            {
                examples.Dispose();
            }
        }
    }

    /// <summary>Leaves out classes of one example and of none.</summary>
    private static AuditData Judgeable(Dataset examples, Dataset? test, bool isOwned, DecidedExamples? decided)
    {
        var labels = examples.Labels.data<long>().ToArray();
        var counts = new int[examples.Classes];
        foreach (var label in labels)
        {
            counts[label]++;
        }

        int[] classes = [.. Enumerable.Range(0, counts.Length).Where(c => counts[c] > 1)];
        if (classes.Length == counts.Length || classes.Length == 0)
        {
            return new AuditData(examples, test, isOwned) { Decided = decided };
        }

        using var scope = NewDisposeScope();
        long[] rows = [.. Enumerable.Range(0, labels.Length).Where(row => counts[labels[row]] > 1).Select(row => (long)row)];
        var numbers = classes.Select((old, place) => (old, place)).ToDictionary(c => (long)c.old, c => (long)c.place);
        using var kept = examples.Select(rows);
        var judged = kept.WithClasses(
            tensor(Array.ConvertAll(rows, row => numbers[labels[row]]), int64),
            [.. classes.Select(c => examples.ClassNames[c])]
        );
        if (isOwned)
        {
            examples.Dispose();
        }

        string[] single = [.. Enumerable.Range(0, counts.Length).Where(c => counts[c] == 1).Select(c => examples.ClassNames[c])];
        return new AuditData(judged, test, isOwned: true) { LeftOut = single.Length == 0 ? null : Sentence(single), Decided = decided };
    }

    private static string Sentence(string[] single)
    {
        const int Named = 5;
        var list = string.Join(", ", single.Take(Named)) + (single.Length > Named ? $" and {single.Length - Named:N0} more" : "");
        return single.Length == 1
            ? $"Left out of the audit: the one example of the class {list}, because a network that is not trained on an example must "
                + $"know its class from another one."
            : $"Left out of the audit: the one example of each of the classes {list}, because a network that is not trained on an "
                + $"example must know its class from another one.";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Vectors?.Dispose();
        if (_isOwned)
        {
            Examples.Dispose();
        }
    }
}
