using System.Text.Json;
using Rote.Data;
using Rote.Measurement;
using Rote.Memorization;
using Rote.Storage.Tables;

namespace Rote.Storage;

/// <summary>The files that a run with canaries writes beside its weights; docs/reference/formats.md describes their columns.</summary>
internal static class ControlFiles
{
    public const string CertificateFile = "certificate.json";
    public const string Canaries = "canaries.csv";
    public const string Distrusted = "distrusted.csv";

    /// <summary>Writes them.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="outcome">The results of the canaries.</param>
    /// <param name="certificate">What they prove.</param>
    /// <param name="examples">The training examples: the names of the outcome's rows, and its labels.</param>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public static void Write(string folder, ControlOutcome outcome, Certificate certificate, Dataset examples)
    {
        AtomicFile.WriteText(Path.Combine(folder, CertificateFile), JsonSerializer.Serialize(certificate, RoteJson.Options) + "\n");
        (Corruptions.Canary Canary, string Set)[] planted =
        [
            .. outcome.Canaries.Steering.Select(c => (c, "steering")),
            .. outcome.Canaries.HeldOut.Select(c => (c, "held-out")),
            .. outcome.Canaries.LeftOut.Select(c => (c, "left-out")),
        ];
        var rows = examples.Rows.Select([.. planted.Select(p => p.Canary.Row)]);
        Table(
            Canaries,
            RowColumns.InOrder(
                [
                    .. RowColumns.Of(rows),
                    Classes("plantedLabel", planted.Select(p => p.Canary.Label)),
                    new Column("set", planted.Select(p => p.Set).ToArray()),
                ],
                rows
            )
        );
        if (outcome.Distrusted is { } labels)
        {
            Table(
                Distrusted,
                [
                    .. RowColumns.Of(examples.Rows.Select([.. labels.Select(l => l.Row)])),
                    Classes("givenLabel", labels.Select(l => (long)l.Given)),
                    Classes("suggestedLabel", labels.Select(l => (long)l.Suggested)),
                    new Column("confidence", labels.Select(l => l.Confidence).ToArray()),
                ]
            );
        }

        Column Classes(string name, IEnumerable<long> numbers) =>
            new(name, numbers.Select(number => examples.ClassNames[(int)number]).ToArray());
        void Table(string name, IReadOnlyList<Column> columns) =>
            AtomicFile.Write(Path.Combine(folder, name), stream => CsvTable.Write(stream, columns));
    }
}
