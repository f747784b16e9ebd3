using System.Globalization;
using System.Text.Json;
using Rote.Measurement;
using Rote.Tensors;

namespace Rote.Benchmarks.Privacy;

/// <summary>Whether the lower bound on ε that a run's canaries give is below what training guarantees: networks trained by DP-SGD, whose ε
/// is known.</summary>
/// <remarks>The bound may be too high in one of twenty networks. It is taken as a run of the dial takes it, from which planted labels are
/// predicted, and from the better guesses of an attacker who ranks the canaries by confidence and guesses the upper and the lower
/// third.</remarks>
internal static class PrivacyBound
{
    private const int Inputs = 64;
    private const int Hidden = 48;
    private const int Classes = 10;
    private const int Canaries = 400;
    private const int Steps = 120;
    private const double Rate = 0.5;
    private const double Delta = 1e-5;
    private static readonly double[] Noises = [0, 1.0, 2.0, 4.0, 8.0, 16.0];

    /// <summary>Trains and counts.</summary>
    /// <param name="networks">At each strength of noise.</param>
    /// <param name="file">Where the numbers go; null: nowhere.</param>
    /// <returns>0 if the bound is too high in at most a twentieth of the networks, and the accountant agrees with others.</returns>
    public static int Run(int networks, string? file)
    {
        var (lines, agree) = GaussianAccountant.Check();
        Console.WriteLine($"The accountant beside published values: {string.Join("; ", lines)}.");
        var levels = Noises.Select(noise => Level(noise, networks)).ToArray();
        foreach (var level in levels)
        {
            Console.WriteLine(
                $"noise {level.Noise, 4:0.0}  ε {(level.Epsilon is { } e ? $"{e, 8:F2}" : "    none")}  bound of the certificate: mean "
                    + $"{level.Certificate.Average():F2}, most {level.Certificate.Max():F2}, too high {level.TooHigh(level.Certificate)} "
                    + $"of {networks}; of the attacker: mean {level.Attacker.Average():F2}, most {level.Attacker.Max():F2}, too high "
                    + $"{level.TooHigh(level.Attacker)}"
            );
        }

        if (file is not null)
        {
            AtomicFile.WriteText(
                file,
                JsonSerializer.Serialize(
                    new
                    {
                        Canaries,
                        Steps,
                        Rate,
                        Delta,
                        Levels = levels,
                    },
                    RoteJson.Options
                ) + "\n"
            );
        }

        var known = levels.Where(level => level.Epsilon is not null).ToArray();
        var (wrong, all) = (
            known.Sum(level => level.TooHigh(level.Certificate) + level.TooHigh(level.Attacker)),
            2 * networks * known.Length
        );
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Too high in {wrong} of {all} bounds; at most 5 % may be."));
        return agree && wrong <= 0.05 * all ? 0 : 1;
    }

    private static NoiseLevel Level(double noise, int networks)
    {
        var bounds = Enumerable.Range(0, networks).Select(number => Bounds(noise, number)).ToArray();
        return new NoiseLevel(
            noise,
            noise == 0 ? null : GaussianAccountant.Epsilon(Rate, noise, Steps, Delta),
            [.. bounds.Select(bound => bound.Certificate)],
            [.. bounds.Select(bound => bound.Attacker)]
        );
    }

    /// <summary>One network on random vectors with random labels, each trained on by a fair coin.</summary>
    private static (double Certificate, double Attacker) Bounds(double noise, int number)
    {
        var stream = new Seeds(number).Stream("privacy");
        double[][] inputs =
        [
            .. Enumerable
                .Range(0, Canaries)
                .Select(_ => Enumerable.Range(0, Inputs).Select(_ => PrivateNetwork.Gaussian(stream)).ToArray()),
        ];
        int[] labels = [.. inputs.Select(_ => (int)stream.NextInt(Classes))];
        bool[] isIn = [.. inputs.Select(_ => stream.NextInt(2) == 1)];
        var network = new PrivateNetwork(Inputs, Hidden, Classes, stream);
        network.Train([.. inputs.Where((_, i) => isIn[i])], [.. labels.Where((_, i) => isIn[i])], Rate, noise, Steps, 1.0, stream);
        double[][] said = [.. inputs.Select(network.Predict)];
        bool[] hits = [.. said.Select((p, i) => p[labels[i]] == p.Max())];
        var certificate = OneRunPrivacy.Of(
            isIn.Count(x => x),
            hits.Where((hit, i) => hit && isIn[i]).Count(),
            isIn.Count(x => !x),
            hits.Where((hit, i) => hit && !isIn[i]).Count()
        );

        int[] order = [.. Enumerable.Range(0, Canaries).OrderByDescending(i => said[i][labels[i]])];
        var third = Canaries / 3;
        var right = order.Take(third).Count(i => isIn[i]) + order.TakeLast(third).Count(i => !isIn[i]);
        return (certificate.EpsilonAtLeast, new OneRunPrivacy(2 * third, right).EpsilonAtLeast);
    }

    /// <summary>Networks of one strength of noise.</summary>
    private sealed record NoiseLevel(double Noise, double? Epsilon, double[] Certificate, double[] Attacker)
    {
        public int TooHigh(double[] bounds) => Epsilon is { } epsilon ? bounds.Count(bound => bound > epsilon) : 0;
    }
}
