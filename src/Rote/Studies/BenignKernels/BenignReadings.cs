using Rote.Data;
using Rote.Measurement;
using Rote.Studies.BenignKernels.Networks;
using Rote.Studies.Claims;
using Rote.Theory.KernelCurves;
using Rote.Theory.UniformConvergence;

namespace Rote.Studies.BenignKernels;

/// <summary>Reads numbers from the draws: means with standard errors. What belongs to a draw shares its examples, so that differences and
/// ratios are taken per draw.</summary>
/// <param name="plan">The sizes.</param>
/// <param name="evidence">The calculations.</param>
internal sealed class BenignReadings(BenignPlan plan, Evidence evidence)
{
    /// <summary>The sizes.</summary>
    public BenignScale Scale => plan.Scale;

    /// <summary>The number of draws of all seeds.</summary>
    public int Count => plan.Scale.Draws * plan.Seeds;

    /// <summary>Returns the mean of a number over draws.</summary>
    /// <param name="read">Reads the number from a draw.</param>
    /// <exception cref="NoEvidenceException">No calculations are available, or a network did not fit.</exception>
    public Estimate Mean(Func<BenignDraw, double> read) => Estimate.Mean([.. Draws().Select(read)]);

    /// <summary>Returns the smallest number over draws.</summary>
    /// <param name="read">Reads the number from a draw.</param>
    public double Least(Func<BenignDraw, double> read) => Draws().Min(read);

    /// <summary>Whether a group of results is calculated for every draw.</summary>
    /// <param name="results">The results of a draw.</param>
    public bool Has(Func<BenignDraw, IEnumerable<bool>> results) =>
        evidence.Calculations is not null && Draws().All(draw => results(draw).All(known => known));

    private IEnumerable<BenignDraw> Draws()
    {
        var calculations =
            evidence.Calculations ?? throw new NoEvidenceException("Nothing is calculated in closed form here.", isOfTheNetwork: false);
        return from seed in Enumerable.Range(1, plan.Seeds)
            from draw in Enumerable.Range(0, plan.Scale.Draws)
            select new BenignDraw(plan.Scale, calculations, seed, draw);
    }
}

/// <summary>The results of one draw, calculated on first use, each with its own file.</summary>
/// <param name="scale">The sizes.</param>
/// <param name="calculations">Where results are kept.</param>
/// <param name="seed">The seed.</param>
/// <param name="draw">The index of the draw.</param>
internal sealed class BenignDraw(BenignScale scale, Calculations calculations, long seed, int draw)
{
    internal const string CurveName = "kernel-curve";
    internal const string PathName = "kernel-path";
    internal const string LinearName = "linear-example";
    internal const string SphereName = "two-spheres";
    internal const string NetworkName = "norm-growth";

    /// <summary>Errors and norms against the number of examples.</summary>
    public KernelReading Curve(KernelShape kernel)
    {
        var key = scale.Curve(kernel, seed, draw);
        return new KernelReading(calculations.Of(CurveName, key, (load, cancel) => KernelCurve.Run(load(Named), key, cancel)));
    }

    /// <summary>Gradient descent with one label noise.</summary>
    public NoisePath Path(KernelShape kernel, double noise)
    {
        var key = scale.Path(kernel, seed, draw);
        return calculations
            .Of(PathName, key, (load, cancel) => KernelPath.Run(load(Named), key, cancel))
            .Paths.Single(path => path.Noise == noise);
    }

    /// <summary>The linear classifier of m examples.</summary>
    public LinearResult Linear(int examples)
    {
        var key = BenignScale.Linear(examples, seed, draw);
        return calculations.Of(LinearName, key, (_, _) => LinearExample.Run(key));
    }

    /// <summary>A network on m points of two spheres.</summary>
    /// <param name="examples">m.</param>
    /// <param name="fitted">Whether it must have fitted.</param>
    /// <exception cref="NoEvidenceException">It must have fitted and did not.</exception>
    public SphereResult Sphere(int examples, bool fitted = true)
    {
        var key = scale.Sphere(examples, seed, draw);
        var result = calculations.Of(SphereName, key, (_, cancel) => TwoSpheres.Run(key, cancel));
        return Fitted(result, fitted ? result.Epochs : 0, $"{examples} points on two spheres");
    }

    /// <summary>A network on m examples of the data.</summary>
    /// <param name="examples">m.</param>
    /// <param name="fitted">Whether it must have fitted.</param>
    /// <exception cref="NoEvidenceException">It must have fitted and did not.</exception>
    public NormResult Network(int examples, bool fitted = true)
    {
        var key = scale.Network(examples, seed, draw);
        var result = calculations.Of(NetworkName, key, (load, cancel) => NormGrowth.Run(load(Named), key, cancel));
        return Fitted(result, fitted ? result.Epochs : 0, $"{examples} examples");
    }

    /// <summary>Whether the curve of a kernel is calculated.</summary>
    public bool HasCurve(KernelShape kernel) => calculations.Has(CurveName, scale.Curve(kernel, seed, draw));

    /// <summary>Whether the descent of a kernel is calculated.</summary>
    public bool HasPath(KernelShape kernel) => calculations.Has(PathName, scale.Path(kernel, seed, draw));

    /// <summary>Whether a network on the spheres is trained.</summary>
    public bool HasSphere(int examples) => calculations.Has(SphereName, scale.Sphere(examples, seed, draw));

    /// <summary>Whether a network on the data is trained.</summary>
    public bool HasNetwork(int examples) => calculations.Has(NetworkName, scale.Network(examples, seed, draw));

    private DataSpec Named => new() { Name = scale.Data };

    private static T Fitted<T>(T result, int? epochs, string what) =>
        epochs is null
            ? throw new NoEvidenceException($"A network did not fit its {what} within the epochs.", isOfTheNetwork: true)
            : result;
}
