using System.Text.Json;
using Rote.Audits.Shown;
using Rote.Data;

namespace Rote.Audits.Review;

/// <summary>Where an audit's examples lie and how they were read: a file beside its results, so that they can be shown again.</summary>
/// <remarks>It is about a place, not a result: equal audits of copies in two places differ in it and in nothing else.</remarks>
public sealed record AuditSource
{
    /// <summary>The file's name.</summary>
    public const string FileName = "source.json";

    /// <summary>Layout of the file; see docs/reference/formats.md.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Identity of the audit.</summary>
    public required string Audit { get; init; }

    /// <summary>A catalog name, or the absolute path of the user's own data; null where the audit saw labels and outputs only.</summary>
    public string? Data { get; init; }

    /// <summary>Length of the data in bytes, by which it is known to be another now; null where it is no single file.</summary>
    public long? Bytes { get; init; }

    /// <summary>How the data was read; paths in it are absolute.</summary>
    public UserDataOptions Options { get; init; } = new();

    /// <summary>The classes in their order, which is that of the columns of <see cref="AuditFiles.Probabilities"/>.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>What is shown of the examples beside the data itself; paths in it are absolute. Null: nothing.</summary>
    public ShownSettings? Show { get; init; }

    /// <summary>Of data as a user named it.</summary>
    /// <param name="audit">Identity of the audit.</param>
    /// <param name="nameOrPath">A catalog name or a path; null for none.</param>
    /// <param name="options">How it was read.</param>
    /// <param name="classNames">The classes in the audit's order.</param>
    /// <param name="show">What is shown of the examples beside it; null: nothing.</param>
    /// <returns>The same with absolute paths.</returns>
    public static AuditSource Of(
        string audit,
        string? nameOrPath,
        UserDataOptions options,
        IReadOnlyList<string> classNames,
        ShownSettings? show = null
    )
    {
        var data = nameOrPath is null || DatasetLoader.IsCatalogName(nameOrPath) ? nameOrPath : Path.GetFullPath(nameOrPath);
        return new()
        {
            Audit = audit,
            Data = data,
            Bytes = LengthOf(data),
            Options = options with { Labels = options.Labels is { } labels ? Path.GetFullPath(labels) : null },
            ClassNames = classNames,
            Show = show is { IsEmpty: false } ? show.AtFullPaths() : null,
        };
    }

    /// <summary>Whether the data is not what was audited; false where that cannot be told.</summary>
    internal bool IsChanged => Bytes is { } then && LengthOf(Data) is { } now && now != then;

    /// <summary>Writes the file.</summary>
    /// <param name="folder">The folder of the audit's results.</param>
    /// <exception cref="MachineException">It cannot be written.</exception>
    public void Write(string folder) =>
        AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, RoteJson.Options) + "\n");

    /// <summary>Reads the file.</summary>
    /// <param name="folder">The folder of an audit's results.</param>
    /// <returns>Null where there is none, as in audits of before.</returns>
    /// <exception cref="InputException">It is damaged.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static AuditSource? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<AuditSource>(File.ReadAllText(path), RoteJson.Options) : null;
        }
        catch (Exception e) when (e is JsonException or InputException)
        {
            throw new InputException(
                $"{path} is damaged ({e.Message.Split('\n')[0].TrimEnd('.')}); it says where the audit's data lies. Remove it and say so "
                    + $"yourself, or audit again.",
                e
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be read ({e.Message.Split('\n')[0].TrimEnd('.')}); check its permissions.", e);
        }
    }

    private static long? LengthOf(string? path) => path is not null && new FileInfo(path) is { Exists: true } file ? file.Length : null;
}
