using Rote.Networks.Plain;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Studies.Arpit2017.Networks;

/// <summary>Training by SGD that remembers its weights, so that a loss after any number of steps can be differentiated by every training
/// example: directly, and through all the steps that used the example.</summary>
/// <remarks>Reverse mode through the steps, as Maclaurin et al. 2015 (arXiv:1502.03492). With v the gradient of the loss by the weights, a
/// step w' = w − η∇L(w, x) gives x the part −η∂(v·∇L)/∂x and turns v into v − η∇(v·∇L). All tensors belong to the scope that this is made
/// in.</remarks>
internal sealed class UnrolledTraining
{
    private readonly TrainingSet _set;
    private readonly Tensor _targets;
    private readonly SmallRecipe _recipe;
    private readonly List<(Tensor[] Weights, Tensor Rows)> _steps = []; // before each step; rows are numbers of examples
    private readonly Tensor[] _last;

    /// <summary>Trains a network and remembers.</summary>
    /// <param name="set">The training examples; they outlive this.</param>
    /// <param name="recipe">How it is trained.</param>
    /// <param name="seeds">The randomness.</param>
    /// <param name="cancel">Stops between two epochs.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public UnrolledTraining(TrainingSet set, SmallRecipe recipe, Seeds seeds, CancellationToken cancel)
    {
        (_set, _recipe, _targets) = (set, recipe, set.Targets());
        using var network = recipe.Create((int)set.Rows.shape[1], set.Classes, seeds);
        for (var epoch = 0; epoch < recipe.Epochs; epoch++)
        {
            cancel.ThrowIfCancellationRequested();
            var order = tensor(seeds.Permutation(SeedStreams.PlainOrder, epoch, set.Count), int64);
            for (var start = 0; start < set.Count; start += recipe.Batch)
            {
                var rows = order.narrow(0, start, Math.Min(recipe.Batch, set.Count - start));
                _steps.Add((Copy(network), rows));
                using var step = NewDisposeScope();
                network.Step(set.Rows.index_select(0, rows), _targets.index_select(0, rows), recipe.Rate);
            }
        }

        _last = Copy(network);
        TrainAccuracy = SmallTraining.Accuracy(network, set.Rows, set.Labels);
    }

    /// <summary>Steps of an epoch.</summary>
    public int StepsAnEpoch => _steps.Count / _recipe.Epochs;

    /// <summary>Share of the training examples whose given label is predicted at the end.</summary>
    public double TrainAccuracy { get; }

    /// <summary>Differentiates the mean loss over examples, with the weights after a number of steps, by every training input.</summary>
    /// <param name="steps">The number of steps, at most all of them.</param>
    /// <param name="of">[k] int64 numbers of the examples whose loss it is; null: all.</param>
    /// <param name="through">Whether also through the steps; else with the weights held fixed.</param>
    /// <returns>[n, d] float32 in the caller's scope.</returns>
    public Tensor Gradient(int steps, Tensor? of, bool through)
    {
        using var scope = NewDisposeScope();
        using var gradients = enable_grad();
        var inputs = _set.Rows.detach().requires_grad_();
        var weights = Leaves(steps == _steps.Count ? _last : _steps[steps].Weights);
        var loss = of is null ? Loss(weights, inputs, _targets) : Loss(weights, inputs.index_select(0, of), _targets.index_select(0, of));
        var found = autograd.grad([loss], [.. weights, inputs]).ToArray();
        var (carried, total) = (found[..^1].Select(gradient => gradient.detach()).ToArray(), found[^1].detach().clone());
        for (var step = steps - 1; through && step >= 0; step--)
        {
            carried = Back(step, carried, total);
        }

        return total.MoveToOuterDisposeScope();
    }

    /// <summary>Goes back through one step: adds its part to the inputs' gradient, and returns the gradient by the weights before
    /// it.</summary>
    private Tensor[] Back(int step, Tensor[] carried, Tensor total)
    {
        using var scope = NewDisposeScope();
        var (before, rows) = _steps[step];
        var weights = Leaves(before);
        var inputs = _set.Rows.index_select(0, rows).requires_grad_();
        var loss = Loss(weights, inputs, _targets.index_select(0, rows));
        var first = autograd.grad([loss], weights, retain_graph: true, create_graph: true); // the second needs the graph
        var along = first.Zip(carried, (gradient, v) => gradient.mul(v).flatten().sum([0L])).Aggregate((sum, part) => sum.add(part));
        var second = autograd.grad([along], [.. weights, inputs]);
        using var plain = no_grad();
        total.index_add_(0, rows, second[^1], -_recipe.Rate);
        var next = carried.Zip(second, (v, change) => v.sub(change.mul(_recipe.Rate)).MoveToOuterDisposeScope()).ToArray();
        foreach (var old in carried)
        {
            old.Dispose();
        }

        return next;
    }

    /// <summary>The mean cross-entropy; weights and biases in turn.</summary>
    private static Tensor Loss(Tensor[] weights, Tensor inputs, Tensor targets)
    {
        var values = inputs;
        for (var layer = 0; layer < weights.Length / 2; layer++)
        {
            values = weights[(2 * layer) + 1].addmm(layer == 0 ? values : values.relu(), weights[2 * layer].t());
        }

        return nn.functional.log_softmax(values, 1).mul(targets).sum([1L]).mean().neg();
    }

    private static Tensor[] Leaves(Tensor[] weights) => [.. weights.Select(weight => weight.detach().requires_grad_())];

    private static Tensor[] Copy(PlainNetwork network) =>
        [.. network.Weights.Zip(network.Biases, (weight, bias) => new[] { weight.clone(), bias.clone() }).SelectMany(pair => pair)];
}
