using System.IO.Compression;
using System.Security.Cryptography;

namespace Rote.Data.Formats.Numpy;

/// <summary>Arrays by name: the entries of an .npz file, or the .npy files of a folder. The store never writes, so a name in an archive can
/// do no harm.</summary>
internal sealed class ArrayStore : IDisposable
{
    private const string Extension = ".npy";

    /// <summary>Deflate packs at most 1032 bytes into one; a larger claim is false.</summary>
    private const long MostPacking = 1032;

    private readonly Dictionary<string, Func<NpyArray>> _arrays = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Name, string Path)> _files = [];
    private readonly IDisposable? _archive;

    private ArrayStore(string path, IDisposable? archive) => (Path, _archive) = (path, archive);

    /// <summary>The file or folder.</summary>
    public string Path { get; }

    /// <summary>Whether this is a folder without subfolders.</summary>
    public bool IsFlat => _archive is null && !Directory.EnumerateDirectories(Path).Any();

    /// <summary>The arrays' names, in ordinal order.</summary>
    public IReadOnlyList<string> Names => [.. _arrays.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Opens an .npz file.</summary>
    /// <exception cref="InputException">It is not a sound zip archive, or holds a name twice.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static ArrayStore OfArchive(string path)
    {
        var stream = OpenFile(path);
        try
        {
            var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            var store = new ArrayStore(path, archive);
            store._files.Add((System.IO.Path.GetFileName(path), path));
            foreach (var entry in archive.Entries.Where(e => e.FullName.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)))
            {
                var name = entry.FullName[..^Extension.Length];
                if (!store._arrays.TryAdd(name, () => FromEntry(entry, $"{path}: {name}")))
                {
                    throw new InputException($"{path} holds the array \"{name}\" twice (upper and lower case are the same); remove one.");
                }
            }

            return store;
        }
        catch (Exception e)
        {
            stream.Dispose();
            if (IsUnsound(e))
            {
                throw new InputException(
                    $"{path} is not a sound .npz file ({e.Message.Split('\n')[0].TrimEnd('.')}), expected what numpy.savez writes.",
                    e
                );
            }

            throw;
        }
    }

    /// <summary>Opens the .npy files of a folder.</summary>
    /// <exception cref="InputException">Two names differ in case only.</exception>
    /// <exception cref="MachineException">It cannot be listed.</exception>
    public static ArrayStore OfFolder(string folder)
    {
        var store = new ArrayStore(folder, archive: null);
        try
        {
            foreach (
                var path in Directory
                    .EnumerateFiles(folder)
                    .Where(f => f.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
                    .Order(StringComparer.Ordinal)
            )
            {
                var name = System.IO.Path.GetFileName(path)[..^Extension.Length];
                store._files.Add((System.IO.Path.GetFileName(path), path));
                if (!store._arrays.TryAdd(name, () => FromFile(path)))
                {
                    throw new InputException($"{folder} holds the array \"{name}\" twice (upper and lower case are the same); remove one.");
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{folder} cannot be listed ({e.Message.Split('\n')[0]}); check its permissions.", e);
        }

        return store;
    }

    /// <summary>Opens one .npy file.</summary>
    public static ArrayStore OfFile(string path)
    {
        var store = new ArrayStore(path, archive: null);
        var name = System.IO.Path.GetFileName(path);
        store._files.Add((name, path));
        store._arrays.Add(name[..^Extension.Length], () => FromFile(path));
        return store;
    }

    /// <summary>Whether the store has an array of that name, ignoring case.</summary>
    public bool Has(string name) => _arrays.ContainsKey(name);

    /// <summary>Returns the name of an existing array with the case that the file uses.</summary>
    public string NameAsWritten(string name) => _arrays.Keys.First(key => key.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the file name of an existing array for the names of rows: the .npy file, or the .npz file, with the array's name
    /// appended if several arrays have rows.</summary>
    /// <param name="name">The array.</param>
    /// <param name="isOneOfSeveral">Whether examples come from several arrays.</param>
    public string FileOf(string name, bool isOneOfSeveral = false) =>
        _archive is null
            ? _files.First(f => f.Name[..^Extension.Length].Equals(name, StringComparison.OrdinalIgnoreCase)).Name
            : $"{_files[0].Name}{(isOneOfSeveral ? $"/{NameAsWritten(name)}" : "")}";

    /// <summary>Opens an existing array.</summary>
    /// <exception cref="InputException">It is not sound.</exception>
    public NpyArray Open(string name) => _arrays[name]();

    /// <summary>Reads from the store and turns the exceptions of a damaged archive or a failing disk into messages.</summary>
    public T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (IsUnsound(e))
        {
            throw new InputException($"{Path} is damaged ({e.Message.Split('\n')[0].TrimEnd('.')}), expected what numpy writes.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{Path} cannot be read ({e.Message.Split('\n')[0]}).", e);
        }
    }

    /// <summary>Returns the checksum of the files that hold the given arrays.</summary>
    /// <param name="arrays">Their names.</param>
    /// <param name="addMore">Adds files from elsewhere; null if there are none.</param>
    public string Hash(IReadOnlyCollection<string> arrays, Action<ContentHash>? addMore = null)
    {
        using var hash = new ContentHash();
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (
            var (name, path) in _files.Where(f =>
                _archive is not null || arrays.Contains(f.Name[..^Extension.Length], StringComparer.OrdinalIgnoreCase)
            )
        )
        {
            ContentHash.OfFile(path, digest);
            hash.Add(name, digest);
        }

        addMore?.Invoke(hash);
        return hash.Result();
    }

    /// <inheritdoc/>
    public void Dispose() => _archive?.Dispose();

    private static NpyArray FromEntry(ZipArchiveEntry entry, string label) =>
        entry.IsEncrypted
            ? throw new InputException($"{label} is encrypted, expected what numpy.savez writes.")
            : new NpyArray(label, entry.Open(), entry.Length, MostPacking * (entry.CompressedLength + 1), entry.Crc32);

    private static NpyArray FromFile(string path)
    {
        var stream = OpenFile(path);
        return new NpyArray(path, stream, stream.Length, stream.Length, crc: null);
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be read ({e.Message.Split('\n')[0]}); check its permissions.", e);
        }
    }

    /// <summary>Whether .NET's zip reader throws this for a faulty archive. Not <see cref="IOException"/>: that is the disk.</summary>
    private static bool IsUnsound(Exception e) => e is InvalidDataException or NotSupportedException or EndOfStreamException;
}
