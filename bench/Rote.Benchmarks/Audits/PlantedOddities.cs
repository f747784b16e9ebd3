using Rote.Audits.Checks;
using Rote.Data;
using Rote.Data.Catalog;
using Rote.Data.Shapes;
using static TorchSharp.torch;

namespace Rote.Benchmarks.Audits;

/// <summary>How many of the oddities that were planted in a data set its checks find, and what they say of the set as it is.</summary>
internal static class PlantedOddities
{
    private const int Examples = 5000;
    private const int Each = 25;

    /// <summary>Prints both for a catalog set.</summary>
    /// <param name="name">A set of pictures.</param>
    public static void Run(string name)
    {
        using var scope = NewDisposeScope();
        using var loaded = name == "shapes" ? ShapeImages.Generate(Examples, 100) : DataCatalog.Load(name, DataFolder.Default());
        using var clean = loaded.Train.Take(Examples);
        var before = DataChecks.Of(new CheckInput(clean));
        foreach (var finding in before.Findings)
        {
            Console.WriteLine($"{name} as it is: {finding.Check} {finding.Examples.Count}: {finding.Sentence}");
        }

        var known = before.Findings.SelectMany(finding => finding.Examples).ToHashSet();
        using var foreign = ShapeImages.Generate(Each, Each);
        foreach (var (kind, check, plant) in Kinds(clean, name == "shapes" ? null : foreign.Train))
        {
            using var one = NewDisposeScope();
            var pixels = clean.Pixels.clone();
            plant(pixels);
            using var planted = clean.With(pixels: pixels);
            var checks = DataChecks.Of(new CheckInput(planted));
            var found = checks.Findings.SelectMany(finding => finding.Examples).ToHashSet();
            var by = checks.Findings.FirstOrDefault(finding => finding.Check == check)?.Examples ?? [];
            bool IsPlanted(int i) => i < Each || (check == "repeated-examples" && i >= Examples - Each);
            Console.WriteLine(
                $"{name}, {Each} {kind}: {by.Count(IsPlanted)} by {check}, {found.Count(IsPlanted)} by any; "
                    + $"{found.Count(i => !IsPlanted(i) && !known.Contains(i))} others that were not found before"
            );
        }
    }

    /// <summary>Changes the first <see cref="Each"/> of the examples.</summary>
    /// <remarks>Twins are copies of the last ones; a check names the later one of two.</remarks>
    private static IEnumerable<(string Kind, string Check, Action<Tensor> Plant)> Kinds(Dataset clean, Dataset? foreign)
    {
        var last = clean.Pixels.narrow(0, Examples - Each, Each);
        yield return ("black", "dark-pictures", pixels => pixels.narrow(0, 0, Each).fill_(0));
        yield return ("white", "bright-pictures", pixels => pixels.narrow(0, 0, Each).fill_(255));
        yield return ("at a tenth of their brightness", "dark-pictures", pixels => Change(pixels, part => part / 10));
        yield return ("of one grey with noise of 1", "flat-pictures", pixels => Change(pixels, part => 128 + randn_like(part)));
        foreach (var width in (double[])[1, 1.5, 2, 3])
        {
            yield return (
                $"blurred (Gaussian, {width} pixels)",
                "blurred-pictures",
                pixels => Change(pixels, part => Blurred(part, width))
            );
        }

        yield return ("duplicated", "repeated-examples", pixels => pixels.narrow(0, 0, Each).copy_(last));
        yield return (
            "shifted by a pixel and noisy twins",
            "repeated-examples",
            pixels =>
                pixels
                    .narrow(0, 0, Each)
                    .copy_((last.to(float32).roll([1L], [2L]) + (3 * randn_like(last, float32))).round().clamp(0, 255).to(ScalarType.Byte))
        );
        yield return ("of noise", "outliers", pixels => Change(pixels, part => rand_like(part) * 255));
        yield return ("negatives", "outliers", pixels => Change(pixels, part => 255 - part));
        if (foreign is not null && clean.Channels == 3)
        {
            yield return ("drawn shapes among photographs", "outliers", pixels => pixels.narrow(0, 0, Each).copy_(foreign.Pixels));
        }
    }

    private static void Change(Tensor pixels, Func<Tensor, Tensor> change)
    {
        var part = pixels.narrow(0, 0, Each);
        part.copy_(change(part.to(float32)).round().clamp(0, 255).to(ScalarType.Byte));
    }

    private static Tensor Blurred(Tensor part, double width)
    {
        var channels = part.shape[3];
        var at = arange(-8, 9, float32);
        var kernel = (-at.square() / (2 * width * width)).exp();
        kernel /= kernel.sum([0L]);
        var planes = nn.functional.pad(part.permute(0, 3, 1, 2), [8L, 8, 8, 8], TorchSharp.PaddingModes.Replicate);
        var down = kernel.view(1, 1, 17, 1).repeat(channels, 1, 1, 1);
        var across = kernel.view(1, 1, 1, 17).repeat(channels, 1, 1, 1);
        var blurred = nn.functional.conv2d(nn.functional.conv2d(planes, down, groups: channels), across, groups: channels);
        return blurred.permute(0, 2, 3, 1);
    }
}
