using System.CommandLine;
using Rote.Tensors;

namespace Rote.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    /// <summary>The number format of layers.</summary>
    /// <param name="hasDevice">Whether the command may compute on a GPU.</param>
    public static Option<string> Precision(bool hasDevice = false) =>
        new("--precision")
        {
            Description =
                "auto, bfloat16 or float32; auto is bfloat16 where the processor has instructions for it"
                + (hasDevice ? ", and float32 on a GPU" : ""),
            DefaultValueFactory = _ => "auto",
        };

    public static Option<int> Threads() =>
        new("--threads") { Description = "Threads to compute with", DefaultValueFactory = _ => Environment.ProcessorCount };

    public static Option<string> Runs() =>
        new("--runs") { Description = "Folder that keeps every training run", DefaultValueFactory = _ => "runs" };

    /// <summary>The precision that a name means on this machine.</summary>
    /// <param name="name">The option's value.</param>
    /// <param name="device">Where layers compute. On a GPU <c>auto</c> is float32: TorchSharp does not tell
    /// whether it has bfloat16.</param>
    /// <exception cref="InputException">The name is not known.</exception>
    public static Precision Resolve(string name, ComputeDevice device = default) =>
        name switch
        {
            "auto" => device.IsGpu ? Tensors.Precision.Float32 : PrecisionSupport.Auto(),
            "bfloat16" => Tensors.Precision.BFloat16,
            "float32" => Tensors.Precision.Float32,
            _ => throw Nearest.Unknown("precision", name, ["auto", "bfloat16", "float32"]),
        };
}
