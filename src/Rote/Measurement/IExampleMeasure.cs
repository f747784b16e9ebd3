namespace Rote.Measurement;

/// <summary>A measure of training dynamics: it sees every epoch of one training run once and keeps a few numbers per example.</summary>
public interface IExampleMeasure
{
    /// <summary>The numbers that it keeps, named as in <c>examples.parquet</c>; each [N].</summary>
    IReadOnlyList<(string Name, float[] Values)> Results { get; }

    /// <summary>Adds an epoch.</summary>
    /// <param name="epoch">The next epoch, of the same examples.</param>
    void Add(EpochOutputs epoch);
}
