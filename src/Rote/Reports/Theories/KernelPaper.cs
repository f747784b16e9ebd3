using Rote.Theory.Kernels;

namespace Rote.Reports.Theories;

/// <summary>A number of the paper beside one of ours.</summary>
/// <param name="What">The setting.</param>
/// <param name="Paper">The paper's test error.</param>
/// <param name="Solution">Our solution.</param>
/// <param name="Difference">What is known of the paper's setting, and what differs from it.</param>
internal sealed record KernelPaperRow(string What, string Paper, KernelSolution Solution, string Difference);

/// <summary>The numbers that Zhang et al. 2017 report in section 5, for a comparison row by row.</summary>
internal static class KernelPaper
{
    /// <summary>Returns the rows that this result can be compared with.</summary>
    public static IEnumerable<KernelPaperRow> Of(KernelResult result)
    {
        var all = (result.Data, result.Features) switch
        {
            ("mnist", "pixels") => [Row("MNIST, Gaussian kernel on pixels", "1.2 %", 0, "the author's gamma of 0.02")],
            ("mnist", "gabor") => [Row("MNIST, Gabor wavelets", "0.6 %", 0, "the paper does not describe its wavelets: another bank")],
            ("cifar10", "pixels") => [Row("CIFAR-10, Gaussian kernel on pixels", "46 %", 0, "the paper gives no bandwidth: another one")],
            ("cifar10", "patches") =>
            [
                Row(
                    "CIFAR-10, random convolutional net",
                    "17 %",
                    0,
                    $"the paper has 32,000 filters and does not describe them: {result.Description}"
                ),
                Row("the same with a ridge", "15 %", 1, "the paper does not give its ridge"),
            ],
            _ => (KernelPaperRow?[])[],
        };
        return all.OfType<KernelPaperRow>();

        KernelPaperRow? Row(string what, string paper, int kind, string difference)
        {
            var fit = kind == 0 ? result.Solutions[0] : result.Solutions.Skip(1).MinBy(s => s.TestWrong);
            var part = result.Train < FullSize ? $"; {result.Train:N0} training examples, not all" : "";
            return fit is null ? null : new KernelPaperRow(what, paper, fit, difference + part);
        }
    }

    private const int FullSize = 50_000;
}
