using Rote.Reports.Reproductions;
using Rote.Studies;
using Rote.Studies.BenignKernels;
using Rote.Studies.BenignKernels.Networks;
using Rote.Studies.Claims;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Theory.KernelCurves;
using Rote.Theory.UniformConvergence;

namespace Rote.Tests.Studies.BenignKernels;

/// <summary>In a world that is as the papers say every claim is reproduced; and each can fail.</summary>
public sealed class BenignStudyTests
{
    private static StudyPlan Laptop => StudyCatalog.Find("benign-kernels").Plan(null, 1, Precision.Float32);

    [Fact]
    public void In_the_papers_world_every_claim_is_reproduced() => Assert.Equal("", string.Join(' ', Failed(new World())));

    [Fact]
    public void In_the_opposite_world_every_claim_fails() => Assert.Equal(Laptop.Claims().Select(c => c.Id), Failed(new Opposite()));

    [Fact]
    public void A_network_that_does_not_fit_is_not_reproduced_with_the_reason()
    {
        var findings = Findings(new Unfitted());
        var networks = findings.Where(f => f.Claim.Group == "networks").ToArray();
        Assert.Equal(4, networks.Length);
        Assert.All(networks, finding => Assert.Equal(ClaimVerdict.NotReproduced, finding.Verdict));
        Assert.All(networks, finding => Assert.Equal("A network did not fit its 128 examples within the epochs.", finding.Note));
    }

    [Fact]
    public void Figures_are_drawn_of_what_is_there()
    {
        using var folder = new TempFolder();
        var empty = new Evidence([], calculations: Empty(folder));
        Assert.Empty(Laptop.Figures(empty));
        Assert.Equal(
            "laplacian-error laplacian-norm laplacian-bound gaussian-error gaussian-norm gaussian-bound "
                + "gaussian-stopping spheres networks",
            string.Join(' ', Laptop.Figures(Of(folder, new Unfitted())).Select(figure => figure.Id))
        );
    }

    [Fact]
    public void Claims_have_names_of_their_own_and_need_no_run()
    {
        var claims = Laptop.Claims();
        Assert.Equal(claims.Count, claims.Select(claim => claim.Id).Distinct().Count());
        Assert.All(claims, claim => Assert.NotEqual("", claim.Criterion.Why));
        Assert.Empty(Laptop.Requests(claims));
    }

    [Fact]
    public void Without_a_place_for_calculations_there_is_no_verdict() =>
        Assert.All(Ledger.Of(Laptop.Claims(), new Evidence([])).Findings, f => Assert.Equal(ClaimVerdict.NotRun, f.Verdict));

    [Fact]
    public void Every_draw_has_a_file_of_its_own_and_is_not_calculated_again()
    {
        using var folder = new TempFolder();
        Of(folder, new World());
        var scale = BenignScale.Find("laptop");
        var each = 2 + 2 + scale.LinearSizes.Count + scale.SphereSizes.Count + scale.NetworkSizes.Count;
        Assert.Equal(scale.Draws * each, Directory.GetFiles(folder.Path).Length);

        // Loading data throws here: every result is read.
        var again = new Evidence([], calculations: Empty(folder));
        Assert.All(Ledger.Of(Laptop.Claims(), again).Findings, f => Assert.Equal(ClaimVerdict.Reproduced, f.Verdict));
    }

    [Fact]
    public void The_criteria_are_pinned() =>
        Snapshot.Verify(
            string.Concat(Laptop.Claims().Select(claim => $"{claim.Id} · {claim.Source}\n  {claim.Statement}\n  {claim.Criterion}\n\n")),
            "criteria"
        );

    [Fact]
    public void The_ledger_for_a_terminal() => Snapshot.Verify(ReproductionReport.ToText(Result()), "ledger");

    [Fact]
    public void The_page() => Snapshot.Verify(ReproductionReport.ToHtml(Result()), "benign-kernels", "html");

    [Fact]
    public void An_unknown_scale_is_answered_with_the_known_ones()
    {
        var study = StudyCatalog.Find("benign-kernels");
        var error = Assert.Throws<InputException>(() => study.Plan("laptob", 1, Precision.Float32));
        Assert.Contains("did you mean laptop? (The other is smoke.)", error.Message, StringComparison.Ordinal);
        Assert.True(study.Plan("smoke", 1, Precision.Float32).IsRehearsal);
    }

    private static Reproduction Result()
    {
        using var folder = new TempFolder();
        var (plan, evidence) = (Laptop, Of(folder, new World()));
        return Reproduction.Of(StudyCatalog.Find("benign-kernels"), plan, plan.Claims(), evidence, claim => $"--only {claim.Id}", []);
    }

    private static IEnumerable<string> Failed(World world) =>
        Findings(world).Where(f => f.Verdict == ClaimVerdict.NotReproduced).Select(f => f.Claim.Id);

    private static IReadOnlyList<Finding> Findings(World world)
    {
        using var folder = new TempFolder();
        return Ledger.Of(Laptop.Claims(), Of(folder, world)).Findings;
    }

    private static Calculations Empty(TempFolder folder) => new(folder.Path, _ => throw new InvalidOperationException());

    /// <summary>The evidence of a world: every result is put in its place.</summary>
    private static Evidence Of(TempFolder folder, World world)
    {
        var (calculations, scale) = (Empty(folder), BenignScale.Find("laptop"));
        for (var draw = 0; draw < scale.Draws; draw++)
        {
            foreach (var kernel in new[] { KernelShape.Gaussian, KernelShape.Laplacian })
            {
                calculations.Of(BenignDraw.CurveName, scale.Curve(kernel, 1, draw), (_, _) => world.Curve(scale.Curve(kernel, 1, 0)));
                calculations.Of(BenignDraw.PathName, scale.Path(kernel, 1, draw), (_, _) => world.Path(scale.Path(kernel, 1, 0)));
            }

            foreach (var size in scale.LinearSizes)
            {
                calculations.Of(BenignDraw.LinearName, BenignScale.Linear(size, 1, draw), (_, _) => world.Linear());
            }

            foreach (var size in scale.SphereSizes)
            {
                calculations.Of(BenignDraw.SphereName, scale.Sphere(size, 1, draw), (_, _) => world.Sphere(size));
            }

            foreach (var size in scale.NetworkSizes)
            {
                calculations.Of(BenignDraw.NetworkName, scale.Network(size, 1, draw), (_, _) => world.Network(size));
            }
        }

        return new Evidence([], calculations: calculations);
    }

    /// <summary>As the papers say.</summary>
    private class World
    {
        public KernelCurveResult Curve(KernelCurveOptions options) =>
            new(
                1,
                [
                    .. from size in options.Sizes
                    from noise in options.Noises
                    from ridge in options.Ridges
                    select Point(options.Task.Kernel, size, noise, ridge),
                ]
            );

        public KernelPathResult Path(KernelPathOptions options) =>
            new(1, [.. options.Noises.Select(noise => Descent(options.Task.Kernel, noise))]);

        public virtual LinearResult Linear() => new(0, 0.003, 1, 1);

        public virtual SphereResult Sphere(int size) => new(9, 0, 5.0 / size, 0.98, 5.0 / size);

        public virtual NormResult Network(int size) => new(9, 0, Math.Pow(size, -0.4), Math.Sqrt(size), size, Math.Sqrt(size));

        protected virtual KernelPoint Point(KernelShape kernel, int size, double noise, double ridge)
        {
            var error = noise == 1 ? 0.9 : (0.5 * Math.Pow(size, -0.2)) + (0.2 * noise * (ridge > 0 ? 0.5 : 1));
            var norm = ridge > 0 ? Math.Pow(size, 0.3) : Math.Pow(size, 0.4) + (noise * Math.Exp(size / 2000.0) * Math.Sqrt(size) * 5);
            return new KernelPoint(size, noise, ridge, 0, 0, error, ridge, norm);
        }

        protected virtual NoisePath Descent(KernelShape kernel, double noise)
        {
            var last = (kernel == KernelShape.Gaussian ? 200 : 20) * (noise == 1 ? 2 : 1);
            return new NoisePath(
                noise,
                last,
                [new(1, 0.5, 0.4), new(2, 0.2, 0.19), .. Middle(last), new(last, 0, 0.2), new(null, 0, 0.195)]
            );
        }
    }

    /// <summary>Two points for each doubling, as a path has them.</summary>
    private static IEnumerable<PathPoint> Middle(long last) =>
        Enumerable
            .Range(3, 40)
            .Select(half => (long)Math.Round(Math.Pow(2, half / 2.0)))
            .TakeWhile(step => step < last)
            .Select(step => new PathPoint(step, 0.1, 0.2));

    private sealed class Opposite : World
    {
        public override LinearResult Linear() => new(0, 0.3, 0.3, 1);

        public override SphereResult Sphere(int size) => new(9, 0, 0.2, 0.1, 0.9);

        public override NormResult Network(int size) => new(9, 0, Math.Pow(size, 0.4), 1 / Math.Sqrt(size), 1.0 / size, 1.0 / size);

        protected override KernelPoint Point(KernelShape kernel, int size, double noise, double ridge) =>
            new(
                size,
                noise,
                ridge,
                0.1,
                0,
                0.2 + (size / 1e5) + (0.5 * noise),
                ridge,
                Math.Pow(Math.Log(size), 1 - (noise / 2)) * (ridge > 0 ? size : 1)
            );

        protected override NoisePath Descent(KernelShape kernel, double noise) =>
            new(noise, noise == 1 ? 80 : 20, [new(1, 0.5, 0.1), new(20, 0, 0.2), new(null, 0, 0.3)]);
    }

    private sealed class Unfitted : World
    {
        public override NormResult Network(int size) => base.Network(size) with { Epochs = null };
    }
}
