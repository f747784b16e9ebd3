using Rote.Data;

namespace Rote.Audits;

/// <summary>The examples to audit, and the test examples that the data brought along, if any.</summary>
/// <remarks>Where reading the data set a part of it apart to test, as it does for data without test examples of its own, that part is audited too: nobody's label is left unlooked at.</remarks>
public sealed class AuditData : IDisposable
{
    private readonly bool _isOwned;

    private AuditData(Dataset examples, Dataset? test, bool isOwned) => (Examples, Test, _isOwned) = (examples, test, isOwned);

    /// <summary>The examples to audit.</summary>
    public Dataset Examples { get; }

    /// <summary>Test examples of the data's own; null where it brought none. They are not audited: examples are looked for that stand in both.</summary>
    public Dataset? Test { get; }

    /// <summary>What is audited of a data set.</summary>
    /// <param name="data">The data; still the caller's, and needed as long as the result.</param>
    /// <param name="examples">Only the first so many examples; null: all.</param>
    /// <returns>Examples and test examples.</returns>
    public static AuditData Of(DatasetSplits data, int? examples = null)
    {
        if (data.Origin == SplitOrigin.SetAside)
        {
            using var whole = data.Joined(Split.Train);
            return new AuditData(FairSample.Of(whole, examples ?? whole.Count), null, isOwned: true);
        }

        return examples is { } count
            ? new AuditData(FairSample.Of(data.Train, count), data.Test, isOwned: true)
            : new AuditData(data.Train, data.Test, isOwned: false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isOwned)
        {
            Examples.Dispose();
        }
    }
}
