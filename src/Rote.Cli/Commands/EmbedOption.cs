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
                (
                    encoder == EncoderUse.Beside
                        ? "Look at each example through a frozen encoder too: "
                        : "Turn each example into the vector of a frozen encoder first: "
                )
                + (encoder == EncoderUse.Needed ? "" : $"{None}, ")
                + (encoder == EncoderUse.AsTrained ? "" : $"{Auto} (the built-in one), ")
                + $"{OnnxEncoders.ResNet18Name} or {OnnxEncoders.ResNet18Name}=SIDE for pictures, {OnnxEncoders.MiniLmName} for "
                + $"texts, or an ONNX "
                + "network [default: "
                + encoder switch
                {
                    EncoderUse.AsTrained => "as the network was trained]",
                    EncoderUse.Needed => $"{OnnxEncoders.ResNet18Name} for pictures, {OnnxEncoders.MiniLmName} for texts]",
                    EncoderUse.Beside => $"{Auto}]",
                    _ => $"{None}]",
                },
            HelpName = "ENCODER",
        };

    /// <summary>The encoder that is asked for.</summary>
    /// <param name="given">What the user gave; null: nothing.</param>
    /// <param name="encoder">What the command does with encoders.</param>
    /// <returns>A name or a path; null for none.</returns>
    /// <exception cref="InputException">None is asked for where one is needed.</exception>
    public static string? Name(string? given, EncoderUse encoder) =>
        (given, encoder) switch
        {
            (None, EncoderUse.Needed) => throw new InputException($"--embed is {None}, and this command writes the vectors of an encoder."),
            (null, EncoderUse.Needed or EncoderUse.Beside) => Auto,
            (null or None, _) => null,
            ("", _) => throw new InputException($"--embed is empty, expected {None}, an encoder's name or an ONNX file."),
            var (name, _) => name,
        };
}
