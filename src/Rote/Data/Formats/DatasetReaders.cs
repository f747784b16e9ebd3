using Rote.Data.Formats.Cifar;
using Rote.Data.Formats.Idx;
using Rote.Data.Formats.Numpy;
using Rote.Data.Formats.Pictures;
using Rote.Data.Formats.Tables;
using Rote.Data.Formats.TextFiles;
using Rote.Data.Packing;

namespace Rote.Data.Formats;

/// <summary>All known readers: those of other assemblies first, then the built-in ones.</summary>
internal static class DatasetReaders
{
    private static readonly Registry<IDatasetReader> Registered = new("reader of data", reader => reader.Name);

    private static readonly IReadOnlyList<IDatasetReader> BuiltIn =
    [
        new PackedReader(),
        new NumpyReader(),
        new TableDatasetReader(),
        new IdxReader(),
        new CifarReader(),
        new ForeignReader(),
        new TextFolderReader(),
        new PictureFolderReader(),
    ];

    /// <summary>All readers, in the order in which they are tried.</summary>
    public static IReadOnlyList<IDatasetReader> All => [.. Registered.All.Reverse(), .. BuiltIn];

    /// <summary>The kinds of data that can be read, in words.</summary>
    public static string Kinds
    {
        get
        {
            var kinds = All.Select(r => r.Kinds).Where(k => k.Length > 0).ToArray();
            return $"{string.Join(", ", kinds.SkipLast(1))}, or {kinds[^1]}";
        }
    }

    /// <summary>Adds a reader, which is tried before all others. Adding one of the same class and name again changes nothing.</summary>
    /// <exception cref="ArgumentException">Another reader has its name.</exception>
    public static void Add(IDatasetReader reader)
    {
        if (BuiltIn.FirstOrDefault(known => known.Name.Equals(reader?.Name, StringComparison.OrdinalIgnoreCase)) is { } taken)
        {
            throw new ArgumentException($"There is a reader of data '{taken.Name}' already; choose a name of its own.", nameof(reader));
        }

        Registered.Add(reader!);
    }

    /// <summary>Removes a reader, as tests do.</summary>
    public static void Remove(IDatasetReader reader) => Registered.Remove(reader);

    /// <summary>Returns the first reader that can read a path; null if none can.</summary>
    public static IDatasetReader? For(string path) => All.FirstOrDefault(r => r.CanRead(path));

    /// <summary>Returns a file's name without the extension of its format.</summary>
    public static string WithoutExtension(string fileName) =>
        All.SelectMany(r => r.Extensions).Where(e => fileName.EndsWith(e, StringComparison.OrdinalIgnoreCase)).MaxBy(e => e.Length)
            is { } extension
        && extension.Length < fileName.Length
            ? fileName[..^extension.Length]
            : fileName;

    /// <summary>Whether a name has the extension of a known format.</summary>
    public static bool IsFileName(string path) => All.Any(r => r.Extensions.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase)));
}
