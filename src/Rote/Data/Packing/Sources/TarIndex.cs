using System.Globalization;
using System.Text;
using System.Text.Json;
using Rote.Data.Download;
using Rote.Data.Formats.Pictures;
using Rote.Data.Formats.Tables;
using Rote.Data.Labels;

namespace Rote.Data.Packing.Sources;

/// <summary>Where a picture lies in an archive.</summary>
/// <param name="Shard">The archive's index.</param>
/// <param name="Offset">Its first byte there.</param>
/// <param name="Length">Its bytes.</param>
internal readonly record struct TarPlace(int Shard, long Offset, int Length);

/// <summary>The pictures of WebDataset archives and their labels: entries whose names are equal up to their first dot belong
/// together.</summary>
/// <remarks>Source: the WebDataset format's description, github.com/webdataset/webdataset. Names in an archive are identities and never
/// paths; nothing is unpacked to the disk.</remarks>
internal sealed class TarIndex
{
    private const int LongestLabel = 1 << 16;

    private static readonly string[] LabelExtensions = ["cls", "cls.txt", "txt"];

    private readonly string[] _paths;
    private readonly List<TarPlace> _places = [];
    private readonly List<string> _names = [];
    private readonly LabelTexts _labels = new();

    private TarIndex(string[] paths) => _paths = paths;

    /// <summary>Pictures, in the order of the archives.</summary>
    public IReadOnlyList<TarPlace> Places => _places;

    /// <summary>The name of each: the archive's name and the entry's.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The label of each.</summary>
    public LabelTexts Labels => _labels;

    /// <summary>Reads the archives' lists of entries, and the labels.</summary>
    /// <exception cref="InputException">An archive is damaged, or a picture has no label.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static TarIndex Read(string[] paths, CancellationToken token)
    {
        var index = new TarIndex(paths);
        for (var shard = 0; shard < paths.Length; shard++)
        {
            try
            {
                using var stream = new FileStream(paths[shard], FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
                index.Shard(stream, shard, token);
            }
            catch (EndOfStreamException e)
            {
                throw new InputException($"{paths[shard]} is cut: it ends within an entry; fetch it once more.", e);
            }
            catch (InvalidDataException e)
            {
                throw new InputException(
                    $"{paths[shard]} is not a sound tar archive ({e.Message.TrimEnd('.')}); fetch it once more, and unpack .tar.gz with "
                        + $"gunzip first.",
                    e
                );
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new MachineException($"{paths[shard]} cannot be read ({e.Message.Split('\n')[0]}); check its permissions.", e);
            }
        }

        return index;
    }

    private void Shard(FileStream stream, int shard, CancellationToken token)
    {
        var tar = new TarEntries(stream);
        var (key, picture, label) = ("", (Name: "", Place: default(TarPlace)), (Text: (string?)null, Rank: 0));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (tar.Next() is { } entry)
        {
            token.ThrowIfCancellationRequested();
            if (!entry.IsFile)
            {
                continue;
            }

            var (owner, extension) = Split(entry.Name);
            if (owner != key)
            {
                Finish();
                (key, picture, label) = (owner, ("", default), (null, 0));
                if (!seen.Add(owner))
                {
                    throw new InputException(
                        $"{_paths[shard]} has the example {owner} in two places, expected its files together and once."
                    );
                }
            }

            if (FolderListing.IsPicture(entry.Name))
            {
                picture = (entry.Name, Place(entry, stream, shard));
            }
            else if (LabelExtensions.Contains(extension) || extension == "json")
            {
                var found = LabelOf(extension, Content(tar, entry, shard));
                label = found.Text is not null && found.Rank > label.Rank ? found : label; // of two of a kind the first
            }
        }

        Finish();

        void Finish()
        {
            if (picture.Name.Length == 0)
            {
                return;
            }

            var name = $"{Path.GetFileName(_paths[shard])}/{picture.Name}";
            if (label.Text is not { } text || TableProblems.IsNoLabel(text) || !_labels.Add(text))
            {
                throw new InputException(
                    $"{name} has no label that can be used, expected a file {key}.cls with a number or a name beside it, or {key}.json "
                        + $"with a member called label."
                );
            }

            _places.Add(picture.Place);
            _names.Add(name);
        }
    }

    private TarPlace Place(TarItem entry, FileStream stream, int shard)
    {
        if (entry.IsSparse || entry.Length > PictureBytes.LongestFile)
        {
            throw new InputException(
                $"{_paths[shard]}: {entry.Name} {(entry.IsSparse ? "is stored with its zeros left out" : $"has {entry.Length:N0} bytes")}, "
                    + $"expected a picture of at most {PictureBytes.LongestFile >> 20} MiB."
            );
        }

        return new TarPlace(shard, stream.Position, (int)entry.Length);
    }

    private string Content(TarEntries tar, TarItem entry, int shard)
    {
        if (entry.IsSparse || entry.Length > LongestLabel)
        {
            throw new InputException(
                $"{_paths[shard]}: {entry.Name} has {entry.Length:N0} bytes, expected a label, of at most {LongestLabel}."
            );
        }

        var bytes = new byte[entry.Length];
        tar.ReadContent(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>A label file and its rank: .cls and its like outrank .txt, which outranks .json, in whatever order they stand.</summary>
    private static (string? Text, int Rank) LabelOf(string extension, string content) =>
        extension switch
        {
            "json" => (InDocument(content), 1),
            "txt" => (content.Trim(), 2),
            _ => (content.Trim(), 3),
        };

    private static string? InDocument(string content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            foreach (var name in (string[])["label", "cls", "class", "class_id", "category"])
            {
                if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var found))
                {
                    return found.ValueKind switch
                    {
                        JsonValueKind.String => found.GetString()!.Trim(),
                        JsonValueKind.Number => found.TryGetInt64(out var number)
                            ? number.ToString(CultureInfo.InvariantCulture)
                            : found.GetRawText(),
                        _ => null,
                    };
                }
            }
        }
        catch (JsonException)
        {
            return null; // not labels
        }

        return null;
    }

    /// <summary>Splits a name at the first dot of its last part.</summary>
    private static (string Key, string Extension) Split(string name)
    {
        var dot = name.IndexOf('.', name.LastIndexOf('/') + 1);
        return dot < 0 ? (name, "") : (name[..dot], name[(dot + 1)..].ToLowerInvariant());
    }
}
