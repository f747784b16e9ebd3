using System.Text;

namespace Rote.Audits.Review;

/// <summary>What people decided on one example.</summary>
/// <param name="File">Which example, as <see cref="Data.RowIdentity.File"/>.</param>
/// <param name="Row">Which example, as <see cref="Data.RowIdentity.Row"/>; null where the file is the example.</param>
/// <param name="Label">The class that they saw; empty where the file does not say it.</param>
/// <param name="Consensus">What they say together.</param>
public sealed record DecidedLabel(string File, long? Row, string Label, Consensus Consensus);

/// <summary>Decisions on labels, by what the user calls the examples: the file of a review (<c>decisions.jsonl</c>) or a table
/// (<c>decisions.csv</c>), of whatever audit of the data.</summary>
public sealed class DecisionFile
{
    private const long Longest = 1L << 28;

    private DecisionFile(string path, IReadOnlyList<ReviewDecision> decisions, IReadOnlyList<DecidedLabel> labels, int skipped) =>
        (Path, Decisions, Labels, Skipped) = (path, decisions, labels, skipped);

    /// <summary>The file, absolute.</summary>
    public string Path { get; }

    /// <summary>What holds, an entry an example, in the order in which examples were first decided on.</summary>
    public IReadOnlyList<DecidedLabel> Labels { get; }

    /// <summary>All decisions in the order of the file.</summary>
    internal IReadOnlyList<ReviewDecision> Decisions { get; }

    /// <summary>Lines that are no decision, as a kill leaves them.</summary>
    public int Skipped { get; }

    /// <summary>Reads decisions.</summary>
    /// <param name="path">A table if it ends in <c>.csv</c>, else the file of a review.</param>
    /// <param name="disagreement">What becomes of an example on which reviewers disagree.</param>
    /// <returns>The last decision of each reviewer, brought together.</returns>
    /// <exception cref="InputException">It is not there, holds no decisions, or decides twice on one example for one reviewer.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static DecisionFile Read(string path, Disagreement disagreement = Disagreement.Majority)
    {
        var full = System.IO.Path.GetFullPath(path);
        var bytes = BytesOf(full);
        var (decisions, skipped) = DecisionTable.Is(full) ? (DecisionTable.Read(full, bytes), 0) : Lines(full, bytes);
        if (DecisionTable.Is(full))
        {
            RequireOneEach(full, decisions);
        }

        var labels = decisions
            .GroupBy(d => (d.File, d.Row))
            .Select(example =>
            {
                var last = example.GroupBy(d => d.Reviewer, StringComparer.Ordinal).Select(reviewer => reviewer.Last()).ToArray();
                return new DecidedLabel(example.Key.File, example.Key.Row, last[^1].Label, Consensus.Of(last, disagreement));
            })
            .Where(label => label.Consensus.Choice != ReviewChoice.None)
            .ToArray();
        return labels.Length > 0
            ? new DecisionFile(full, decisions, labels, skipped)
            : throw new InputException($"{full} holds no decision; review first, or leave it out.");
    }

    private static byte[] BytesOf(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"{path} is a folder, expected a file of decisions, as {DecisionLog.FileName} or decisions.csv.");
        }

        if (!File.Exists(path))
        {
            throw new InputException(
                $"There are no decisions at {path}; a review writes {DecisionLog.FileName} beside the audit's results."
            );
        }

        try
        {
            return new FileInfo(path).Length is var length && length > Longest
                ? throw new InputException($"{path} has {length:N0} bytes, expected decisions, at most {Longest:N0}.")
                : File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be read ({e.Message.Split('\n')[0].TrimEnd('.')}); check its permissions.", e);
        }
    }

    private static (IReadOnlyList<ReviewDecision> Decisions, int Skipped) Lines(string path, byte[] bytes)
    {
        var lines = Encoding
            .UTF8.GetString(bytes)
            .Split('\n')
            .Select(line => line.Trim('\r', ' ', '\uFEFF'))
            .Where(line => line.Length > 0);
        var read = lines.Select(ReviewDecision.Parse).ToArray();
        var decisions = read.OfType<ReviewDecision>().ToArray();
        return read.Length > 0 && decisions.Length == 0
            ? throw new InputException(
                $"{path} holds no decisions: none of its {read.Length:N0} lines is one; expected the {DecisionLog.FileName} of a review, "
                    + $"or a table whose name ends in .csv."
            )
            : (decisions, read.Length - decisions.Length);
    }

    /// <summary>A table has no order of time: two answers of one reviewer are one too many.</summary>
    private static void RequireOneEach(string path, IReadOnlyList<ReviewDecision> decisions)
    {
        var first = new Dictionary<(string File, long? Row, string Reviewer), ReviewDecision>();
        foreach (var decision in decisions)
        {
            var key = (decision.File, decision.Row, decision.Reviewer);
            if (!first.TryAdd(key, decision) && first[key] is var other && InWords(other) != InWords(decision))
            {
                var name = DecisionTable.Shown(new Data.RowIdentity(decision.File, decision.Row).Name);
                throw new InputException($"{path} says of {name} both \"{InWords(other)}\" and \"{InWords(decision)}\"; leave one out.");
            }
        }

        static string InWords(ReviewDecision decision) =>
            $"{decision.Decision}".ToLowerInvariant() + (decision.NewLabel is { } label ? $" to {label}" : "");
    }
}
