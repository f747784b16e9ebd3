namespace Rote.Data.Formats.Idx;

/// <summary>A file of images, and the file of their labels with a matching name in the same folder.</summary>
/// <param name="Images">The file of images, as <c>train-images-idx3-ubyte</c>.</param>
/// <param name="Labels">The file of labels, as <c>train-labels-idx1-ubyte</c>, gzip or plain.</param>
internal sealed record IdxPair(string Images, string Labels)
{
    /// <summary>Finds the pair from the path of either file.</summary>
    /// <exception cref="InputException">The other file does not exist.</exception>
    public static IdxPair Of(string path)
    {
        var isLabels = Path.GetFileName(path).Contains("idx1", StringComparison.OrdinalIgnoreCase);
        var other =
            Beside(path, isLabels)
            ?? throw new InputException(
                $"{path} has no file of {(isLabels ? "images" : "labels")} beside it, expected {Path.GetFileName(Other(path, isLabels))}."
            );
        return isLabels ? new IdxPair(other, path) : new IdxPair(path, other);
    }

    private static string? Beside(string path, bool isLabels)
    {
        var other = Other(path, isLabels);
        var plain = other.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? other[..^3] : other;
        return new[] { other, plain, plain + ".gz" }.FirstOrDefault(File.Exists);
    }

    private static string Other(string path, bool isLabels)
    {
        var (from, to) = isLabels ? (("labels", "idx1"), ("images", "idx3")) : (("images", "idx3"), ("labels", "idx1"));
        var name = Path.GetFileName(path)
            .Replace(from.Item1, to.Item1, StringComparison.OrdinalIgnoreCase)
            .Replace(from.Item2, to.Item2, StringComparison.OrdinalIgnoreCase);
        return Path.Combine(Path.GetDirectoryName(path)!, name);
    }
}
