using Rote.Data.Formats.Numpy;
using Rote.Data.Formats.Pictures;
using Rote.Data.Formats.Tables;

namespace Rote.Data.Formats;

/// <summary>The readers that there are: those of other assemblies first, then the built-in ones.</summary>
internal static class DatasetReaders
{
    private static readonly Lock Gate = new();

    /// <summary>In the order in which they are asked. Replaced as a whole, so that a reader of the list needs no lock.</summary>
    private static IReadOnlyList<IDatasetReader> _all = [new NumpyReader(), new TableDatasetReader(), new PictureFolderReader()];

    /// <summary>All of them, in the order in which they are asked.</summary>
    public static IReadOnlyList<IDatasetReader> All => _all;

    /// <summary>What can be given, in words.</summary>
    public static string Kinds => All is var all && all.Count > 1 ? $"{string.Join(", ", all.SkipLast(1).Select(r => r.Kinds))}, or {all[^1].Kinds}" : all[0].Kinds;

    /// <summary>Adds a reader, which is asked before all others.</summary>
    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public static void Add(IDatasetReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        lock (Gate)
        {
            if (_all.Any(r => r.Name.Equals(reader.Name, StringComparison.OrdinalIgnoreCase)))
            {
                throw new ArgumentException($"There is a reader of data called \"{reader.Name}\" already; give this one another name.", nameof(reader));
            }

            Volatile.Write(ref _all, [reader, .. _all]);
        }
    }

    /// <summary>Takes a reader out again, as tests do.</summary>
    public static void Remove(IDatasetReader reader)
    {
        lock (Gate)
        {
            Volatile.Write(ref _all, [.. _all.Where(r => r != reader)]);
        }
    }

    /// <summary>The first reader that reads what lies at a path; null if none does.</summary>
    public static IDatasetReader? For(string path) => All.FirstOrDefault(r => r.CanRead(path));

    /// <summary>Whether a name ends as a file of some format does.</summary>
    public static bool IsFileName(string path) => All.Any(r => r.Extensions.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase)));
}
