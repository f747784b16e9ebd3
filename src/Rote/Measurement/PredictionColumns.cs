using Rote.Data;
using static TorchSharp.torch;

namespace Rote.Measurement;

/// <summary>Predictions as a table with one row per example. docs/reference/formats.md defines each column.</summary>
public static class PredictionColumns
{
    /// <summary>Makes the table.</summary>
    /// <param name="predictions">The network's predictions; if they hold logits, these and all probabilities become columns too.</param>
    /// <param name="classNames">[K] one name per class.</param>
    /// <param name="rows">[N] places of the examples in their source; null: rows of no file, in their order.</param>
    /// <param name="trueLabels">[N] true labels, if the given ones may differ; else null.</param>
    /// <returns>Columns of N values, in the order of the source.</returns>
    /// <exception cref="ArgumentException">A list has another length.</exception>
    public static IReadOnlyList<Column> Of(
        Predictions predictions,
        IReadOnlyList<string> classNames,
        SourceRows? rows = null,
        IReadOnlyList<long>? trueLabels = null
    )
    {
        Require(classNames.Count, predictions.Classes, nameof(classNames));
        Require(rows?.Count, predictions.Count, nameof(rows));
        Require(trueLabels?.Count, predictions.Count, nameof(trueLabels));
        var places = rows ?? SourceRows.Of("", predictions.Count);
        var columns = new List<Column>(RowColumns.Of(places));
        AddClass(columns, "label", predictions.Labels, classNames);
        AddClass(columns, "predicted", predictions.Predicted, classNames);
        AddClass(columns, "second", predictions.Second, classNames);
        columns.Add(new Column("predictedProbability", predictions.PredictedProbability));
        columns.Add(new Column("labelProbability", predictions.LabelProbability));
        columns.Add(new Column("loss", predictions.Loss));
        columns.Add(new Column("margin", predictions.Margin));
        if (trueLabels is not null)
        {
            AddClass(columns, "trueLabel", [.. trueLabels.Select(l => (int)l)], classNames);
            columns.Add(new Column("labelChanged", trueLabels.Zip(predictions.Labels, (truth, given) => truth != given).ToArray()));
        }

        AddNumbers(columns, predictions, trueLabels);
        AddAll(columns, predictions);
        return RowColumns.InOrder(columns, places);
    }

    /// <summary>Makes the table of examples without labels: no column compares with a label.</summary>
    /// <param name="predictions">The network's predictions; their labels are not read.</param>
    /// <param name="classNames">[K] one name per class.</param>
    /// <param name="rows">[N] places of the examples in their source.</param>
    /// <returns>Columns of N values.</returns>
    /// <exception cref="ArgumentException">A list has another length.</exception>
    public static IReadOnlyList<Column> OfUnlabelled(Predictions predictions, IReadOnlyList<string> classNames, SourceRows rows)
    {
        string[] compared = ["label", "labelProbability", "loss", "margin", "labelNumber"];
        return [.. Of(predictions, classNames, rows).Where(column => !compared.Contains(column.Name))];
    }

    private static void AddClass(List<Column> columns, string name, int[] numbers, IReadOnlyList<string> classNames) =>
        columns.Add(new Column(name, Array.ConvertAll(numbers, n => classNames[n])));

    /// <summary>Adds the class numbers, which also name the columns of logits. They follow the class names, so that nobody takes them for
    /// the labels of the data.</summary>
    private static void AddNumbers(List<Column> columns, Predictions predictions, IReadOnlyList<long>? trueLabels)
    {
        columns.Add(new Column("labelNumber", predictions.Labels));
        columns.Add(new Column("predictedNumber", predictions.Predicted));
        columns.Add(new Column("secondNumber", predictions.Second));
        if (trueLabels is not null)
        {
            columns.Add(new Column("trueLabelNumber", trueLabels.Select(l => (int)l).ToArray()));
        }
    }

    private static void AddAll(List<Column> columns, Predictions predictions)
    {
        if (predictions.Logits is not { } logits)
        {
            return;
        }

        using var scope = NewDisposeScope();
        var shaped = tensor(logits, [predictions.Count, predictions.Classes]); // [N, K]
        var probabilities = nn.functional.softmax(shaped.to(float64), 1).t().contiguous(); // [K, N]
        var byClass = shaped.t().contiguous(); // [K, N]
        for (var k = 0; k < predictions.Classes; k++)
        {
            columns.Add(new Column($"logit{k}", byClass[k].data<float>().ToArray()));
        }

        for (var k = 0; k < predictions.Classes; k++)
        {
            columns.Add(new Column($"probability{k}", probabilities[k].data<double>().ToArray()));
        }
    }

    private static void Require(int? found, int expected, string name)
    {
        if (found is { } count && count != expected)
        {
            throw new ArgumentException($"{name} has {count} entries, expected {expected}.", name);
        }
    }
}
