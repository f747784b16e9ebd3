using Rote.Audits.Scoring;
using Rote.Audits.Shown;
using Rote.Storage.Tables;

namespace Rote.Audits.OwnModel;

/// <summary>The files of such an audit: those of <see cref="AuditFiles"/>, with the columns of <see cref="OwnModelColumns"/>. Every one is
/// whole or not there.</summary>
public static class OwnModelFiles
{
    /// <summary>Writes all files.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="folder">Where to; made if it is missing. A list of examples to keep that lies there is removed where this audit has no
    /// verdicts to make one by.</param>
    /// <param name="shown">What is shown of the examples; null: nothing.</param>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public static void Write(OwnModelResult result, string folder, ShownExamples? shown = null)
    {
        var columns = OwnModelColumns.Of(result, result.Rows.InOrder(), shown);
        var metadata = new Dictionary<string, string> { ["format"] = $"{AuditFiles.Format}", ["audit"] = result.Identity };
        AtomicFile.Write(Path.Combine(folder, AuditFiles.Parquet), stream => ParquetTable.Write(stream, columns, metadata));
        AtomicFile.Write(Path.Combine(folder, AuditFiles.Csv), stream => CsvTable.Write(stream, columns));
        var suspects = OwnModelColumns.Of(
            result,
            [.. result.Ranking.Where(i => result.VerdictOn(i) is not (Verdict.Rule or Verdict.KnownRight))],
            shown
        );
        AtomicFile.Write(Path.Combine(folder, AuditFiles.Suspects), stream => CsvTable.Write(stream, suspects));
        AtomicFile.WriteText(Path.Combine(folder, AuditFiles.Summary), ToJson(OwnModelSummary.Of(result)) + "\n");
        var keep = Path.Combine(folder, AuditFiles.Keep);
        if (result.HasVerdicts)
        {
            AtomicFile.WriteText(keep, AuditFiles.Kept(result.Rows, i => result.VerdictOn(i)!.Value));
        }
        else
        {
            Remove(keep);
        }
    }

    /// <summary>A summary as its file holds it.</summary>
    /// <param name="summary">The summary.</param>
    /// <returns>JSON; a number that is not known is "NaN".</returns>
    public static string ToJson(OwnModelSummary summary) => AuditFiles.Json(summary);

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.CannotWrite(path, e);
        }
    }
}
