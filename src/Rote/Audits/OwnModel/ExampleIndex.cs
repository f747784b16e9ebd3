using System.Globalization;
using Rote.Data;

namespace Rote.Audits.OwnModel;

/// <summary>Finds the example that a table of the user's own speaks of.</summary>
internal sealed class ExampleIndex
{
    private readonly LabelledExamples _examples;
    private readonly Dictionary<RowIdentity, int> _identities = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<long, int> _numbers = [];

    /// <param name="examples">The examples.</param>
    public ExampleIndex(LabelledExamples examples)
    {
        _examples = examples;
        var rows = examples.Rows;
        var isOneFile = rows.HaveRows && rows.Files.Count == 1;
        foreach (var (place, i) in examples.Order.Index())
        {
            var identity = rows[i];
            _identities.TryAdd(identity, i);
            _names.TryAdd(identity.Name, i);
            _numbers.TryAdd(isOneFile ? identity.Row!.Value : place, i);
        }
    }

    /// <summary>By the columns <c>file</c> and <c>row</c>.</summary>
    /// <param name="file">Null where there is no such column.</param>
    /// <param name="row">Null where there is none.</param>
    /// <returns>−1 for none.</returns>
    public int Find(string? file, long? row) =>
        (file, row) switch
        {
            (null, { } number) => _numbers.GetValueOrDefault(number, -1),
            ({ } name, _) => _identities.GetValueOrDefault(new RowIdentity(name, row), -1),
            _ => -1,
        };

    /// <summary>By an id: what the example is called, or its row; of several files its place in the order of all.</summary>
    /// <param name="id">As it is written.</param>
    /// <returns>−1 for none.</returns>
    public int Find(string id) =>
        _names.TryGetValue(id, out var named) ? named
        : long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? _numbers.GetValueOrDefault(number, -1)
        : -1;

    /// <summary>An example's name, for a message.</summary>
    public string SomeName => _examples.Rows[_examples.Order[0]].Name;
}
