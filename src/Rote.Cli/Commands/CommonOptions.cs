using System.CommandLine;
using Rote.Tensors;

namespace Rote.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string> Precision() =>
        new("--precision")
        {
            Description = "auto, bfloat16 or float32; auto is bfloat16 where the processor has instructions for it",
            DefaultValueFactory = _ => "auto",
        };

    public static Option<int> Threads() =>
        new("--threads") { Description = "Threads to compute with", DefaultValueFactory = _ => Environment.ProcessorCount };

    public static Option<string> Runs() =>
        new("--runs") { Description = "Folder that keeps every training run", DefaultValueFactory = _ => "runs" };

    /// <summary>The precision that a name means on this machine.</summary>
    /// <exception cref="InputException">The name is not known.</exception>
    public static Precision Resolve(string name) =>
        name switch
        {
            "auto" => PrecisionSupport.Auto(),
            "bfloat16" => Tensors.Precision.BFloat16,
            "float32" => Tensors.Precision.Float32,
            _ => throw Nearest.Unknown("precision", name, ["auto", "bfloat16", "float32"]),
        };
}
