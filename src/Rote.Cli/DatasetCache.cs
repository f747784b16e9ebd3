using Rote.Cli.Commands;
using Rote.Cli.Displays;
using Rote.Data;
using Rote.Data.Catalog;
using Rote.Data.Encoders;
using Rote.Data.Formats;
using Rote.Tensors;
using Rote.Workers;

namespace Rote.Cli;

/// <summary>Caches the data set that a command loaded last, so that runs which share it read it once.</summary>
internal sealed class DatasetCache(Screen screen, CancellationToken cancel) : IDisposable
{
    private readonly Dictionary<DataSpec, UserDataSource> _own = [];
    private NamedData? _kept;

    /// <summary>Names the user's data as an experiment does. Reads own and encoded data at once, because its content is part of its
    /// name.</summary>
    /// <param name="nameOrPath">A catalog name or a path.</param>
    /// <param name="options">How own pictures are read.</param>
    /// <param name="encoder">The encoder that turns the examples into vectors, by name or path; null for none.</param>
    /// <exception cref="RoteException">It is not known, or cannot be read.</exception>
    public DataSpec Find(string nameOrPath, UserDataOptions options, string? encoder = null)
    {
        if (DatasetLoader.IsCatalogName(nameOrPath))
        {
            DatasetLoader.RequireDefaults(nameOrPath, options);
            if (encoder is null && options.Labels is null)
            {
                return new DataSpec { Name = nameOrPath };
            }
        }

        var source = new UserDataSource(nameOrPath, options)
        {
            Encoder = encoder == EmbedOption.Auto ? BuiltIn(nameOrPath, options) : encoder,
        };
        var spec = Keep(source).Spec;
        _own[spec] = source;
        return spec;
    }

    /// <summary>Where own or encoded data lies, for another process.</summary>
    /// <param name="spec">What <see cref="Find"/> returned, or a part of it.</param>
    /// <returns>Null for a catalog entry without an encoder.</returns>
    public UserDataSource? SourceOf(DataSpec spec) => _own.GetValueOrDefault(spec.Whole());

    /// <summary>Where to find data that another process has named.</summary>
    /// <param name="spec">What it is called; checked when it is loaded.</param>
    /// <param name="source">Its place, how it is read and encoded.</param>
    public void Register(DataSpec spec, UserDataSource source) => _own[spec.Whole()] = source;

    /// <summary>Loads the whole set, downloading it with progress if it is missing; the cache keeps owning it.</summary>
    /// <param name="spec">A catalog entry, what <see cref="Find"/> returned, or what <see cref="Register"/> was given.</param>
    public DatasetSplits Load(DataSpec spec)
    {
        if (_kept is { } kept && kept.Spec == spec.Whole())
        {
            return kept.Data;
        }

        var source = _own.GetValueOrDefault(
            spec.Whole(),
            new UserDataSource(spec.Name, new UserDataOptions()) { Encoder = spec.Encoder?.Name }
        );
        var data = Keep(source);
        return data.Spec == spec.Whole() ? data.Data
            : data.Spec.Encoder != spec.Encoder
                ? throw new InputException(
                    $"The encoder {source.Encoder} has changed: its identity is {data.Spec.Encoder?.Identity}, expected "
                        + $"{spec.Encoder?.Identity}; run the command again."
                )
            : throw new InputException(
                $"{source.Path} has changed while it was in use: its SHA-256 is {data.Spec.Sha256}, expected {spec.Sha256}; run the "
                    + $"command again."
            );
    }

    public void Dispose() => _kept?.Dispose();

    private static bool IsDrawn(string nameOrPath) =>
        DatasetLoader.IsCatalogName(nameOrPath) && DataCatalog.Find(nameOrPath).Files.Count == 0;

    private static string Doing(string nameOrPath) =>
        IsDrawn(nameOrPath) && DataCatalog.Find(nameOrPath) is var entry
            ? $"Drawing {entry.TrainExamples + entry.TestExamples:N0} {entry.Name} …"
            : $"Reading {nameOrPath} …";

    private NamedData Keep(UserDataSource source)
    {
        _kept?.Dispose();
        _kept = null;
        TorchLibrary.Load();
        if (source.Encoder is null)
        {
            return _kept = Read(source.Path, source.Options);
        }

        using var encoder = EncoderCatalog.Open(source.Encoder);
        using var data = Read(source.Path, source.Options with { UsualImageSize = DatasetLoader.UsualImageSize(source.Path, encoder) });
        using var display = new EncodingDisplay(screen, encoder.Name, TimeProvider.System);
        return _kept = Encoded.Of(data, encoder, DataFolder.Default(), display, cancel);
    }

    /// <summary>The built-in encoder for the kind of data; tables are read to find out.</summary>
    private string? BuiltIn(string nameOrPath, UserDataOptions options)
    {
        var isPictures = DatasetLoader.IsCatalogName(nameOrPath) || DatasetLoader.OptionsOf(nameOrPath).HasFlag(ReaderOptions.Pictures);
        using var data = isPictures ? null : Read(nameOrPath, options);
        return EncoderCatalog.DefaultFor(data?.Data.Train.Texts is null ? EncoderInput.Pictures : EncoderInput.Texts);
    }

    private NamedData Read(string nameOrPath, UserDataOptions options)
    {
        var progress = screen.Quiet ? null : new DownloadLines(screen.PeopleWriter, screen.IsLive, screen.NameOf);
        using var patience = screen.Meanwhile(Doing(nameOrPath), IsDrawn(nameOrPath) ? TimeSpan.Zero : TimeSpan.FromSeconds(1));
        return DatasetLoader.Load(nameOrPath, DataFolder.Default(), options, progress, cancel);
    }
}
