using Rote.Tensors;

namespace Rote.Training.Losses;

/// <summary>What a loss may need to know of a run before its first step.</summary>
/// <param name="Smoothing">As <see cref="Recipe.LabelSmoothing"/>.</param>
/// <param name="Epochs">Epochs of the whole training at most, at least 1.</param>
/// <param name="Examples">N, training examples.</param>
/// <param name="Classes">K.</param>
/// <param name="Seeds">The run's randomness.</param>
public sealed record LossSetting(double Smoothing, int Epochs, int Examples, int Classes, Seeds Seeds);
