namespace Rote.Benchmarks.Evidence;

/// <summary>Evidence that the repository keeps, and the command that makes it.</summary>
/// <param name="Name">What <c>--only</c> calls it.</param>
/// <param name="Command">A command of <c>./rote</c> or <c>bench/run</c>, without these words' paths; it is run in the work folder.</param>
/// <param name="Minutes">What it took on two cores of an AMD EPYC, from nothing; null: not measured.</param>
/// <param name="Products">The files that are kept.</param>
internal sealed record EvidenceEntry(string Name, string Command, double? Minutes, IReadOnlyList<EvidenceProduct> Products)
{
    /// <summary>Every file that it makes, as the repository has it; null where there is none.</summary>
    /// <param name="docs">The folder docs.</param>
    public IEnumerable<(EvidenceProduct Product, string? Path)> Kept(string docs) =>
        Products.Select(product => (product, product.Find(docs)));

    /// <summary>Whether all its files are there and can be read to their end.</summary>
    /// <param name="docs">The folder docs.</param>
    public bool IsWhole(string docs) => Kept(docs).All(kept => kept.Path is { } path && EvidenceFile.IsWhole(path));
}

/// <summary>A file that a command makes and the repository keeps.</summary>
/// <param name="Made">Where the command leaves it, relative to the work folder.</param>
/// <param name="Kept">Where it is kept, relative to docs. The name may have a star, as an audit's file begins with the identity of its
/// plan, which another engine changes.</param>
internal sealed record EvidenceProduct(string Made, string Kept)
{
    /// <summary>The kept file; null where there is none.</summary>
    /// <param name="docs">The folder docs.</param>
    /// <exception cref="InputException">More than one file has that name: which of them is the evidence is not known.</exception>
    public string? Find(string docs) => Single(Path.Combine(docs, Kept));

    /// <summary>The file that a command has made; null where it did not.</summary>
    /// <param name="work">The work folder.</param>
    /// <exception cref="InputException">More than one file has that name.</exception>
    public string? FindMade(string work) => Single(Path.Combine(work, Made));

    private static string? Single(string pattern)
    {
        var folder = Path.GetDirectoryName(pattern)!;
        string[] found = Directory.Exists(folder) ? Directory.GetFiles(folder, Path.GetFileName(pattern)) : [];
        return found.Length <= 1
            ? found.FirstOrDefault()
            : throw new InputException(
                $"{found.Length} files match {Path.GetFileName(pattern)} in {folder}, expected one; remove those of older engines."
            );
    }
}
