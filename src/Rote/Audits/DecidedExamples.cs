using System.Security.Cryptography;
using System.Text;
using Rote.Audits.Review;
using Rote.Data;
using static TorchSharp.torch;

namespace Rote.Audits;

/// <summary>What people had decided on the examples of an audit before it began.</summary>
public sealed record DecidedExamples
{
    /// <summary>Examples whose label was found right: they are audited, and known to be right.</summary>
    public required int Kept { get; init; }

    /// <summary>Examples whose label was corrected before the audit; known to be right as well.</summary>
    public required int Changed { get; init; }

    /// <summary>Examples that are left out of the audit.</summary>
    public required int Dropped { get; init; }

    /// <summary>Examples that somebody looked at and nobody could tell, or on which reviewers disagree: audited as they came.</summary>
    public required int Unsure { get; init; }

    /// <summary>Decisions on examples that are not among the audited ones.</summary>
    public required int Missing { get; init; }

    /// <summary>Decisions on a label that the example does not have any more; they count for nothing.</summary>
    public required int Outdated { get; init; }

    /// <summary>SHA-256 of what was changed and left out, lower-case hexadecimal; null where nothing was. Networks that were trained on
    /// other labels are others; what was kept changes none of them.</summary>
    public required string? Identity { get; init; }

    /// <summary>Names of the examples known to be right.</summary>
    internal IReadOnlySet<RowIdentity> Right { get; init; } = new HashSet<RowIdentity>();

    /// <summary>All of it in a sentence or two.</summary>
    public override string ToString()
    {
        (int Count, string Words)[] used =
        [
            (Kept, "found right"),
            (Changed, "corrected"),
            (Dropped, "left out"),
            (Unsure, "unsure, audited as they came"),
        ];
        (int Count, string Words)[] unused =
        [
            (Missing, "on examples that are not here"),
            (Outdated, "on labels that are other ones by now"),
        ];
        var rest = List(unused);
        var done = List(used);
        return $"Decisions of people: {(done.Length > 0 ? done : "none that can be used")}."
            + (rest.Length > 0 ? $" Passed over: {rest}." : "");

        static string List((int Count, string Words)[] parts) =>
            string.Join(", ", parts.Where(part => part.Count > 0).Select(part => $"{part.Count:N0} {part.Words}"));
    }

    /// <summary>Carries decisions out on a copy of the examples.</summary>
    /// <param name="examples">The examples as they came; still the caller's.</param>
    /// <param name="file">The decisions.</param>
    /// <returns>The corrected examples, which the caller owns, and what was done.</returns>
    /// <exception cref="InputException">They are on other data, or name a class that the data does not have.</exception>
    internal static (Dataset Examples, DecidedExamples Decided) Apply(Dataset examples, DecisionFile file)
    {
        using var scope = NewDisposeScope();
        var (labels, rows, decided) = Decide(examples.Rows, examples.ClassNames, examples.Labels.data<long>().ToArray(), file);
        using var kept = rows.Length == labels.Length ? examples.With() : examples.Select(rows);
        return (kept.With(labels: tensor(Array.ConvertAll(rows, row => labels[row]), int64)), decided);
    }

    /// <summary>Carries decisions out on labels.</summary>
    /// <param name="rows">[N] what the examples are called.</param>
    /// <param name="classNames">The classes.</param>
    /// <param name="labels">[N] class numbers as they came; changed by this.</param>
    /// <param name="file">The decisions.</param>
    /// <returns>The corrected labels, the examples that are kept, and what was done.</returns>
    /// <exception cref="InputException">They are on other data, drop all of it, or name a class that the data does not have.</exception>
    internal static (long[] Labels, long[] Kept, DecidedExamples Decided) Decide(
        SourceRows rows,
        IReadOnlyList<string> classNames,
        long[] labels,
        DecisionFile file
    )
    {
        var work = new Work(rows, classNames, labels, file.Path);
        foreach (var decided in file.Labels)
        {
            work.Take(decided);
        }

        RequireOfThisData(file, work.Missing, work.Outdated, rows);
        long[] kept = [.. Enumerable.Range(0, labels.Length).Where(i => !work.Dropped.Contains(i)).Select(i => (long)i)];
        return kept.Length == 0
            ? throw new InputException($"{file.Path} drops every example, so that nothing is left to audit.")
            : (labels, kept, work.Decided());
    }

    /// <summary>The decisions on the way into the labels.</summary>
    private sealed class Work
    {
        private readonly IReadOnlyList<string> _classNames;
        private readonly string _path;
        private readonly Dictionary<RowIdentity, int> _places;
        private readonly HashSet<RowIdentity> _right = [];
        private readonly List<string> _done = [];
        private int _kept;
        private int _changed;
        private int _unsure;

        public Work(SourceRows rows, IReadOnlyList<string> classNames, long[] labels, string path)
        {
            (_classNames, _path, Labels) = (classNames, path, labels);
            _places = new Dictionary<RowIdentity, int>(Labels.Length);
            for (var i = 0; i < Labels.Length; i++)
            {
                _places.TryAdd(rows[i], i);
            }
        }

        private long[] Labels { get; }

        public HashSet<int> Dropped { get; } = [];

        public int Missing { get; private set; }

        public int Outdated { get; private set; }

        public void Take(DecidedLabel decided)
        {
            var identity = new RowIdentity(decided.File, decided.Row);
            if (!_places.TryGetValue(identity, out var place))
            {
                Missing++;
                return;
            }

            var target = decided.Consensus.NewLabel is { } name ? ClassOf(_classNames, name, identity, _path) : Labels[place];

            // Where the data was corrected since, the decision is already carried out and the label is known to be right.
            var isDone = decided.Consensus.Choice == ReviewChoice.Change && target == Labels[place];
            if (!isDone && decided.Label.Length > 0 && decided.Label != _classNames[(int)Labels[place]])
            {
                Outdated++;
                return;
            }

            switch (decided.Consensus.Choice)
            {
                case ReviewChoice.Drop:
                    Dropped.Add(place);
                    _done.Add($"{identity.Name}\0");
                    break;
                case ReviewChoice.Unsure:
                    _unsure++;
                    break;
                case ReviewChoice.Change when !isDone:
                    _changed++;
                    _right.Add(identity);
                    _done.Add($"{identity.Name}\0{decided.Consensus.NewLabel}");
                    Labels[place] = target;
                    break;
                default:
                    _kept++;
                    _right.Add(identity);
                    break;
            }
        }

        public DecidedExamples Decided() =>
            new()
            {
                Kept = _kept,
                Changed = _changed,
                Dropped = Dropped.Count,
                Unsure = _unsure,
                Missing = Missing,
                Outdated = Outdated,
                Identity = _done.Count == 0 ? null : Hash(_done),
                Right = _right,
            };
    }

    private static long ClassOf(IReadOnlyList<string> classNames, string name, RowIdentity identity, string path)
    {
        for (var k = 0; k < classNames.Count; k++)
        {
            if (classNames[k] == name)
            {
                return k;
            }
        }

        throw new InputException(
            $"{path} gives {DecisionTable.Shown(identity.Name)} a class that the data does not have, {DecisionTable.Shown(name)}; "
                + Nearest.Advice(name, [.. classNames.Take(50)])
        );
    }

    private static void RequireOfThisData(DecisionFile file, int missing, int outdated, SourceRows rows)
    {
        if (missing == file.Labels.Count)
        {
            throw new InputException(
                $"{file.Path} decides on other data: none of its {file.Labels.Count:N0} examples is here (it names "
                    + $"{DecisionTable.Shown(new RowIdentity(file.Labels[0].File, file.Labels[0].Row).Name)}, the data "
                    + $"{DecisionTable.Shown(rows[0].Name)})."
            );
        }

        if (outdated > 0 && missing + outdated == file.Labels.Count)
        {
            throw new InputException(
                $"{file.Path} decides on other labels: none of its {file.Labels.Count:N0} examples has the label that was looked at."
            );
        }
    }

    private static string Hash(List<string> done)
    {
        done.Sort(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', done))));
    }
}
