using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rote.Memorization;
using Rote.Storage;

namespace Rote.Pages.Runs;

/// <summary>The folder of one run, read again and again; unchanged files are not read again.</summary>
/// <param name="folder">Its full path.</param>
/// <param name="id">Its path below the served folder.</param>
internal sealed class WatchedRun(string folder, string id)
{
    private const long LongestRecord = 50_000_000;

    /// <summary>How long after its last line a log without a holder still counts as being written: claims may be out of sight.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(90);

    private (long Length, DateTime Time) _experiment;
    private (long Length, DateTime Time) _metrics;
    private (long Length, DateTime Time) _summary;
    private string? _damage;
    private bool _hasGrown;
    private string? _failed;
    private RunHolder? _holder;

    /// <summary>The run at the last look.</summary>
    public Item Item { get; private set; } =
        new()
        {
            Id = id,
            Kind = "run",
            Name = Path.GetFileName(folder),
            Place = Path.GetDirectoryName(id) ?? "",
            State = "interrupted",
        };

    /// <summary>Its full path.</summary>
    public string Folder { get; } = folder;

    /// <summary>SHA-256 of its experiment's canonical form; null while it cannot be read.</summary>
    public string? Identity { get; private set; }

    /// <summary>Whether the run is finished; it then needs fewer looks.</summary>
    public bool IsFinished => _summary.Length > 0 && _damage is null;

    /// <summary>The time of the last write to its log.</summary>
    public DateTime Written => _metrics.Time;

    /// <summary>Looks at the run.</summary>
    /// <param name="withHolder">Whether to ask which process works on it, which takes longer than the rest.</param>
    /// <param name="failure">What a set says of the run's failure; null: what it said before.</param>
    /// <remarks>One thread at a time.</remarks>
    public void Look(bool withHolder, Func<string, string?>? failure)
    {
        _damage = null;
        Read("experiment.json", ref _experiment, Experiment);
        Metrics();
        Read("summary.json", ref _summary, Summary, mayBeMissing: true);
        if (withHolder)
        {
            _holder = _summary.Length > 0 ? null : RunHolder.Look(Folder);
        }

        var isWritten = _hasGrown && TimeProvider.System.GetUtcNow().UtcDateTime - _metrics.Time is var age && age.Duration() < Quiet;
        _failed =
            _summary.Length > 0 || _holder is not null || Identity is null ? null
            : failure is null ? _failed
            : failure(Identity);
        Item = Item with
        {
            State =
                _damage is not null ? "damaged"
                : _summary.Length > 0 ? "finished"
                : _holder is { IsHere: true } ? "training"
                : _holder is not null || isWritten ? "elsewhere"
                : _failed is not null ? "failed"
                : "interrupted",
            Host = _holder is { IsHere: false } holder ? holder.Host : null,
            Note = _damage is not null ? $"It is damaged: {_damage}." : _failed,
        };
    }

    /// <summary>Reads a file if it has changed.</summary>
    private void Read(string name, ref (long Length, DateTime Time) seen, Action<JsonDocument> take, bool mayBeMissing = false)
    {
        var file = new FileInfo(Path.Combine(Folder, name));
        var now = file.Exists ? (file.Length, file.LastWriteTimeUtc) : (0, default);
        if (now == seen && now.Length > 0)
        {
            return;
        }

        if (!file.Exists && mayBeMissing)
        {
            seen = default;
            return;
        }

        using var document = JsonFile.Read(file.FullName, LongestRecord, out var problem);
        if (document is null)
        {
            // Rote writes a record as a whole; a copy may be incomplete, and is read again at the next look.
            (seen, _damage) = (default, _damage ?? $"{name} {problem}");
            return;
        }

        seen = now;
        try
        {
            take(document);
        }
        catch (Exception error)
            when (error
                    is JsonException
                        or InvalidOperationException
                        or NotSupportedException
                        or InputException
                        or ArgumentException
                        or ArithmeticException
            )
        {
            // Whatever a record contains, the other runs are shown.
            (seen, _damage) = (default, _damage ?? $"{name} is not what it should be");
        }
    }

    private void Experiment(JsonDocument record)
    {
        Identity = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(RoteJson.Canonical(record))));
        Item = ExperimentWords.Describe(Item, record.RootElement);
    }

    private void Metrics()
    {
        var file = new FileInfo(Path.Combine(Folder, MetricsFile.Name));
        if (!JsonFile.IsPlain(file) || (file.Length, file.LastWriteTimeUtc) == _metrics)
        {
            return;
        }

        try
        {
            var last = MetricsFile.Last(file.FullName);
            _hasGrown |= _metrics.Length > 0;
            _metrics = (file.Length, file.LastWriteTimeUtc);
            if (last is not { } found)
            {
                return;
            }

            Item = Item with
            {
                Epoch = found.Epoch,
                Test = found.Values[0] ?? Item.Test,
                Train = found.Values[1] ?? found.Values[2] ?? Item.Train,
                Loss = found.Values[4] ?? Item.Loss,
                Memorization = found.Values[5] ?? Item.Memorization,
                Updated = new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeSeconds(),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _damage ??= $"{MetricsFile.Name} cannot be read";
        }
    }

    private void Summary(JsonDocument record)
    {
        Item = Item with { Epoch = JsonFile.Whole(record.RootElement, "epochs") ?? Item.Epoch };
        if (record.Deserialize<RunSummary>(RoteJson.Options) is not { } summary)
        {
            return;
        }

        if (summary.Experiment != Identity)
        {
            (_summary, _damage) = (default, _damage ?? "summary.json belongs to another experiment");
        }

        Item = Item with
        {
            Train = summary.TrainCount > 0 ? summary.TrainAccuracy().Value : Item.Train,
            Test = summary.TestCount > 0 ? summary.TestAccuracy().Value : Item.Test,
            Loss = summary.RunningLoss ?? Item.Loss,
        };
        if (summary.Certificate() is { HeldOut: CertifiedDegree degree })
        {
            Item = Item with { Memorization = degree.Memorization, Low = degree.Low, High = degree.High };
        }
    }
}
