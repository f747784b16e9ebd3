using System.CommandLine;
using Rote.Embeddings;

namespace Rote.Cli.Commands;

/// <summary>The option that says which frozen encoder turns examples into vectors.</summary>
internal static class EmbedOption
{
    /// <summary>What stands for the built-in encoder of pictures or texts, whichever the examples are.</summary>
    public const string Auto = "auto";

    /// <summary>What stands for no encoder.</summary>
    public const string None = "none";

    /// <summary>Makes it.</summary>
    /// <param name="encoder">What the command does with encoders.</param>
    public static Option<string?> For(EncoderUse encoder) =>
        new("--embed")
        {
            Description =
                "Turn each example into the vector of a frozen encoder first: "
                + (encoder == EncoderUse.Needed ? "" : $"{None}, ")
                + $"{OnnxEncoders.ResNet18Name} or {OnnxEncoders.ResNet18Name}=SIDE for pictures, {OnnxEncoders.MiniLmName} for "
                + $"texts, or an ONNX "
                + "network [default: "
                + encoder switch
                {
                    EncoderUse.AsTrained => "as the network was trained]",
                    EncoderUse.Needed => $"{OnnxEncoders.ResNet18Name} for pictures, {OnnxEncoders.MiniLmName} for texts]",
                    _ => $"{None}]",
                },
            HelpName = "ENCODER",
        };
}
