using Rote.Data;
using Rote.Networks;
using Rote.Training;

namespace Rote.Recipes;

/// <summary>The defaults of an experiment on a data set.</summary>
public static class ExperimentDefaults
{
    private const int LeastSideForConvolutions = 8;

    /// <summary>The network: residual for pictures, an MLP for vectors and for pictures too small to convolve.</summary>
    /// <param name="examples">The training examples.</param>
    public static NetworkSpec NetworkFor(Dataset examples) =>
        NetworkCatalog.Find(Math.Min(examples.Height, examples.Width) >= LeastSideForConvolutions ? "resnet" : "mlp-1x512");

    /// <summary>The shape that the network sees.</summary>
    /// <param name="examples">The training examples.</param>
    /// <param name="crop">The side of the centre crop in pixels; null: no crop.</param>
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
    /// <param name="dialled">The number of examples under the dial; null: no dial.</param>
    /// <param name="batch">Batch size under the dial; null: the default.</param>
    public static Recipe RecipeFor(NetworkSpec network, Dataset examples, int? crop, int? dialled = null, int? batch = null)
    {
        var shape = ShapeOf(examples, crop);
        var recipe = dialled is { } count ? DialRecipe.For(network, shape, count, batch) : NetworkRecipes.Of(network).Train(shape);
        return crop is not null && recipe.Augmentation is { CropPadding: not null } random
            ? recipe with
            {
                Augmentation = random with { CropPadding = 0 }, // if the network sees the centre, random crops are of the whole picture
            }
            : recipe;
    }
}
