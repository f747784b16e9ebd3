using System.Text.Json;

namespace Rote.Audits.Review;

/// <summary>A picture that goes to the folder of another class.</summary>
/// <param name="From">Where it lies, as a path in the folder of the data.</param>
/// <param name="To">Where it goes, as a path in the folder of the data.</param>
public sealed record PictureMove(string From, string To);

/// <summary>What was decided, carried out: pictures move from the folder of one class to that of another. The only thing here that changes
/// a user's data, and only where it is told to.</summary>
public static class ReviewMoves
{
    /// <summary>The file in the folder of an audit's results that names every move before it is made.</summary>
    public const string FileName = "moves.jsonl";

    /// <summary>The moves that decisions ask for. Nothing is changed.</summary>
    /// <param name="set">The audit, of a folder with a folder of pictures per class.</param>
    /// <param name="log">Its decisions.</param>
    /// <param name="disagreement">What disagreement becomes.</param>
    /// <returns>In the order of the data; none whose picture lies elsewhere by now. Kept, unsure and dropped pictures stay.</returns>
    /// <exception cref="InputException">The data is no such folder, or it is not the folder that says a picture's class.</exception>
    public static IReadOnlyList<PictureMove> Of(ReviewSet set, DecisionLog log, Disagreement disagreement = Disagreement.Majority)
    {
        var root = RootOf(set);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. ReviewExport
                .Rows(set, log, disagreement)
                .Where(row => row.Consensus.Choice == ReviewChoice.Change && row.Label != row.Given)
                .Where(row => IsThere(root, row.Example.Identity.File))
                .Select(row => new PictureMove(row.Example.Identity.File, Target(row, root, taken))),
        ];
    }

    /// <summary>Makes moves. Each is written down before it is made, so that it can be undone whenever the program is killed.</summary>
    /// <param name="set">The audit.</param>
    /// <param name="moves">What <see cref="Of"/> gave.</param>
    /// <exception cref="MachineException">A picture cannot be moved; those before it were.</exception>
    public static void Make(ReviewSet set, IReadOnlyList<PictureMove> moves)
    {
        var root = RootOf(set);
        foreach (var move in moves)
        {
            var target = Path.Combine(root, move.To);
            AtomicFile.AppendText(Path.Combine(set.Folder, FileName), JsonSerializer.Serialize(move, RoteJson.LineOptions) + "\n");
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Move(Path.Combine(root, move.From), target, overwrite: false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new MachineException(
                    $"{move.From} cannot be moved to {move.To} ({e.Message.Split('\n')[0].TrimEnd('.')}); what was moved before it is in "
                        + $"{Path.Combine(set.Folder, FileName)}.",
                    e
                );
            }
        }
    }

    private static string RootOf(ReviewSet set) =>
        set.Source?.Data is { } root
        && Path.IsPathRooted(root)
        && Directory.Exists(root)
        && set.Examples[0].Text is null
        && set.Examples.All(e => e.Identity.Row is null)
            ? Path.GetFullPath(root)
            : throw new InputException(
                "Pictures are moved in a folder with a folder per class, and this audit is of none that is there; export the labels "
                    + "instead."
            );

    private static bool IsThere(string root, string file)
    {
        var path = Path.GetFullPath(Path.Combine(root, file));
        return path.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && File.Exists(path);
    }

    /// <summary>The same path with the new class in place of the old one, under a name that is free.</summary>
    private static string Target(ReviewExport.Row row, string root, HashSet<string> taken)
    {
        var parts = row.Example.Identity.File.Split('/');
        int[] places = [.. Enumerable.Range(0, parts.Length - 1).Where(i => parts[i] == row.Given)];
        if (places.Length != 1 || row.Label is "." or ".." || row.Label.AsSpan().IndexOfAny("/\\\0") >= 0)
        {
            throw new InputException(
                $"{row.Example.Identity.File} does not lie in one folder called {row.Given}, so that it cannot be moved to {row.Label}; "
                    + $"export the labels instead."
            );
        }

        parts[places[0]] = row.Label;
        var target = string.Join('/', parts);
        var (stem, ending) = (Path.ChangeExtension(target, null), Path.GetExtension(target));
        for (var i = 2; !taken.Add(target) || Path.Exists(Path.Combine(root, target)); i++)
        {
            target = $"{stem}-{i}{ending}";
        }

        return target;
    }
}
