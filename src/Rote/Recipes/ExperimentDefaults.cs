using Rote.Data;
using Rote.Networks;
using Rote.Training;

namespace Rote.Recipes;

/// <summary>What an experiment on a data set is where nobody says otherwise.</summary>
public static class ExperimentDefaults
{
    private const int LeastSideForConvolutions = 8;

    /// <summary>The network: a residual one for pictures, an MLP for vectors and for pictures too small to convolve.</summary>
    /// <param name="examples">The training examples.</param>
    public static NetworkSpec NetworkFor(Dataset examples) =>
        NetworkCatalog.Find(Math.Min(examples.Height, examples.Width) >= LeastSideForConvolutions ? "resnet" : "mlp-1x512");

    /// <summary>What the network sees of the examples.</summary>
    /// <param name="examples">The training examples.</param>
    /// <param name="crop">The side of the middle that is cut out, in pixels; null: nothing is.</param>
    public static TaskShape ShapeOf(Dataset examples, int? crop) =>
        TaskShape.Of(examples) with
        {
            Height = crop ?? examples.Height,
            Width = crop ?? examples.Width,
        };

    /// <summary>The recipe.</summary>
    /// <param name="network">The network.</param>
    /// <param name="examples">The training examples.</param>
    /// <param name="crop">As in <see cref="ShapeOf"/>.</param>
    /// <param name="dialled">How many of them the dial trains on; null: the dial is not used.</param>
    /// <param name="batch">Examples a step, under the dial; null: as usual.</param>
    public static Recipe RecipeFor(NetworkSpec network, Dataset examples, int? crop, int? dialled = null, int? batch = null)
    {
        var shape = ShapeOf(examples, crop);
        var recipe = dialled is { } count ? DialRecipe.For(network, shape, count, batch) : NetworkRecipes.Of(network).Train(shape);
        return crop is not null && recipe.Augmentation is { CropPadding: not null } random
            ? recipe with
            {
                Augmentation = random with { CropPadding = 0 }, // where the network sees the middle, windows are of the whole picture
            }
            : recipe;
    }
}
