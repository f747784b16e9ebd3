using System.Text.Json;
using Rote.Data;
using Rote.Experiments;
using Rote.Tensors;

namespace Rote.Workers;

/// <summary>Where the user's own data lies and how it is read. An experiment does not say this, because it names data by its
/// content.</summary>
/// <param name="Path">A folder of pictures, an .npz file, an .npy file, a folder of .npy files, a table or a folder of tables.</param>
/// <param name="Options">How it is read.</param>
public sealed record UserDataSource(string Path, UserDataOptions Options)
{
    /// <summary>The encoder that turns it into vectors, by name or path; null for none. With one, <see cref="Path"/> may be a catalog
    /// name.</summary>
    public string? Encoder { get; init; }

    /// <summary>The same for a process in another folder. Catalog names and encoders' names stay names.</summary>
    internal UserDataSource Absolute() =>
        this with
        {
            Path = DatasetLoader.IsCatalogName(Path) ? Path : System.IO.Path.GetFullPath(Path),
            Encoder = File.Exists(Encoder) ? System.IO.Path.GetFullPath(Encoder) : Encoder,
        };
}

/// <summary>One run of a <see cref="RunSet"/>.</summary>
public sealed record RunRequest
{
    /// <summary>A run to be made, or found finished.</summary>
    /// <param name="experiment">What to do.</param>
    /// <param name="own">Where its data lies; null for a catalog set without an encoder.</param>
    /// <exception cref="ArgumentException">The data is the user's own or encoded and its place is not given, or the other way
    /// round.</exception>
    public RunRequest(Experiment experiment, UserDataSource? own = null)
    {
        if (experiment.Data is { Sha256: null, Encoder: null } != own is null)
        {
            throw new ArgumentException(
                $"A place is needed for own and for encoded data, and for no other; the data is {experiment.Data}, the place "
                    + $"{own?.Path ?? "not given"}.",
                nameof(own)
            );
        }

        (Experiment, Own) = (experiment, own);
        Title =
            $"{experiment.Network.Title} on {experiment.Data.Name}, "
            + $"{Kind(experiment)}{(experiment.Control is { } control ? $", {control.Title}" : "")}, seed {experiment.Seed}";
    }

    /// <summary>What to do.</summary>
    public Experiment Experiment { get; }

    /// <summary>Where its data lies; null for a catalog set without an encoder.</summary>
    public UserDataSource? Own { get; }

    /// <summary>What a display calls it. Default: network, data, corruption and seed, as "MLP 1×512 on cifar10, random labels, seed
    /// 3".</summary>
    public string Title { get; init; }

    /// <summary>The same run on a device.</summary>
    /// <param name="device">Another kind than now makes it another run; another number does not.</param>
    public RunRequest On(ComputeDevice device) =>
        new(Experiment with { Recipe = Experiment.Recipe with { Device = device } }, Own) { Title = Title };

    private static string Kind(Experiment experiment) =>
        JsonSerializer.SerializeToElement(experiment.Corruption, RoteJson.LineOptions).GetProperty("kind").GetString()!.Replace('-', ' ');
}
