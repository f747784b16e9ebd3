using Rote.Data;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Features;

/// <summary>Measures the prequential code length of labels: each block is sent with the predictions of a network trained on the blocks
/// before it.</summary>
/// <remarks>
/// docs/reference/measures/code-length.md. L = t₁ log₂ K − Σ log₂ p(yᵢ | xᵢ, blocks before); blocks double (Blier and Ollivier 2018,
/// arXiv:1802.07044, section 3.2). A tenth of the known examples is held out. It chooses the temperature by which the logits are divided
/// so that a network which is sure and wrong costs no more than knowing nothing. A receiver who has the pictures, this code and the
/// seed can decode. A run's control is left out: this is its recipe's code.
/// </remarks>
internal sealed class LabelCoder
{
    private const int Halvings = 5;
    private const int FewestKnown = 40;
    private const double Apart = 0.1;

    /// <summary>The temperatures to try; at infinity all classes are equal.</summary>
    private static readonly double[] Temperatures = [0.5, 0.7, 1, 1.4, 2, 2.8, 4, 5.7, 8, 11, 16, 32, 64, double.PositiveInfinity];

    private readonly Experiment _experiment;
    private readonly RunInputs _inputs;
    private readonly Dataset _images;
    private readonly CancellationToken _cancel;

    private LabelCoder(Experiment experiment, RunInputs inputs, Dataset images, CancellationToken cancel) =>
        (_experiment, _inputs, _images, _cancel) = (experiment, inputs, images, cancel);

    /// <summary>Examples known when each training begins.</summary>
    /// <param name="count">n.</param>
    /// <returns>Ascending, each about twice the one before, the last n/2; empty if there are too few examples.</returns>
    public static IReadOnlyList<int> KnownOf(int count) =>
        [.. Enumerable.Range(1, Halvings).Select(halving => count >> halving).Where(known => known >= FewestKnown).Order()];

    /// <summary>Measures.</summary>
    /// <param name="experiment">The experiment whose network and recipe are used.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="isRandom">Whether random labels replace the run's given labels.</param>
    /// <param name="begun">Receives the number of known examples before each training.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <returns>The code; null if there are too few examples.</returns>
    public static CodeLength? Of(
        Experiment experiment,
        RunInputs inputs,
        bool isRandom,
        Action<int>? begun = null,
        CancellationToken cancel = default
    )
    {
        using var scope = NewDisposeScope();
        var train = inputs.Data.Images.Train;
        long[] order = inputs.Rows?.Kept.ToArray() ?? [.. Enumerable.Range(0, train.Count).Select(row => (long)row)];
        inputs.Seeds.Stream(SeedStreams.CodeLengthOrder).Shuffle<long>(order);
        using var ordered = train.Select(order);
        using var images = isRandom ? ordered.With(labels: RandomOf(ordered, inputs.Seeds)) : ordered.With();
        var known = KnownOf(images.Count);
        return known.Count == 0 ? null : new LabelCoder(experiment, inputs, images, cancel).Code(known, isRandom, begun);
    }

    private CodeLength Code(IReadOnlyList<int> known, bool isRandom, Action<int>? begun)
    {
        var uniform = Math.Log2(_images.Classes);
        var bits = new List<double>(Enumerable.Repeat(uniform, known[0]));
        var blocks = new List<CodeBlock> { new(0, known[0], known[0] * uniform, double.PositiveInfinity) };
        for (var block = 0; block < known.Count; block++)
        {
            begun?.Invoke(known[block]);
            var end = block + 1 < known.Count ? known[block + 1] : _images.Count;
            var (costs, temperature) = Block(block, known[block], end);
            bits.AddRange(costs);
            blocks.Add(new CodeBlock(known[block], costs.Length, costs.Sum(), temperature));
        }

        var mean = Estimate.Mean(bits);
        return new CodeLength(
            isRandom,
            _images.Count,
            bits.Sum(),
            _images.Count * uniform,
            new Estimate(mean.Value / uniform, mean.StandardError / uniform, bits.Count),
            blocks
        );
    }

    /// <summary>The cost of the examples from <paramref name="known"/> to <paramref name="end"/>, in bits each.</summary>
    private (double[] Bits, double Temperature) Block(int number, int known, int end)
    {
        using var scope = NewDisposeScope();
        var apart = Math.Max(10, (int)(Apart * known));
        using var trained = Part(0, known - apart);
        using var calibration = Part(known - apart, known);
        using var next = Part(known, end);
        var seeds = new Seeds(_inputs.Seeds.Number(SeedStreams.CodeLengthTraining, number));
        var recipe = RecipeOf(_experiment.Recipe);
        using var sets = TrainingData.From(new DatasetSplits(trained, calibration), null, recipe, null);
        using var state = new TrainingState(() => _experiment.Network.Build(TaskShape(trained), recipe.Precision, seeds), recipe);
        using var method = new PlainTraining(recipe, seeds, trained.Count, trained.Classes);
        state.TrainingMethod = method;
        new Trainer(recipe, sets, seeds, method).Run(state, _cancel);
        using var asked = PreparedData.From(next, recipe.Precision);
        var chosen = Temperature(Logits(state.Evaluated, sets.Test.Inputs), sets.Test.Labels);
        return (Costs(Logits(state.Evaluated, asked.Inputs), asked.Labels, chosen), chosen);
    }

    /// <summary>Trains as the run did, but without held-out examples and without evaluation in between.</summary>
    private static Recipe RecipeOf(Recipe recipe) =>
        recipe with
        {
            Device = default, // as all that looks into a network
            HoldOut = 0,
            Patience = null,
            EvaluateEvery = recipe.Epochs,
            TestEvery = recipe.Epochs,
            Augmentation = recipe.Augmentation is { CropPadding: 0 } moved ? moved with { CropPadding = 4 } : recipe.Augmentation,
        };

    private static Networks.TaskShape TaskShape(Dataset images) => Networks.TaskShape.Of(images);

    private Dataset Part(int start, int end) => _images.Select([.. Enumerable.Range(start, end - start).Select(row => (long)row)]);

    private Tensor Logits(Module<Tensor, Tensor> network, Tensor inputs)
    {
        using var noGrad = no_grad();
        network.eval();
        var logits = new List<Tensor>();
        foreach (var batch in inputs.split(Evaluator.BatchSize(network)))
        {
            _cancel.ThrowIfCancellationRequested();
            logits.Add(network.call(batch));
        }

        return cat(logits, 0).to(float64); // [n, K]
    }

    /// <summary>The temperature of the smallest cost of examples that were not trained on.</summary>
    internal static double Temperature(Tensor logits, Tensor labels) =>
        Temperatures.MinBy(temperature => Costs(logits, labels, temperature).Sum());

    /// <summary>−log₂ of the label's probability under softmax(logits / temperature).</summary>
    /// <param name="logits">[n, K] float64.</param>
    /// <param name="labels">[n] int64.</param>
    /// <param name="temperature">Above 0; infinite: all classes are equal.</param>
    internal static double[] Costs(Tensor logits, Tensor labels, double temperature)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var scaled = double.IsInfinity(temperature) ? zeros_like(logits) : logits / temperature;
        var nats = functional.log_softmax(scaled, 1).gather(1, labels.unsqueeze(1)).squeeze(1);
        return (nats / -Math.Log(2)).data<double>().ToArray();
    }

    private static Tensor RandomOf(Dataset images, Seeds seeds)
    {
        var stream = seeds.Stream(SeedStreams.CodeLengthLabels);
        return tensor(Enumerable.Range(0, images.Count).Select(_ => (long)stream.NextInt(images.Classes)).ToArray(), int64);
    }
}
