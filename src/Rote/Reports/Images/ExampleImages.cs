using Rote.Data;
using static TorchSharp.torch;

namespace Rote.Reports.Images;

/// <summary>A row of example images with their labels below them.</summary>
internal static class ExampleImages
{
    /// <summary>Draws the first images of a data set.</summary>
    /// <param name="images">The images, with the labels that a network was given.</param>
    /// <param name="trueLabels">[n] class numbers, at least as many as images drawn. A true label that differs is shown struck through
    /// below the given one.</param>
    /// <param name="count">How many at most.</param>
    /// <exception cref="ArgumentException">There are fewer true labels than images to draw.</exception>
    public static Html Draw(Dataset images, IReadOnlyList<long> trueLabels, int count)
    {
        var shown = Math.Min(count, images.Count);
        if (trueLabels.Count < shown)
        {
            throw new ArgumentException($"There are {trueLabels.Count} true labels for {shown} images.", nameof(trueLabels));
        }

        var uris = PngImage.DataUris(images, shown);
        var given = Labels(images);
        var items = Enumerable.Range(0, shown).Select(i => Item(images, uris[i], given[i], trueLabels[i]));
        return Html.Of($"<ul class=\"images wide\">\n{Html.Join("", items)}</ul>\n");
    }

    private static Html Item(Dataset images, string uri, long given, long truth)
    {
        var label = images.ClassNames[(int)given];
        var name = truth >= 0 && truth < images.Classes ? images.ClassNames[(int)truth] : $"class {truth}";
        var (alt, struck) =
            given == truth ? ($"Labelled {label}.", default(Html)) : ($"Labelled {label}, truly {name}.", Html.Of($" <del>{name}</del>"));
        var size = Html.Of($"width=\"{images.Width}\" height=\"{images.Height}\"");
        return Html.Of($"<li><img {size} alt=\"{alt}\" src=\"{uri}\">{label}{struck}</li>\n");
    }

    private static long[] Labels(Dataset images)
    {
        using var scope = NewDisposeScope();
        return images.Labels.cpu().data<long>().ToArray();
    }
}
