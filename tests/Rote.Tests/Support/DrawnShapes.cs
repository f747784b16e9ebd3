using Rote.Data;

namespace Rote.Tests.Support;

/// <summary>The drawn pictures of the catalog, drawn once for a class of tests.</summary>
public sealed class DrawnShapes : IDisposable
{
    private readonly NamedData _loaded = DatasetLoader.Load("shapes", DataFolder.Default());

    /// <summary>Training and test pictures.</summary>
    public DatasetSplits Data => _loaded.Data;

    /// <inheritdoc/>
    public void Dispose() => _loaded.Dispose();
}
