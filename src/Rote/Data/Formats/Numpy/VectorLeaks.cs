using System.Globalization;
using Rote.Data.Download;
using Rote.Data.Formats.Tables;
using static TorchSharp.torch;

namespace Rote.Data.Formats.Numpy;

/// <summary>Finds columns of an array of vectors that say the label or number the rows, such as those of a table that was saved with all
/// its columns. Arrays have no names, so nothing is left out; it is said.</summary>
internal static class VectorLeaks
{
    private const int MostRows = 2000;
    private const int MostColumns = 8192;
    private const int Shown = 5;

    /// <summary>Reports such columns.</summary>
    /// <param name="vectors">[N, D] the vectors.</param>
    /// <param name="labels">[N] class numbers.</param>
    /// <param name="array">The array's name.</param>
    /// <param name="place">The file and the array, for the sentences.</param>
    /// <param name="progress">Told the sentences; null for silence.</param>
    public static void Report(Tensor vectors, long[] labels, string array, string place, IProgress<DownloadProgress>? progress)
    {
        if (progress is null || vectors.shape[1] < 2)
        {
            return;
        }

        var facts = Facts(vectors, labels);
        var found = facts.Where(f => f.IsOneToOne || f.Ties.Told is not null || f.Indicated is not null).Select(f => f.Name).ToArray();
        if (found.Length > 0)
        {
            progress.Report(
                new DownloadProgress(
                    $"{place}: {Columns(found)} of the vectors, from 0, {(found.Length == 1 ? "tells" : "each tell")} the label or one "
                        + $"class almost alone. What was made from the label is no feature; np.delete({array}, {Python(found)}, axis=1) "
                        + $"leaves it out."
                )
            );
        }

        ReportAnswers([.. facts.Where(f => !found.Contains(f.Name))], array, place, progress);
        var counts = facts.Where(f => f.Order.TellsLabel).Select(f => f.Name).Except(found, StringComparer.Ordinal).ToArray();
        if (counts.Length > 0)
        {
            progress.Report(
                new DownloadProgress(
                    $"{place}: {Columns(counts)} of the vectors, from 0, only grow or only shrink from row to row, and the rows lie in "
                        + $"groups of one label. Row numbers are no feature; np.delete({array}, {Python(counts)}, axis=1) leaves them out."
                )
            );
        }
    }

    private static void ReportAnswers(ColumnFacts[] facts, string array, string place, IProgress<DownloadProgress> progress)
    {
        if (AnswerColumns.Find(facts) is { } answers)
        {
            string[] names = [.. answers.Names];
            progress.Report(
                new DownloadProgress(
                    $"{place}: {Columns(names)} of the vectors, from 0, look like another network's answers: they add up to 1, and the "
                        + $"largest of them is that of the label nearly always. If they are, np.delete({array}, {Python(names)}, axis=1) "
                        + $"leaves them out."
                )
            );
        }
    }

    private static ColumnFacts[] Facts(Tensor vectors, long[] labels)
    {
        var rows = (int)Math.Min(vectors.shape[0], MostRows);
        var columns = (int)Math.Min(vectors.shape[1], MostColumns);
        using var scope = NewDisposeScope();
        var values = vectors.narrow(0, 0, rows).narrow(1, 0, columns).to(float64).contiguous().data<double>().ToArray();
        var names = labels.Distinct().ToDictionary(label => label, label => $"class {label}");
        ColumnFacts[] facts =
        [
            .. Enumerable
                .Range(0, columns)
                .Select(i => new ColumnFacts(i.ToString(CultureInfo.InvariantCulture), isNameless: false)
                {
                    MayAnswer = columns <= AnswerColumns.MostColumns,
                }),
        ];
        for (var c = 0; c < columns; c++)
        {
            for (var row = 0; row < rows && facts[c].IsOpen; row++)
            {
                facts[c].Add(values[(row * columns) + c].ToString(CultureInfo.InvariantCulture), names[labels[row]]);
            }
        }

        return facts;
    }

    private static string Columns(string[] found) =>
        $"{(found.Length == 1 ? "column" : "columns")} {string.Join(", ", found.Take(Shown))}"
        + (found.Length > Shown ? $" and {found.Length - Shown} more" : "");

    private static string Python(string[] found) => found.Length == 1 ? found[0] : $"[{string.Join(", ", found.Take(20))}]";
}
