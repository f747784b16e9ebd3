namespace Rote.Benchmarks.Evidence;

/// <summary>What <c>bench/run evidence</c> is asked for.</summary>
/// <param name="List">Show what there is, and make nothing.</param>
/// <param name="Again">Make what is there, too.</param>
/// <param name="WriteDocs">Fill in the pages, and make nothing.</param>
/// <param name="Only">A part of an entry's name or of a file's; null: all.</param>
internal sealed record EvidenceOptions(bool List, bool Again, bool WriteDocs, string? Only)
{
    private const string Usage = "expected --list, --again, --only PATTERN or --write-docs";

    /// <summary>Reads the words after <c>evidence</c>.</summary>
    /// <param name="arguments">The words.</param>
    /// <exception cref="InputException">A word is not known, comes twice or lacks its value.</exception>
    public static EvidenceOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new EvidenceOptions(false, false, false, null);
        for (var i = 0; i < arguments.Count; i++)
        {
            options = (arguments[i], options) switch
            {
                ("--list", { List: false }) => options with { List = true },
                ("--again", { Again: false }) => options with { Again = true },
                ("--write-docs", { WriteDocs: false }) => options with { WriteDocs = true },
                ("--only", { Only: null }) when i + 1 < arguments.Count && arguments[i + 1].Length > 0 => options with
                {
                    Only = arguments[++i],
                },
                ("--only", { Only: null }) => throw new InputException($"--only has no pattern; {Usage}."),
                ("--list" or "--again" or "--write-docs" or "--only", _) => throw new InputException($"{arguments[i]} is given twice."),
                _ => throw new InputException($"'{arguments[i]}' is no option of bench/run evidence; {Usage}."),
            };
        }

        return options switch
        {
            { WriteDocs: true } and ({ List: true } or { Again: true } or { Only: not null }) => throw new InputException(
                "--write-docs goes alone: it fills in all pages from the files that are there."
            ),
            { List: true, Again: true } => throw new InputException("--list makes nothing and --again makes everything; leave out one."),
            _ => options,
        };
    }

    /// <summary>The entries that are asked for.</summary>
    /// <param name="all">All of them.</param>
    /// <exception cref="InputException">None is.</exception>
    public IReadOnlyList<EvidenceEntry> Choose(IReadOnlyList<EvidenceEntry> all)
    {
        if (Only is not { } pattern)
        {
            return all;
        }

        EvidenceEntry[] chosen =
        [
            .. all.Where(entry =>
                entry.Name.Contains(pattern, StringComparison.OrdinalIgnoreCase)
                || entry.Products.Any(product => product.Kept.Contains(pattern, StringComparison.OrdinalIgnoreCase))
            ),
        ];
        return chosen.Length > 0
            ? chosen
            : throw new InputException($"No evidence has '{pattern}' in its name; bench/run evidence --list shows all names.");
    }
}
