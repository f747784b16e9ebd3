using Rote.Data;
using Rote.Measurement;
using Rote.Storage.Tables;

namespace Rote.Evaluation;

/// <summary>The files of predictions: one table as Parquet and as CSV.</summary>
/// <param name="Parquet">Full path of the Parquet file.</param>
/// <param name="Csv">Full path of the CSV file.</param>
public sealed record PredictionFiles(string Parquet, string Csv)
{
    /// <summary>The default folder of predictions, inside the run's folder, so that they move with the run.</summary>
    public const string DefaultFolder = "predictions";

    /// <summary>The version of the table's layout, kept in its metadata; docs/reference/formats.md. Version 1, which files did not state,
    /// had numbers in <c>label</c> and an <c>id</c> that was no row of the user's data.</summary>
    internal const string Format = "2";

    /// <summary>Writes both files, each whole or not at all.</summary>
    /// <param name="evaluation">The predictions.</param>
    /// <param name="folder">The target folder, created if missing. The files are called DATA-PART.parquet and DATA-PART.csv.</param>
    /// <param name="overwrite">Whether files with other content may be replaced.</param>
    /// <returns>The paths of the files.</returns>
    /// <exception cref="InputException">A file with other content exists and may not be replaced; it is unchanged.</exception>
    /// <exception cref="MachineException">A file cannot be written.</exception>
    public static PredictionFiles Write(NetworkEvaluation evaluation, string folder, bool overwrite) =>
        Write($"{evaluation.Data}-{evaluation.Part.Name()}", evaluation.Columns(), evaluation.Metadata(), folder, overwrite);

    /// <summary>Writes the predictions of examples without labels, each file whole or not at all.</summary>
    /// <param name="evaluation">The predictions.</param>
    /// <param name="folder">The target folder, created if missing. The files are called DATA-unlabelled.parquet and
    /// DATA-unlabelled.csv.</param>
    /// <param name="overwrite">Whether files with other content may be replaced.</param>
    /// <returns>The paths of the files.</returns>
    /// <exception cref="InputException">A file with other content exists and may not be replaced; it is unchanged.</exception>
    /// <exception cref="MachineException">A file cannot be written.</exception>
    public static PredictionFiles Write(UnlabelledEvaluation evaluation, string folder, bool overwrite) =>
        Write($"{evaluation.Data}-unlabelled", evaluation.Columns(), evaluation.Metadata(), folder, overwrite);

    /// <summary>Finds a text of these predictions that a spreadsheet would evaluate as a formula.</summary>
    /// <param name="evaluation">The predictions.</param>
    /// <returns>The first such text; null if there is none.</returns>
    public static string? Formula(NetworkEvaluation evaluation) => Formula(evaluation.ClassNames, evaluation.Rows);

    /// <summary>Finds a text of predictions that a spreadsheet would evaluate as a formula.</summary>
    /// <param name="classNames">The class names.</param>
    /// <param name="rows">The places of the examples.</param>
    /// <returns>The first such text; null if there is none.</returns>
    public static string? Formula(IReadOnlyList<string> classNames, SourceRows rows) =>
        classNames.Concat(rows.Files).FirstOrDefault(CsvTable.LooksLikeFormula);

    private static PredictionFiles Write(
        string name,
        IReadOnlyList<Column> columns,
        IReadOnlyDictionary<string, string> metadata,
        string folder,
        bool overwrite
    )
    {
        var path = Path.Combine(Path.GetFullPath(folder), name);
        var files = new PredictionFiles($"{path}.parquet", $"{path}.csv");
        Publish(files.Parquet, stream => ParquetTable.Write(stream, columns, metadata), overwrite);
        Publish(files.Csv, stream => CsvTable.Write(stream, columns), overwrite);
        return files;
    }

    private static void Publish(string path, Action<Stream> write, bool overwrite)
    {
        if (overwrite)
        {
            AtomicFile.Write(path, write);
        }
        else
        {
            AtomicFile.WriteNew(path, write);
        }
    }
}
