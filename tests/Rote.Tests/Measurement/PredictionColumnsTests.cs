using Rote.Data;
using Rote.Measurement;
using Rote.Tests.Support;

namespace Rote.Tests.Measurement;

[NoTensorLeaks]
public sealed class PredictionColumnsTests
{
    private static readonly string[] Classes = ["cat", "dog", "eel"];

    private static Predictions Two(bool keepLogits = false) =>
        FixedLogits.Predict(
            [
                [0, 1, 2],
                [3, 0, 0],
            ],
            [2, 1],
            keepLogits
        );

    [Fact]
    public void Every_example_has_a_row_with_its_classes_by_name_and_number()
    {
        var columns = PredictionColumns.Of(Two(), Classes).ToDictionary(c => c.Name, c => c.Values);
        Assert.Equal(
            [
                "file",
                "row",
                "label",
                "predicted",
                "second",
                "predictedProbability",
                "labelProbability",
                "loss",
                "margin",
                "labelNumber",
                "predictedNumber",
                "secondNumber",
            ],
            columns.Keys
        );
        Assert.Equal(new long[] { 0, 1 }, columns["row"]);
        Assert.Equal(new[] { "eel", "dog" }, columns["label"]);
        Assert.Equal(new[] { "eel", "cat" }, columns["predicted"]);
        Assert.Equal(new[] { "dog", "dog" }, columns["second"]);
        Assert.Equal(new[] { 2, 0 }, columns["predictedNumber"]);
    }

    [Fact]
    public void Files_and_true_labels_are_columns_where_there_are_any()
    {
        var columns = PredictionColumns
            .Of(Two(), Classes, SourceRows.OfFiles(["a.png", "b.png"]), [2, 0])
            .ToDictionary(c => c.Name, c => c.Values);
        Assert.Equal(new[] { "a.png", "b.png" }, columns["file"]);
        Assert.Equal(new long?[] { null, null }, columns["row"]);
        Assert.Equal(new[] { "eel", "cat" }, columns["trueLabel"]);
        Assert.Equal(new[] { false, true }, columns["labelChanged"]);
    }

    [Fact]
    public void Rows_stand_in_the_order_of_the_source()
    {
        var columns = PredictionColumns
            .Of(Two(), Classes, SourceRows.Of("t.csv", 9).Select([7, 3]))
            .ToDictionary(c => c.Name, c => c.Values);
        Assert.Equal(new long[] { 3, 7 }, columns["row"]);
        Assert.Equal(new[] { "dog", "eel" }, columns["label"]);
        Assert.Equal(new[] { 0, 2 }, columns["predictedNumber"]);
    }

    [Fact]
    public void All_logits_and_probabilities_are_columns_where_they_were_kept()
    {
        var columns = PredictionColumns.Of(Two(keepLogits: true), Classes).ToDictionary(c => c.Name, c => c.Values);
        Assert.Equal(new float[] { 2, 0 }, columns["logit2"]);
        var probabilities = Enumerable.Range(0, 3).Select(k => (double[])columns[$"probability{k}"]).ToArray();
        Assert.Equal(1, probabilities.Sum(p => p[0]), 12);
        Assert.Equal(Math.Exp(2) / (1 + Math.E + Math.Exp(2)), probabilities[2][0], 12);
        Assert.Equal((double[])columns["predictedProbability"], new[] { probabilities[2][0], probabilities[0][1] });
    }

    [Fact]
    public void Lists_of_another_length_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PredictionColumns.Of(Two(), ["cat"]));
        Assert.Throws<ArgumentException>(() => PredictionColumns.Of(Two(), Classes, rows: SourceRows.Of("", 1)));
        Assert.Throws<ArgumentException>(() => PredictionColumns.Of(Two(), Classes, trueLabels: [1]));
        Assert.Throws<ArgumentException>(() => new Column("when", new DateTime[1]));
    }
}
