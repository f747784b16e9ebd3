using System.Text.Json;

using Rote.Measurement;
using Rote.Memorization;
using Rote.Storage.Tables;

namespace Rote.Storage;

/// <summary>The files that a run with canaries leaves beside its weights; docs/formats.md describes their columns.</summary>
internal static class ControlFiles
{
    public const string CertificateFile = "certificate.json";
    public const string Canaries = "canaries.csv";
    public const string Distrusted = "distrusted.csv";

    /// <summary>Writes them.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="outcome">What came of the canaries.</param>
    /// <param name="certificate">What they prove.</param>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public static void Write(string folder, ControlOutcome outcome, Certificate certificate)
    {
        AtomicFile.WriteText(Path.Combine(folder, CertificateFile), JsonSerializer.Serialize(certificate, RoteJson.Options) + "\n");
        var planted = outcome.Canaries.Control.Select(c => (c, "control")).Concat(outcome.Canaries.Audit.Select(c => (c, "audit"))).ToArray();
        Table(
            Canaries,
            new Column("row", planted.Select(p => p.c.Row).ToArray()),
            new Column("plantedLabel", planted.Select(p => p.c.Label).ToArray()),
            new Column("set", planted.Select(p => p.Item2).ToArray()));
        if (outcome.Distrusted is { } labels)
        {
            Table(
                Distrusted,
                new Column("row", labels.Select(l => l.Row).ToArray()),
                new Column("givenLabel", labels.Select(l => l.Given).ToArray()),
                new Column("suggestedLabel", labels.Select(l => l.Suggested).ToArray()),
                new Column("trust", labels.Select(l => l.Trust).ToArray()));
        }

        void Table(string name, params Column[] columns) => AtomicFile.Write(Path.Combine(folder, name), stream => CsvTable.Write(stream, columns));
    }
}
