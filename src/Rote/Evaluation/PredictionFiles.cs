using Rote.Data;
using Rote.Measurement;
using Rote.Storage.Tables;

namespace Rote.Evaluation;

/// <summary>The files that predictions are written to: one table as Parquet and as CSV.</summary>
/// <param name="Parquet">Full path of the one.</param>
/// <param name="Csv">Full path of the other.</param>
public sealed record PredictionFiles(string Parquet, string Csv)
{
    /// <summary>The folder in a run's folder that predictions are written to unless another is asked for: they go where the run
    /// goes.</summary>
    public const string DefaultFolder = "predictions";

    /// <summary>The layout of the table, as its metadata says; docs/reference/formats.md. 1, which files did not say, had numbers in
    /// <c>label</c> and an <c>id</c> that was no row of the user's data.</summary>
    internal const string Format = "2";

    /// <summary>Writes both files, each whole or not at all.</summary>
    /// <param name="evaluation">The predictions.</param>
    /// <param name="folder">Where to; made if it is missing. The files are called DATA-PART.parquet and DATA-PART.csv.</param>
    /// <param name="overwrite">Whether files with other content may be replaced.</param>
    /// <returns>Where they are.</returns>
    /// <exception cref="InputException">A file with other content is there, and may not be replaced; it is untouched.</exception>
    /// <exception cref="MachineException">A file cannot be written.</exception>
    public static PredictionFiles Write(NetworkEvaluation evaluation, string folder, bool overwrite) =>
        Write($"{evaluation.Data}-{evaluation.Part.Name()}", evaluation.Columns(), evaluation.Metadata(), folder, overwrite);

    /// <summary>Writes the predictions of examples without labels, each file whole or not at all.</summary>
    /// <param name="evaluation">The predictions.</param>
    /// <param name="folder">Where to; made if it is missing. The files are called DATA-unlabelled.parquet and DATA-unlabelled.csv.</param>
    /// <param name="overwrite">Whether files with other content may be replaced.</param>
    /// <returns>Where they are.</returns>
    /// <exception cref="InputException">A file with other content is there, and may not be replaced; it is untouched.</exception>
    /// <exception cref="MachineException">A file cannot be written.</exception>
    public static PredictionFiles Write(UnlabelledEvaluation evaluation, string folder, bool overwrite) =>
        Write($"{evaluation.Data}-unlabelled", evaluation.Columns(), evaluation.Metadata(), folder, overwrite);

    /// <summary>Whether a spreadsheet would calculate a text of these predictions instead of showing it.</summary>
    /// <param name="evaluation">The predictions.</param>
    /// <returns>The first such text; null if there is none.</returns>
    public static string? Formula(NetworkEvaluation evaluation) => Formula(evaluation.ClassNames, evaluation.Rows);

    /// <summary>Whether a spreadsheet would calculate a text of predictions instead of showing it.</summary>
    /// <param name="classNames">Names of classes.</param>
    /// <param name="rows">Where the examples stand.</param>
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
