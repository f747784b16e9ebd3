using System.Text.Json.Serialization;
using TorchSharp.Modules;

namespace Rote.Training.Optimizers;

/// <summary>How a gradient becomes a step, as data. Its name in JSON is the name the command uses; <see cref="OptimizerCatalog.Register"/>
/// adds one.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Sgd), "sgd")]
[JsonDerivedType(typeof(Adam), "adam")]
[JsonDerivedType(typeof(AdamW), "adamw")]
public abstract record Optimizer
{
    /// <summary>The optimizer in words, as "SGD with momentum 0.9".</summary>
    [JsonIgnore]
    public abstract string Title { get; }

    /// <summary>The optimizer at work, before its first step.</summary>
    /// <param name="parameters">Float32 parameters with their names; not owned.</param>
    /// <param name="recipe">The weight decay and the norm that gradients are clipped to.</param>
    /// <returns>What takes the steps of one run; the caller owns it.</returns>
    public abstract ParameterUpdate Create(IEnumerable<(string Name, Parameter Parameter)> parameters, Recipe recipe);
}

/// <summary>Stochastic gradient descent with momentum, as torch.optim.SGD without dampening.</summary>
public sealed record Sgd : Optimizer
{
    /// <summary>Momentum, in [0, 1). Default 0.9, the paper's.</summary>
    /// <exception cref="InputException">The value is not in [0, 1).</exception>
    public double Momentum
    {
        get;
        init =>
            field = value is >= 0 and < 1
                ? value
                : throw new InputException($"The momentum is {value}, expected a number from 0 to below 1.");
    } = 0.9;

    /// <summary>Whether the step looks ahead along the momentum (Sutskever et al. 2013), as torch.optim.SGD's nesterov. Default
    /// false.</summary>
    public bool Nesterov { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"SGD with {(Nesterov ? "Nesterov " : "")}momentum {Momentum}";

    /// <inheritdoc/>
    public override ParameterUpdate Create(IEnumerable<(string Name, Parameter Parameter)> parameters, Recipe recipe) =>
        new SgdUpdate(parameters, this, recipe);
}

/// <summary>Steps of a size that each parameter's own gradients set, as torch.optim.Adam: weight decay is added to the gradient.</summary>
/// <remarks>Kingma and Ba 2015 (arXiv:1412.6980), algorithm 1, with its numbers as defaults.</remarks>
public sealed record Adam : Optimizer
{
    /// <summary>The paper's step size α, which suits Adam where SGD takes larger ones.</summary>
    public const double UsualLearningRate = 0.001;

    /// <summary>Decay β₁ a step of the mean of gradients, in [0, 1). Default 0.9.</summary>
    /// <exception cref="InputException">The value is not in [0, 1).</exception>
    public double Beta1
    {
        get;
        init => field = Decay(value, "1");
    } = 0.9;

    /// <summary>Decay β₂ a step of the mean of squared gradients, in [0, 1). Default 0.999.</summary>
    /// <exception cref="InputException">The value is not in [0, 1).</exception>
    public double Beta2
    {
        get;
        init => field = Decay(value, "2");
    } = 0.999;

    /// <summary>ε, added to the root of the mean of squares; above 0. Default 10⁻⁸.</summary>
    /// <exception cref="InputException">The value is not a positive number.</exception>
    public double Epsilon
    {
        get;
        init =>
            field =
                value > 0 && double.IsFinite(value) ? value : throw new InputException($"Adam's ε is {value}, expected a number above 0.");
    } = 1e-8;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"Adam with β {Beta1} and {Beta2}, ε {Epsilon:0.###E+0}";

    /// <inheritdoc/>
    public override ParameterUpdate Create(IEnumerable<(string Name, Parameter Parameter)> parameters, Recipe recipe) =>
        new AdamUpdate(parameters, this, recipe);

    internal static double Decay(double value, string index) =>
        value is >= 0 and < 1 ? value : throw new InputException($"Adam's β{index} is {value}, expected a number from 0 to below 1.");
}

/// <summary>Adam with decoupled weight decay, as torch.optim.AdamW: every step shortens all parameters by the factor 1 − ηλ, whatever
/// their gradients.</summary>
/// <remarks>Loshchilov and Hutter 2019 (arXiv:1711.05101), algorithm 2. With Adam, decay in the gradient is divided by the gradient's
/// own size, so that it hardly acts on parameters with large gradients; here it acts on all alike.</remarks>
public sealed record AdamW : Optimizer
{
    /// <summary>Decay β₁ a step of the mean of gradients, in [0, 1). Default 0.9.</summary>
    /// <exception cref="InputException">The value is not in [0, 1).</exception>
    public double Beta1
    {
        get;
        init => field = Adam.Decay(value, "1");
    } = 0.9;

    /// <summary>Decay β₂ a step of the mean of squared gradients, in [0, 1). Default 0.999.</summary>
    /// <exception cref="InputException">The value is not in [0, 1).</exception>
    public double Beta2
    {
        get;
        init => field = Adam.Decay(value, "2");
    } = 0.999;

    /// <summary>ε, added to the root of the mean of squares; above 0. Default 10⁻⁸.</summary>
    /// <exception cref="InputException">The value is not a positive number.</exception>
    public double Epsilon
    {
        get;
        init => field = new Adam { Epsilon = value }.Epsilon;
    } = 1e-8;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"AdamW with β {Beta1} and {Beta2}, ε {Epsilon:0.###E+0}";

    /// <inheritdoc/>
    public override ParameterUpdate Create(IEnumerable<(string Name, Parameter Parameter)> parameters, Recipe recipe) =>
        new AdamUpdate(
            parameters,
            new Adam
            {
                Beta1 = Beta1,
                Beta2 = Beta2,
                Epsilon = Epsilon,
            },
            recipe,
            isDecoupled: true
        );
}
