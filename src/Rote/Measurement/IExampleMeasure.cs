namespace Rote.Measurement;

/// <summary>A measure of training dynamics: it sees every epoch of one training once and keeps a few numbers an example.</summary>
public interface IExampleMeasure
{
    /// <summary>What it keeps, by the names of <c>examples.parquet</c>; each [N].</summary>
    IReadOnlyList<(string Name, float[] Values)> Results { get; }

    /// <summary>Takes an epoch.</summary>
    /// <param name="epoch">The epoch after the one before, of the same examples.</param>
    void Add(EpochOutputs epoch);
}
