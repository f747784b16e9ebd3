using Rote.Reports.Charts;
using Rote.Tensors;
using Rote.Theory.Representation;

namespace Rote.Reports.Theories;

/// <summary>The construction of Theorem 1 for ten points of a line, drawn from the network that the library constructs for them.</summary>
internal static class Theorem1Picture
{
    private const int Points = 10;

    public static LineChart Create()
    {
        var stream = new Seeds(3).Stream(SeedStreams.Theorem1Picture);
        double[] z = [.. Enumerable.Range(0, Points).Select(i => i + 1 + (0.5 * stream.NextDouble()))];
        double[] y = [.. z.Select(_ => (double)stream.NextInt(10))];
        var network = ReluRepresentation.Through(z, y);

        // The network bends only at its biases, so its line needs no other points.
        double[] knots = [.. network.Biases, z[^1]];
        var values = network.Evaluate(knots);
        return new LineChart
        {
            Title = "A two-layer network through ten points",
            Description =
                $"A line of {Points} straight pieces that passes through {Points} points with the labels {string.Join(", ", y)}, and "
                + $"bends once before each of them.",
            X = new ChartAxis("Projection ⟨a, x⟩"),
            Y = new ChartAxis("The network's value"),
            Lines =
            [
                new ChartLine("the network", 0, [.. knots.Zip(values, (x, v) => new ChartPoint(x, v))]),
                .. Dots("its biases", 2, network.Biases, values),
                .. Dots("labels to meet", 1, z, y),
            ],
        };
    }

    /// <summary>Single markers; the last one carries the name.</summary>
    private static IEnumerable<ChartLine> Dots(string name, int style, IReadOnlyList<double> x, double[] y) =>
        x.Select((at, i) => new ChartLine(i == x.Count - 1 ? name : "", style, [new ChartPoint(at, y[i])]));
}
