using System.CommandLine;

using Rote.Data;
using Rote.Tensors;

namespace Rote.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string> Precision() => new("--precision")
    {
        Description = "auto, bfloat16 or float32; auto is bfloat16 where the processor has instructions for it",
        DefaultValueFactory = _ => "auto",
    };

    public static Option<int> Threads() => new("--threads")
    {
        Description = "Threads to compute with",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    public static Option<string> Runs() => new("--runs")
    {
        Description = "Folder that keeps every training run",
        DefaultValueFactory = _ => "runs",
    };

    public static Option<int?> ImageSize() => new("--image-size")
    {
        Description = $"Own pictures: scale to squares of N pixels, 1 to {UserDataOptions.MaxImageSize} [default: a common size up to 64×64 is kept, else {UserDataOptions.DefaultImageSize}]",
        HelpName = "N",
    };

    public static Option<bool> SkipBad() => new("--skip-bad") { Description = "Own pictures: leave out those that cannot be read" };

    public static Option<string?> Labels() => new("--labels")
    {
        Description = "Own arrays and tables: the file with their labels, an .npy of whole numbers, or a text with one label a line or a column of them",
        HelpName = "FILE",
    };

    public static Option<string?> LabelColumn(string otherwise = "one called label, class, target or y, else the last") => new("--label-column")
    {
        Description = $"Own tables: the column with the labels, by its name or its number from 1 [default: {otherwise}]",
        HelpName = "NAME",
    };

    public static Option<string[]> Ignore() => new("--ignore")
    {
        Description = "Own tables: leave a column out; once for each [default: row numbers and columns that say the label in other words]",
        HelpName = "COLUMN",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>The columns to leave out; null where none is named.</summary>
    public static IReadOnlyList<string>? Ignored(ParseResult parse, Option<string[]> option) => parse.GetValue(option) is { Length: > 0 } columns ? columns : null;

    /// <summary>The precision that a name means on this machine.</summary>
    /// <exception cref="InputException">The name is not known.</exception>
    public static Precision Resolve(string name) => name switch
    {
        "auto" => PrecisionSupport.Auto(),
        "bfloat16" => Tensors.Precision.BFloat16,
        "float32" => Tensors.Precision.Float32,
        _ => throw Nearest.Unknown("precision", name, ["auto", "bfloat16", "float32"]),
    };
}
