using System.Text.Json;

namespace Rote.Audits.Review;

/// <summary>The examples of a finished audit, read back from its files, in the order of the user's data.</summary>
public sealed class ReviewSet
{
    private ReviewSet(
        string folder,
        string audit,
        IReadOnlyList<string> classNames,
        IReadOnlyList<ReviewedExample> examples,
        AuditSource? source
    )
    {
        (Folder, Audit, ClassNames, Examples, Source) = (folder, audit, classNames, examples, source);
        BySuspicion =
        [
            .. Enumerable
                .Range(0, examples.Count)
                .OrderBy(id => double.IsNaN(examples[id].Score))
                .ThenByDescending(id => examples[id].Score)
                .ThenBy(id => id),
        ];
        Suspects = examples.Count(e => e.IsSuspect);
        Ids = examples.ToDictionary(e => (e.Identity.File, e.Identity.Row), e => e.Id);
    }

    /// <summary>The folder of the audit's results, absolute.</summary>
    public string Folder { get; }

    /// <summary>Identity of the audit.</summary>
    public string Audit { get; }

    /// <summary>The classes.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>[N] the examples; the place of each is its <see cref="ReviewedExample.Id"/>.</summary>
    public IReadOnlyList<ReviewedExample> Examples { get; }

    /// <summary>Number of examples against whose label the audit has something.</summary>
    public int Suspects { get; }

    /// <summary>[N] their numbers, the most suspicious first.</summary>
    public IReadOnlyList<int> BySuspicion { get; }

    /// <summary>Where the data lies; null for audits that did not say it.</summary>
    public AuditSource? Source { get; }

    /// <summary>The same audit of data that lies elsewhere now.</summary>
    /// <param name="source">Where.</param>
    public ReviewSet At(AuditSource? source) => new(Folder, Audit, ClassNames, Examples, source);

    /// <summary>Numbers by what the user calls the examples.</summary>
    internal IReadOnlyDictionary<(string File, long? Row), int> Ids { get; }

    /// <summary>Reads an audit's files.</summary>
    /// <param name="folder">The folder of its results.</param>
    /// <exception cref="InputException">It holds no finished audit, or its files are damaged or of an earlier layout.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static ReviewSet Open(string folder)
    {
        var full = Path.GetFullPath(folder);
        var identity = IdentityOf(full);
        var table = Path.Combine(full, AuditFiles.Csv);
        if (!File.Exists(table))
        {
            throw new InputException(
                $"The audit in {full} is not finished: it has no {AuditFiles.Csv} yet. Let it finish first; the same command goes on."
            );
        }

        var source = AuditSource.Read(full);
        var (examples, classes) = AuditTable.Read(table, source?.ClassNames ?? []);
        return new ReviewSet(full, identity, classes, examples, source);
    }

    /// <summary>Whether a folder holds an audit's results.</summary>
    /// <param name="folder">Any path.</param>
    public static bool IsAudit(string folder) => File.Exists(Path.Combine(folder, AuditFiles.Summary));

    /// <summary>The number of an example.</summary>
    /// <param name="file">As <see cref="Data.RowIdentity.File"/>.</param>
    /// <param name="row">As <see cref="Data.RowIdentity.Row"/>.</param>
    /// <returns>Null where the audit has no such example.</returns>
    public int? Find(string file, long? row) => Ids.TryGetValue((file, row), out var id) ? id : null;

    private static string IdentityOf(string folder)
    {
        var path = Path.Combine(folder, AuditFiles.Summary);
        if (!File.Exists(path))
        {
            throw new InputException($"{folder} holds no audit: there is no {AuditFiles.Summary} in it; give the folder of its results.");
        }

        try
        {
            using var summary = JsonDocument.Parse(File.ReadAllText(path));
            if (
                summary.RootElement.ValueKind != JsonValueKind.Object
                || !summary.RootElement.TryGetProperty("audit", out var audit)
                || audit.ValueKind != JsonValueKind.String
                || audit.GetString() is not { Length: >= 12 } identity
                || !identity.All(char.IsAsciiHexDigitLower)
            )
            {
                throw new InputException($"{path} is no summary of an audit: it names none; give the folder of an audit's results.");
            }

            return AuditFiles.AreOld(folder)
                ? throw new InputException(
                    $"The audit in {folder} is of an earlier layout, whose examples are no rows of your data; the same command as then "
                        + $"writes it anew, and trains nothing."
                )
                : identity;
        }
        catch (JsonException e)
        {
            throw new InputException($"{path} is damaged ({e.Message.Split('\n')[0].TrimEnd('.')}); audit again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be read ({e.Message.Split('\n')[0].TrimEnd('.')}); check its permissions.", e);
        }
    }
}
