using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rote.Data;

namespace Rote.Studies.Claims;

/// <summary>Closed-form results that claims rest on. Each has its own file, so that it is calculated once and then read.</summary>
/// <param name="folder">The folder of the files; created with the first file.</param>
/// <param name="load">Loads data by its name, and keeps owning it.</param>
/// <param name="report">Receives a sentence on the calculation that starts; null for silence.</param>
/// <param name="cancel">Stops; finished results are kept.</param>
public sealed class Calculations(
    string folder,
    Func<DataSpec, DatasetSplits> load,
    Action<string>? report = null,
    CancellationToken cancel = default
)
{
    private readonly Dictionary<string, object> _known = [];

    /// <summary>Returns a result, read from its file or calculated now.</summary>
    /// <typeparam name="TKey">A record that serializes to JSON.</typeparam>
    /// <typeparam name="TResult">A class that serializes to JSON.</typeparam>
    /// <param name="name">The kind of result, in lower-case letters and hyphens; the prefix of the file's name.</param>
    /// <param name="key">Everything that the result depends on; each value has its own file.</param>
    /// <param name="calculate">Calculates it from data loaded by name.</param>
    /// <returns>The result.</returns>
    /// <exception cref="InputException">The file is damaged.</exception>
    /// <exception cref="OperationCanceledException">The calculation was stopped.</exception>
    public TResult Of<TKey, TResult>(string name, TKey key, Func<Func<DataSpec, DatasetSplits>, CancellationToken, TResult> calculate)
        where TResult : class
    {
        var path = FileOf(name, key);
        if (_known.GetValueOrDefault(path) is TResult known)
        {
            return known;
        }

        var result = File.Exists(path) ? Read<TKey, TResult>(path) : Make(path, name, key, calculate);
        _known[path] = result;
        return result;
    }

    /// <summary>Whether a result is already calculated.</summary>
    /// <typeparam name="TKey">A record that serializes to JSON.</typeparam>
    /// <param name="name">The kind of result.</param>
    /// <param name="key">Everything that it depends on.</param>
    public bool Has<TKey>(string name, TKey key) => File.Exists(FileOf(name, key));

    private TResult Make<TKey, TResult>(
        string path,
        string name,
        TKey key,
        Func<Func<DataSpec, DatasetSplits>, CancellationToken, TResult> calculate
    )
        where TResult : class
    {
        cancel.ThrowIfCancellationRequested();
        report?.Invoke($"Calculating {name}: {Path.GetFileName(path)}.");
        var result = calculate(load, cancel);
        AtomicFile.WriteText(path, JsonSerializer.Serialize(new Stored<TKey, TResult>(key, result), RoteJson.Options) + "\n");
        return result;
    }

    private static TResult Read<TKey, TResult>(string path)
        where TResult : class
    {
        try
        {
            return JsonSerializer.Deserialize<Stored<TKey, TResult>>(File.ReadAllText(path), RoteJson.Options)?.Result
                ?? throw new JsonException("it holds no result");
        }
        catch (JsonException error)
        {
            throw new InputException($"{path} is damaged ({error.Message.TrimEnd('.')}); delete it, and it is calculated again.", error);
        }
    }

    private string FileOf<TKey>(string name, TKey key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Engine.Current}/{name}/{RoteJson.Canonical(key)}"));
        return Path.Combine(folder, $"{name}-{Convert.ToHexStringLower(hash)[..16]}.json");
    }

    private sealed record Stored<TKey, TResult>(TKey Key, TResult Result);
}
