using System.Text.Json.Serialization;
using Rote.Data;
using Rote.Networks;

namespace Rote.Storage;

/// <summary>Describes an example of a run's data. A network accepts other data only if this is the same.</summary>
/// <remarks>
/// It has a file of its own: <c>summary.json</c> holds results, <c>manifest.json</c> circumstances, and <c>experiment.json</c> only what
/// was asked, which tells neither the user's class names nor the picture size. Equal runs have equal files.
/// </remarks>
public sealed record RunData
{
    /// <summary>The class names in the order of the network's outputs, at least one.</summary>
    /// <exception cref="InputException">There is none, or a name is null.</exception>
    public required IReadOnlyList<string> ClassNames
    {
        get;
        init =>
            field =
                value is { Count: > 0 } && value.All(name => name is not null)
                    ? value
                    : throw new InputException("There are no class names, expected at least one.");
    }

    /// <summary>Rows of a whole image, before the crop, in pixels; at least 1.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    public required int Height
    {
        get;
        init => field = Positive(value, "height");
    }

    /// <summary>Columns of a whole image, in pixels; at least 1.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    public required int Width
    {
        get;
        init => field = Positive(value, "width");
    }

    /// <summary>Values per pixel: 1 for grey, 3 for red, green, blue; at least 1.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    public required int Channels
    {
        get;
        init => field = Positive(value, "number of channels");
    }

    /// <summary>The features of vectors and their standardization; null for images.</summary>
    public VectorFeatures? Features { get; init; }

    /// <summary>An example in words, as "32×32×3", "384 features" or "texts as 2048 features".</summary>
    [JsonIgnore]
    public string Image =>
        Features is null ? ImageOf(Height, Width, Channels)
        : Features.AreTexts ? $"texts as {Width} features"
        : Width == 1 ? "1 feature"
        : $"{Width} features";

    /// <summary>Describes data.</summary>
    /// <param name="whole">Examples before the crop.</param>
    /// <param name="features">How vectors are standardized; null: measured over all of them.</param>
    /// <returns>What an example of it is.</returns>
    public static RunData Of(Dataset whole, VectorFeatures? features = null) =>
        new()
        {
            ClassNames = [.. whole.ClassNames],
            Height = whole.Height,
            Width = whole.Width,
            Channels = whole.Channels,
            Features = whole.IsVectors ? features ?? VectorFeatures.Of(whole) : null,
        };

    /// <summary>What a network trained on it sees.</summary>
    /// <param name="data">Tells the crop.</param>
    /// <returns>The shape after the crop, and the number of classes.</returns>
    public TaskShape Seen(DataSpec data)
    {
        var (height, width) = data.Seen(Height, Width);
        return new TaskShape(height, width, Channels, ClassNames.Count) { IsVector = Features is not null };
    }

    internal static string ImageOf(int height, int width, int channels) => $"{height}×{width}×{channels}";

    private static int Positive(int value, string name) =>
        value >= 1 ? value : throw new InputException($"The {name} is {value}, expected at least 1.");
}
