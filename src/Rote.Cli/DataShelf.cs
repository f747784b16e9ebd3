using Rote.Data;
using Rote.Data.Catalog;
using Rote.Tensors;
using Rote.Workers;

namespace Rote.Cli;

/// <summary>Data sets that a command has loaded, so that runs which share one read it once; keeps the last one.</summary>
internal sealed class DatasetCache(Screen screen, CancellationToken cancel) : IDisposable
{
    private readonly Dictionary<DataSpec, (string Path, UserDataOptions Options)> _own = [];
    private NamedData? _kept;

    /// <summary>What an experiment calls the data that the user named. Own data is read at once, because its content is part of its
    /// name.</summary>
    /// <param name="nameOrPath">A catalog name or a path.</param>
    /// <param name="options">How own pictures are read.</param>
    /// <exception cref="RoteException">It is not known, or cannot be read.</exception>
    public DataSpec Find(string nameOrPath, UserDataOptions options)
    {
        if (DatasetLoader.IsCatalogName(nameOrPath))
        {
            DatasetLoader.RequireDefaults(nameOrPath, options);
            return new DataSpec { Name = nameOrPath };
        }

        var spec = Keep(nameOrPath, options).Spec;
        _own[spec] = (nameOrPath, options);
        return spec;
    }

    /// <summary>Where own data lies, for another process.</summary>
    /// <param name="spec">What <see cref="Find"/> returned, or a part of it.</param>
    /// <returns>Null for a catalog entry.</returns>
    public UserDataSource? SourceOf(DataSpec spec) =>
        _own.TryGetValue(spec.Whole(), out var own) ? new UserDataSource(own.Path, own.Options) : null;

    /// <summary>Where to find own data that another process has named.</summary>
    /// <param name="spec">What it is called; checked when it is loaded.</param>
    /// <param name="path">Its path.</param>
    /// <param name="options">How pictures are read.</param>
    public void Know(DataSpec spec, string path, UserDataOptions options) => _own[spec.Whole()] = (path, options);

    /// <summary>The whole set, fetched with progress where it is not there yet; it stays the shelf's.</summary>
    /// <param name="spec">A catalog entry, what <see cref="Find"/> returned, or what <see cref="Know"/> was told.</param>
    public DatasetSplits Load(DataSpec spec)
    {
        if (_kept is { } kept && kept.Spec == spec.Whole())
        {
            return kept.Data;
        }

        var (path, options) = _own.GetValueOrDefault(spec.Whole(), (spec.Name, new UserDataOptions()));
        var data = Keep(path, options);
        return data.Spec == spec.Whole()
            ? data.Data
            : throw new InputException(
                $"{path} has changed while it was in use: its SHA-256 is {data.Spec.Sha256}, expected {spec.Sha256}; run the command again."
            );
    }

    public void Dispose() => _kept?.Dispose();

    private static bool IsDrawn(string nameOrPath) =>
        DatasetLoader.IsCatalogName(nameOrPath) && DataCatalog.Find(nameOrPath).Files.Count == 0;

    private static string Doing(string nameOrPath) =>
        IsDrawn(nameOrPath) && DataCatalog.Find(nameOrPath) is var entry
            ? $"Drawing {entry.TrainExamples + entry.TestExamples:N0} {entry.Name} …"
            : $"Reading {nameOrPath} …";

    private NamedData Keep(string nameOrPath, UserDataOptions options)
    {
        _kept?.Dispose();
        _kept = null;
        TorchLibrary.Load();
        var progress = screen.Quiet ? null : new DownloadLines(screen.PeopleWriter, screen.IsLive);
        using var patience = screen.Meanwhile(Doing(nameOrPath), IsDrawn(nameOrPath) ? TimeSpan.Zero : TimeSpan.FromSeconds(1));
        return _kept = DatasetLoader.Load(nameOrPath, DataFolder.Default(), options, progress, cancel);
    }
}
