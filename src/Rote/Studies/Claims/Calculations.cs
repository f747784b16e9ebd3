using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rote.Data;

namespace Rote.Studies.Claims;

/// <summary>Results in closed form that claims rest on, each in a file of its own: what was calculated once is read again.</summary>
/// <param name="folder">Where the files lie; made when the first is written.</param>
/// <param name="load">Gives data by its name; it stays the giver's.</param>
/// <param name="report">Told what is calculated now, in a sentence; null: nobody.</param>
/// <param name="cancel">Stops; what is finished is kept.</param>
public sealed class Calculations(
    string folder,
    Func<DataSpec, DatasetSplits> load,
    Action<string>? report = null,
    CancellationToken cancel = default
)
{
    private readonly Dictionary<string, object> _known = [];

    /// <summary>A result, from its file or made now.</summary>
    /// <typeparam name="TKey">A record that serializes to JSON.</typeparam>
    /// <typeparam name="TResult">The same.</typeparam>
    /// <param name="name">What it is, in lower-case letters and hyphens; the beginning of the file's name.</param>
    /// <param name="key">Everything that the result depends on: another value is another file.</param>
    /// <param name="calculate">Makes it from data by name.</param>
    /// <returns>The result.</returns>
    /// <exception cref="InputException">The file is damaged.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
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

    /// <summary>Whether a result is there and need not be made.</summary>
    /// <typeparam name="TKey">A record that serializes to JSON.</typeparam>
    /// <param name="name">What it is.</param>
    /// <param name="key">What it depends on.</param>
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
