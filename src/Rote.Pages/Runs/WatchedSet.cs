using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rote.Workers;

namespace Rote.Pages.Runs;

/// <summary>The folder of a set: its experiments, next to what the runs say.</summary>
/// <param name="folder">Its full path.</param>
/// <param name="id">Its path below the served folder.</param>
internal sealed class WatchedSet(string folder, string id)
{
    private const long LongestSet = 50_000_000;

    private readonly string _place = Path.GetDirectoryName(Path.GetDirectoryName(id)) ?? "";
    private (long Length, DateTime Time) _seen;
    private string? _problem;
    private IReadOnlyList<(string Identity, Item Waiting)> _runs = [];
    private HashSet<string> _identities = [];

    /// <summary>Whether a run belongs to the set.</summary>
    public bool Has(string identity) => _identities.Contains(identity);

    /// <summary>What the set says of a run that failed; null where it did not.</summary>
    public string? FailureOf(string identity) =>
        Directory.Exists(Path.Combine(folder, "failed")) ? RunSetFolder.FailureOf(folder, identity)?.Sentence : null;

    /// <summary>Returns the set, and a run for each of its experiments without a folder so far.</summary>
    /// <param name="runs">The runs of its store by identity.</param>
    public IEnumerable<Item> Items(IReadOnlyDictionary<(string Place, string Identity), Item> runs)
    {
        Read();
        var (finished, training, failed) = (0, 0, 0);
        var waiting = new List<Item>();
        var isStopped = File.Exists(Path.Combine(folder, "stop"));
        foreach (var (identity, item) in _runs)
        {
            var known = runs.GetValueOrDefault((_place, identity));
            finished += known?.State == "finished" ? 1 : 0;
            training += known?.State is "training" or "elsewhere" ? 1 : 0;
            var failure =
                known?.State is "failed" or "damaged" ? known.Note
                : known is null ? FailureOf(identity)
                : null;
            failed += failure is null ? 0 : 1;
            if (known is null)
            {
                waiting.Add(item with { State = failure is null ? "waiting" : "failed", Note = failure });
            }
        }

        var (total, isWhole) = (_runs.Count, _problem is null);
        yield return new Item
        {
            Id = id,
            Kind = "set",
            Name = Path.GetFileName(id),
            Place = _place,
            State =
                !isWhole ? "damaged"
                : finished == total ? "finished"
                : training > 0 ? "training"
                : failed > 0 && failed + finished == total ? "failed"
                : isStopped ? "interrupted"
                : "waiting",
            Note =
                !isWhole ? $"It is damaged: set.json {_problem}."
                : isStopped && finished < total ? "Its workers were told to stop."
                : null,
            Total = total,
            Finished = finished,
            Training = training,
            Failed = failed,
        };
        foreach (var item in waiting)
        {
            yield return item;
        }
    }

    private void Read()
    {
        var file = new FileInfo(Path.Combine(folder, "set.json"));
        var now = file.Exists ? (file.Length, file.LastWriteTimeUtc) : (0, default);
        if (now == _seen && now.Length > 0)
        {
            return;
        }

        using var document = JsonFile.Read(file.FullName, LongestSet, out _problem);
        if (document is null || JsonFile.At(document.RootElement, "runs") is not { ValueKind: JsonValueKind.Array } runs)
        {
            _problem ??= "lists no runs";
            return;
        }

        _seen = now;
        _runs = [.. runs.EnumerateArray().Select(Waiting).OfType<(string, Item)>()];
        _identities = [.. _runs.Select(run => run.Identity)];
    }

    private (string, Item)? Waiting(JsonElement run, int index)
    {
        if (JsonFile.At(run, "experiment") is not { ValueKind: JsonValueKind.Object } experiment)
        {
            return null;
        }

        using var copy = JsonDocument.Parse(experiment.GetRawText());
        var identity = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(RoteJson.Canonical(copy))));
        return (
            identity,
            ExperimentWords.Describe(
                new Item
                {
                    Id = $"{id}#{index}",
                    Kind = "run",
                    Name = $"{identity[..12]} {JsonFile.Text(run, "title")}".TrimEnd(),
                    Place = _place,
                },
                experiment
            )
        );
    }
}
