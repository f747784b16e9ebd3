using System.Text.Json.Serialization;
using Rote.Data;
using Rote.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Networks;

/// <summary>The shape of a network's input.</summary>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Channels">Values per pixel, at least 1.</param>
/// <param name="Classes">Number of classes, at least 1.</param>
public sealed record TaskShape(int Height, int Width, int Channels, int Classes)
{
    /// <summary>Whether an example is a vector [D] rather than an image [H, W, C]; it has then 1 row, D columns and 1 channel. Default
    /// false.</summary>
    public bool IsVector { get; init; }

    /// <summary>Values per example: height × width × channels.</summary>
    public int Inputs => Height * Width * Channels;

    /// <summary>The input shape of a network for a data set.</summary>
    /// <param name="data">The data as the network sees it.</param>
    /// <returns>Its shape and number of classes.</returns>
    public static TaskShape Of(Dataset data) => new(data.Height, data.Width, data.Channels, data.Classes) { IsVector = data.IsVectors };
}

/// <summary>A network as data: a name and its hyper-parameters. <see cref="Build"/> makes the module.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Mlp), "mlp")]
[JsonDerivedType(typeof(SmallInception), "small-inception")]
[JsonDerivedType(typeof(SmallAlexNet), "small-alexnet")]
[JsonDerivedType(typeof(SmallResNet), "resnet")]
[JsonDerivedType(typeof(InceptionV3), "inception-v3")]
public abstract record NetworkSpec
{
    /// <summary>The network in words, as "MLP 1×512".</summary>
    [JsonIgnore]
    public abstract string Title { get; }

    /// <summary>Side of the centre crop that the paper's recipe feeds this network for a 32×32 image; null: the whole image. Default
    /// null.</summary>
    [JsonIgnore]
    public virtual int? CropSide => null;

    /// <summary>Where examples lie for this network, as a child of the module that <see cref="Build"/> makes: what enters it, [B, D] or a
    /// shape that is flattened to it.
    /// Null: the example itself.</summary>
    /// <remarks>Hidden layers that are fully connected separate the training labels, right or wrong; what enters the first of them does not
    /// know them.</remarks>
    [JsonIgnore]
    public abstract string? FeatureLayer { get; }

    /// <summary>The crop of the paper's recipe, for its own 32×32 images alone: of other pictures nobody said that the middle is
    /// enough.</summary>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Its columns.</param>
    /// <returns><see cref="CropSide"/> for 32×32, else null.</returns>
    public int? CropFor(int height, int width) => height == 32 && width == 32 && CropSide < 32 ? CropSide : null;

    /// <summary>True for a network that ignores the order of an image's values: the same shuffle of all images changes nothing for it.
    /// Default false.</summary>
    [JsonIgnore]
    public virtual bool IgnoresPixelOrder => false;

    /// <summary>Dropout: the share of values set to 0 at random in training, the others scaled up to keep the sum, in [0, 1). Default
    /// 0.</summary>
    /// <remarks>Applied to the input of every fully connected layer but the first of an MLP, and every fully connected layer of the
    /// convolutional networks (Srivastava et al. 2014).</remarks>
    /// <exception cref="InputException">The value is not in [0, 1).</exception>
    public double Dropout
    {
        get;
        init =>
            field = value is >= 0 and < 1
                ? value
                : throw new InputException($"The dropout is {value}, expected a number from 0 to below 1.");
    }

    /// <summary>Whether the network has a place for dropout. Default true.</summary>
    [JsonIgnore]
    public virtual bool CanDrop => true;

    /// <summary>Example-tied dropout after every hidden layer of an MLP and every stage of the residual network; null: none. Default
    /// null.</summary>
    public ExampleTiedDropout? TiedDropout { get; init; }

    /// <summary>Whether the network has a place for example-tied dropout. Default false.</summary>
    [JsonIgnore]
    public virtual bool CanBeTied => false;

    /// <summary>The smallest height and width of an image.</summary>
    protected virtual int SmallestSide => 1;

    /// <summary>Makes the network with fresh random parameters.</summary>
    /// <param name="shape">What it is given and how many classes it tells apart.</param>
    /// <param name="precision">The format its layers compute in.</param>
    /// <param name="seeds">The run's randomness; stream <c>network</c> is drawn.</param>
    /// <returns>A module from a batch [B, H, W, C] (for vectors [B, D]) of the precision's type to float32 logits [B, classes]; the caller
    /// owns it.</returns>
    /// <remarks>
    /// In evaluation mode the last layer computes in float32: bfloat16 logits near 10 are 1/16 apart, so that classes would tie. In
    /// training an MLP's computes in the precision as its others do; the rounding is small noise in the gradient there, and float32 cost 10
    /// % of a step.
    /// Seeds libtorch's default generator.
    /// </remarks>
    /// <exception cref="InputException">The images are too small for this network, or the examples are vectors and it needs
    /// images, or units are to be tied to examples and the network has no place for that.</exception>
    public Module<Tensor, Tensor> Build(TaskShape shape, Precision precision, Seeds seeds)
    {
        if (shape.IsVector && !IgnoresPixelOrder)
        {
            throw new InputException(
                $"The {Title} looks at neighbouring pixels, and these examples are vectors of {shape.Inputs} features, which have none: "
                    + $"choose an MLP or linear for them."
            );
        }

        if (Math.Min(shape.Height, shape.Width) < SmallestSide)
        {
            throw new InputException(
                $"The {Title} needs images of at least {SmallestSide}×{SmallestSide} pixels; these are {shape.Height}×{shape.Width}: "
                    + $"choose an MLP for them."
            );
        }

        if (TiedDropout is not null && !CanBeTied)
        {
            throw new InputException(
                $"The {Title} has no place for example-tied dropout; MLPs with hidden layers and residual networks have."
            );
        }

        return DefaultGenerator.Draw(seeds.Number(SeedStreams.Network), () => Create(shape, precision));
    }

    /// <summary>Makes the module; parameters come from libtorch's default generator.</summary>
    protected abstract Module<Tensor, Tensor> Create(TaskShape shape, Precision precision);
}
