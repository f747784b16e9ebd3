using Rote.Training;
using Rote.Training.Optimizers;

namespace Rote.Studies.Zhang2017;

/// <summary>A change of the optimization with all else fixed.</summary>
/// <param name="Id">Its name in claims.</param>
/// <param name="Words">Its words in a sentence, as "four times the batch size".</param>
/// <param name="Change">Changes a recipe.</param>
public sealed record Variation(string Id, string Words, Func<Recipe, Recipe> Change);

/// <summary>Other optimizations of the MLP, to test whether random labels stay easy to fit.</summary>
public static class Variations
{
    /// <summary>The network whose optimization varies, in <see cref="StudyScale.Networks"/>.</summary>
    public const string Network = "mlp-1x512-subset";

    /// <summary>All variations, the unchanged recipe first.</summary>
    public static IReadOnlyList<Variation> All { get; } =
    [
        new("sgd", "the study's SGD", recipe => recipe),
        new("adam", "Adam at its default step size", recipe => recipe with { Optimizer = new Adam(), LearningRate = 0.001 }),
        new("small-batches", "a quarter of the batch size", recipe => recipe with { BatchSize = Math.Max(1, recipe.BatchSize / 4) }),
        new("large-batches", "four times the batch size", recipe => recipe with { BatchSize = recipe.BatchSize * 4 }),
        new("small-steps", "a fifth of the step size", recipe => recipe with { LearningRate = recipe.LearningRate / 5 }),
        new("large-steps", "twice the step size", recipe => recipe with { LearningRate = recipe.LearningRate * 2 }),
    ];

    /// <summary>Changes a recipe.</summary>
    /// <param name="id">A name of <see cref="All"/>; null: no change.</param>
    /// <param name="recipe">The recipe.</param>
    /// <returns>The changed recipe.</returns>
    public static Recipe Apply(string? id, Recipe recipe) =>
        id is null ? recipe : All.Single(variation => variation.Id == id).Change(recipe);
}
