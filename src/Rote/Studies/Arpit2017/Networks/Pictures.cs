using Rote.Data;
using Rote.Tensors;
using Rote.Theory;
using static TorchSharp.torch;

namespace Rote.Studies.Arpit2017.Networks;

/// <summary>Which pictures a draw takes.</summary>
internal sealed record PictureOptions
{
    /// <summary>Catalog name of the data.</summary>
    public required string Data { get; init; }

    /// <summary>The number of training examples; a larger number contains the examples of a smaller one.</summary>
    public required int Examples { get; init; }

    /// <summary>The number of test examples.</summary>
    public required int TestExamples { get; init; }

    /// <summary>The source of all randomness.</summary>
    public required long Seed { get; init; }

    /// <summary>The number of the draw of examples, noise and networks.</summary>
    public required int Draw { get; init; }
}

/// <summary>Examples that a network is trained on; tensors belong to the scope that they were made in.</summary>
/// <param name="Rows">[n, d] float32 inputs.</param>
/// <param name="Labels">[n] int64 labels that the network is given.</param>
/// <param name="Truth">[n] int64 labels without noise.</param>
/// <param name="Replaced">[n] bool: the given label is wrong, or the input is noise.</param>
/// <param name="Classes">The number of classes.</param>
internal sealed record TrainingSet(Tensor Rows, Tensor Labels, Tensor Truth, Tensor Replaced, int Classes)
{
    /// <summary>The number of examples n.</summary>
    public int Count => (int)Rows.shape[0];

    /// <summary>The given labels as targets, [n, C] float32, in the caller's scope.</summary>
    public Tensor Targets() => nn.functional.one_hot(Labels, Classes).to(float32);
}

/// <summary>The pictures of a draw as small rows of numbers: the average of channels and of 2×2 pixels, minus the mean and over the
/// deviation of all training numbers. Fashion-MNIST becomes 14×14, as the MNIST of the paper's section 3.2.</summary>
/// <param name="options">Which pictures.</param>
/// <param name="train">[n, d] float32 training inputs.</param>
/// <param name="labels">[n] int64.</param>
/// <param name="test">[m, d] float32 test inputs.</param>
/// <param name="truth">[m] int64.</param>
/// <param name="classes">The number of classes.</param>
internal sealed class Pictures(PictureOptions options, Tensor train, Tensor labels, Tensor test, Tensor truth, int classes)
{
    /// <summary>[m, d] float32 test inputs.</summary>
    public Tensor Test => test;

    /// <summary>[m] int64 test labels.</summary>
    public Tensor Truth => truth;

    /// <summary>The number of inputs d of a network.</summary>
    public int Inputs => (int)train.shape[1];

    /// <summary>The number of classes of the data.</summary>
    public int Classes => classes;

    /// <summary>The draw's own randomness: another draw has other networks.</summary>
    public Seeds Seeds { get; } = new(new Seeds(options.Seed).Number(SeedStreams.ArpitTrain, options.Draw));

    /// <summary>Draws pictures; the tensors belong to the caller's scope.</summary>
    /// <param name="data">Pictures; still the caller's.</param>
    /// <param name="options">Which ones.</param>
    /// <exception cref="InputException">There are fewer examples than requested.</exception>
    public static Pictures Draw(DatasetSplits data, PictureOptions options)
    {
        var seeds = new Seeds(options.Seed);
        var (train, labels) = Rows(data.Train, options.Examples, SeedStreams.ArpitTrain);
        var (test, truth) = Rows(data.Test, options.TestExamples, SeedStreams.ArpitTest);
        var (mean, deviation) = (train.mean(), train.std(unbiased: false));
        return new Pictures(options, Scaled(train), labels, Scaled(test), truth, data.Train.Classes);

        (Tensor, Tensor) Rows(Dataset part, int count, string stream)
        {
            var (rows, given) = ExampleDraw.Rows(part, count, stream, seeds, options.Draw);
            return (Halved(rows, part), given);
        }

        Tensor Scaled(Tensor rows) => rows.sub(mean).div(deviation).to(float32);
    }

    /// <summary>A training set with noise; one with less noise has the same drawn labels and inputs in fewer places.</summary>
    /// <param name="noise">How much.</param>
    /// <param name="examples">Only this many examples, the first ones; null: all.</param>
    public TrainingSet With(NoiseLevel noise, int? examples = null)
    {
        var count = examples ?? (int)train.shape[0];
        var (rows, truthful) = (train.narrow(0, 0, count).clone(), labels.narrow(0, 0, count).clone());
        if (noise.Kind == NoiseKind.Labels)
        {
            var given = ExampleDraw.Relabelled(
                truthful,
                noise.Share,
                classes,
                SeedStreams.ArpitLabels,
                new Seeds(options.Seed),
                options.Draw
            );
            return new TrainingSet(rows, given, truthful, given.ne(truthful), classes);
        }

        var random = new Seeds(options.Seed).Stream(SeedStreams.ArpitLots, options.Draw);
        var replaced = tensor(Enumerable.Range(0, count).Select(_ => random.NextDouble() < noise.Share).ToArray(), @bool);
        return new TrainingSet(
            where(replaced.unsqueeze(1), Noise(count, SeedStreams.ArpitInputs), rows),
            truthful,
            truthful,
            replaced,
            classes
        );
    }

    /// <summary>The same examples, each with a class of its own.</summary>
    /// <param name="set">A training set.</param>
    public static TrainingSet Unique(TrainingSet set)
    {
        var own = arange(set.Count, int64);
        return set with { Labels = own, Truth = own, Classes = set.Count };
    }

    /// <summary>Inputs of noise that no network was trained on, as many as there are test examples: [m, d] float32.</summary>
    public Tensor NewNoise() => Noise((int)test.shape[0], SeedStreams.ArpitTestInputs);

    private Tensor Noise(int count, string stream)
    {
        var values = new float[count * Inputs];
        var random = new Seeds(options.Seed).Stream(stream, options.Draw);
        for (var row = 0; row < count; row++)
        {
            random.FillGaussian(values.AsSpan(row * Inputs, Inputs)); // a row at a time: more rows do not change the first ones
        }

        return tensor(values, [count, Inputs], float32).clone(); // memory that libtorch aligned
    }

    /// <summary>The average of channels and of 2×2 pixels; a last odd row or column is left out.</summary>
    private static Tensor Halved(Tensor rows, Dataset part)
    {
        var (height, width) = (part.Height / 2 * 2, part.Width / 2 * 2);
        return rows.reshape(rows.shape[0], part.Height, part.Width, part.Channels)
            .narrow(1, 0, height)
            .narrow(2, 0, width)
            .reshape(rows.shape[0], height / 2, 2, width / 2, 2, part.Channels)
            .mean([2, 4, 5])
            .flatten(1);
    }
}
