using Rote.Data;
using Rote.Evaluation;
using Rote.Measurement;
using Rote.Reports.Images;
using static TorchSharp.torch;

namespace Rote.Reports.Evaluations;

/// <summary>The most confident wrong predictions, as thumbnails; vectors as their names.</summary>
internal static class WrongPredictions
{
    /// <summary>A thumbnail's longest side in pixels. Pages show it at half this size: sharp on a fine screen.</summary>
    private const int LongestSide = 168;

    /// <summary>Selects the examples to show.</summary>
    /// <param name="predictions">All of them.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>Rows of wrong predictions, the highest probability first; among equal probabilities, the lower row first.</returns>
    public static IReadOnlyList<long> MostConfident(Predictions predictions, int count) =>
        [
            .. Enumerable
                .Range(0, predictions.Count)
                .Where(i => !predictions.IsRight(i))
                .OrderByDescending(i => predictions.PredictedProbability[i])
                .ThenBy(i => i)
                .Take(count)
                .Select(i => (long)i),
        ];

    /// <summary>Draws the examples.</summary>
    /// <param name="evaluation">The result.</param>
    /// <param name="images">Its examples, as the network sees them before whitening.</param>
    /// <param name="rows">The rows to draw, at least one.</param>
    public static Html Draw(NetworkEvaluation evaluation, Dataset images, IReadOnlyList<long> rows)
    {
        if (images.IsVectors)
        {
            return Html.Of($"<ul>\n{Html.Join("", rows.Select(row => Line(evaluation, images.Texts, (int)row)))}</ul>\n");
        }

        using var scope = NewDisposeScope();
        using var chosen = images.Select(rows);
        using var small = Shrink(chosen);
        var uris = PngImage.DataUris(small, rows.Count);
        return Html.Of(
            $"<ul class=\"images wide\">\n{Html.Join("", rows.Select((row, i) => Item(evaluation, small, uris[i], (int)row)))}</ul>\n"
        );
    }

    /// <summary>A vector has no picture: its name stands for it, and its text where it has one.</summary>
    private static Html Line(NetworkEvaluation evaluation, IReadOnlyList<string>? texts, int row)
    {
        var (predicted, probability, label, truth, name) = Words(evaluation, row);
        var text = texts is null ? default : Html.Of($"{ShownText.Of(texts[row])} ");
        return Html.Of($"<li>{text}{name}: {predicted}, {probability}, <span class=\"given\">labelled {label}{truth}</span></li>\n");
    }

    private static (string Predicted, string Probability, string Label, string Truth, string Name) Words(
        NetworkEvaluation evaluation,
        int row
    )
    {
        var (predictions, names) = (evaluation.Predictions, evaluation.ClassNames);
        return (
            names[predictions.Predicted[row]],
            $"{100 * Math.Floor(predictions.PredictedProbability[row] * 1000) / 1000:0.0}\u00A0%",
            names[predictions.Labels[row]],
            evaluation.TrueLabels is { } all && all[row] != predictions.Labels[row] ? $", truly {names[(int)all[row]]}" : "",
            evaluation.Rows[row].Name
        );
    }

    private static Html Item(NetworkEvaluation evaluation, Dataset images, string uri, int row)
    {
        var (predicted, probability, label, truth, name) = Words(evaluation, row);
        var size = Html.Of($"width=\"{images.Width}\" height=\"{images.Height}\"");
        return Html.Of(
            $"<li><img {size} alt=\"Labelled {label}{truth}, predicted {predicted}.\" title=\"{name}\" src=\"{uri}\">{predicted}, "
                + $"{probability}<span class=\"given\">labelled {label}{truth}</span></li>\n"
        );
    }

    /// <summary>Averages squares of pixels, so that a page with large pictures stays small.</summary>
    private static Dataset Shrink(Dataset images)
    {
        var factor = (Math.Max(images.Height, images.Width) + LongestSide - 1) / LongestSide;
        if (factor == 1 || Math.Min(images.Height, images.Width) < factor)
        {
            return images.With();
        }

        var planes = images.Pixels.to(float32).permute(0, 3, 1, 2); // [n, C, H, W]
        var pooled = nn.functional.avg_pool2d(planes, factor).permute(0, 2, 3, 1).contiguous(); // [n, H/f, W/f, C]
        return images.With(pooled);
    }
}
