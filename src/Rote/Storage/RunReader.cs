using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rote.Experiments;
using Rote.Training;

namespace Rote.Storage;

/// <summary>Reads whatever a run's folder holds. No content makes reading fail; it only makes the run damaged.</summary>
internal sealed class RunReader
{
    private readonly string _folder;
    private string? _damage;
    private string? _foreign;
    private bool _isDenied;

    private RunReader(string folder) => _folder = folder;

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">A folder that is there, as a full path.</param>
    /// <param name="isNamed">True where the folder's name must begin with the experiment's identity.</param>
    public static StoredRun Read(string folder, bool isNamed) => new RunReader(folder).Read(isNamed);

    private StoredRun Read(bool isNamed)
    {
        // The lock first: a run that ends just now is then finished, and never taken for interrupted.
        var isHeld = RunLock.IsHeld(_folder) || (isNamed && RunClaim.IsHeld(_folder));
        var isFinished = Has(RunFiles.Summary);
        var (identity, experiment) = isHeld && !Has(RunFiles.Experiment) ? (null, null) : ReadExperiment();
        var manifest = Has(RunFiles.Manifest) || isFinished ? Read<RunManifest>(RunFiles.Manifest) : null;
        var summary = isFinished ? Read<RunSummary>(RunFiles.Summary) : null;
        var history = ReadHistory(isFinished);
        if (isNamed && identity is not null && !Path.GetFileName(_folder).StartsWith(identity[..12], StringComparison.Ordinal))
        {
            Damaged($"its experiment's identity begins with {identity[..12]}, its name does not");
        }

        if (summary is not null && summary.Experiment != identity)
        {
            Damaged($"{RunFiles.Summary} belongs to another experiment");
        }

        if (summary is not null && !Has(RunFiles.Weights))
        {
            Damaged($"it has {RunFiles.Summary} but no {RunFiles.Weights}");
        }

        return new StoredRun
        {
            Folder = _folder,
            State =
                _damage is not null ? RunState.Damaged
                : _foreign is not null ? RunState.Foreign
                : isFinished ? RunState.Finished
                : isHeld ? RunState.Running
                : RunState.Interrupted,
            Damage = _damage ?? _foreign,
            IsDenied = _isDenied,
            Identity = identity,
            Experiment = experiment,
            Manifest = manifest,
            Summary = summary,
            History = history,
        };
    }

    private (string? Identity, Experiment? Experiment) ReadExperiment()
    {
        using var record = Read<JsonDocument>(RunFiles.Experiment);
        if (record?.RootElement.ValueKind is not JsonValueKind.Object)
        {
            Damaged($"{RunFiles.Experiment} is not what it should be (it is no JSON object)");
            return (null, null);
        }

        if (RoteJson.HasHalfCharacter(record.RootElement))
        {
            Damaged($"{RunFiles.Experiment} is not what it should be (a text in it holds half a character)");
            return (null, null);
        }

        var identity = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(RoteJson.Canonical(record))));
        if (
            record.RootElement.TryGetProperty("schema", out var value)
            && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var schema)
            && schema > Experiment.CurrentSchema
        )
        {
            _foreign = $"{RunFiles.Experiment} has schema {schema}, this Rote knows {Experiment.CurrentSchema}: a newer one wrote it";
            return (identity, null);
        }

        if (RoteJson.UnknownKind(record.RootElement) is { } kind)
        {
            _foreign = $"its experiment has a '{kind}', which an extension or a newer Rote adds; load the extension (--extension FILE.dll)";
            return (identity, null);
        }

        if (IsWatchedAsOfOld(record.RootElement))
        {
            _foreign = "an older Rote only read its memorization under the name 'early-stopping', which stops today; train again";
            return (identity, null);
        }

        return (identity, Read<Experiment>(RunFiles.Experiment));
    }

    /// <summary>Until engine 2, a run that only watched memorization had the kind of those that stop, and no degree to stop
    /// at.</summary>
    private static bool IsWatchedAsOfOld(JsonElement experiment) =>
        experiment.TryGetProperty("control", out var control)
        && control.ValueKind == JsonValueKind.Object
        && control.TryGetProperty("kind", out var kind)
        && kind.ValueKind == JsonValueKind.String
        && kind.GetString() == "early-stopping"
        && !control.TryGetProperty("target", out _);

    private IReadOnlyList<EpochMetrics> ReadHistory(bool isFinished)
    {
        if (!Has(RunFiles.Metrics) && !isFinished)
        {
            return [];
        }

        return Try(
                RunFiles.Metrics,
                () =>
                    isFinished
                        ? RunFiles.ReadLines<EpochMetrics>(File(RunFiles.Metrics))
                        : RunFiles.ReadLog<EpochMetrics>(File(RunFiles.Metrics))
            ) ?? [];
    }

    private T? Read<T>(string name)
        where T : class => Try(name, () => RunFiles.Read<T>(File(name)));

    private T? Try<T>(string name, Func<T> read)
        where T : class
    {
        if (!Has(name))
        {
            Damaged(IsClosed() ? "its folder cannot be read" : $"it has no {name}");
            return null;
        }

        try
        {
            return read();
        }
        catch (InputException error)
        {
            var cause = error.InnerException ?? error;
            _isDenied |= cause is UnauthorizedAccessException;
            var what = cause is JsonException or NotSupportedException ? "is not what it should be" : "cannot be read";
            Damaged($"{name} {what} ({cause.Message.Split('\n')[0].TrimEnd('.', ' ')})");
            return null;
        }
    }

    /// <summary>Whether nothing can be seen in the folder for want of permission. A file that is there is then not found.</summary>
    private bool IsClosed()
    {
        try
        {
            System.IO.File.GetAttributes(File(RunFiles.Experiment));
        }
        catch (UnauthorizedAccessException)
        {
            _isDenied = true;
        }
        catch (IOException)
        {
            return false;
        }

        return _isDenied;
    }

    private bool Has(string name) => System.IO.File.Exists(File(name));

    private string File(string name) => Path.Combine(_folder, name);

    /// <summary>Notes only the first fault; what follows from it is not reported.</summary>
    private void Damaged(string what) => _damage ??= what;
}
