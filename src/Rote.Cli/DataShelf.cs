using Rote.Datasets;
using Rote.Tensors;

namespace Rote.Cli;

/// <summary>Data sets that a command has loaded, so that runs which share one read it once; keeps the last one.</summary>
internal sealed class DataShelf(Screen screen, CancellationToken cancel) : IDisposable
{
    private (string Name, TrainTest Data)? _kept;

    /// <summary>The whole set of that name, fetched with progress where it is not there yet; it stays the shelf's.</summary>
    public TrainTest Load(string name)
    {
        if (_kept is { } kept && kept.Name == name)
        {
            return kept.Data;
        }

        _kept?.Data.Dispose();
        _kept = null;
        TorchLibrary.Load();
        var progress = screen.Quiet ? null : new DownloadLines(screen.PeopleWriter, screen.IsLive);
        var data = DataCatalog.Load(name, DataFolder.Default(), progress, cancel);
        _kept = (name, data);
        return data;
    }

    public void Dispose() => _kept?.Data.Dispose();
}
