using Rote.Studies;
using Rote.Studies.Claims;
using Rote.Studies.DoubleDescent;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Theory.RandomFeatures;

namespace Rote.Tests.Studies.DoubleDescent;

/// <summary>In a world that is as the papers say every claim is reproduced; and each can fail.</summary>
public sealed class DescentStudyTests
{
    private static StudyPlan Laptop => StudyCatalog.Find("double-descent").Plan(null, 1, Precision.Float32);

    [Fact]
    public void In_the_papers_world_every_claim_is_reproduced() => Assert.Equal("", Failed(Papers));

    [Fact]
    public void Where_more_features_only_ever_hurt_every_claim_fails_but_that_of_fitting() =>
        Assert.Equal(Laptop.Claims().Where(claim => !claim.Id.EndsWith("/fits", StringComparison.Ordinal)).Select(c => c.Id), Ids(Hurting));

    [Fact]
    public void Where_nothing_is_fitted_that_is_said() =>
        Assert.Equal("fourier/fits relu/fits", Failed(point => Papers(point) with { TrainWrong = 0.1 }));

    [Fact]
    public void Claims_have_names_of_their_own_and_need_no_run()
    {
        var claims = Laptop.Claims();
        Assert.Equal(26, claims.Select(claim => claim.Id).Distinct().Count());
        Assert.Empty(Laptop.Requests(claims));
    }

    [Fact]
    public void Without_a_place_for_calculations_there_is_no_verdict() =>
        Assert.All(Ledger.Of(Laptop.Claims(), new Evidence([])).Findings, f => Assert.Equal(ClaimVerdict.NotRun, f.Verdict));

    [Fact]
    public void A_result_is_read_again_and_a_damaged_one_is_one_sentence()
    {
        using var folder = new TempFolder();
        var key = DescentScale.All[0].Sweep(FeatureMap.Relu, 1, 0);
        var made = Calculations(folder).Of("sweep", key, (_, _) => Fake(key, Papers));
        var again = Calculations(folder).Of<SweepOptions, SweepResult>("sweep", key, (_, _) => throw new InvalidOperationException());
        Assert.Equal(made.Points, again.Points);
        var file = Assert.Single(Directory.GetFiles(folder.Path));
        foreach (var text in new[] { "", "{", "null", "[]", "{\"key\": 1}" })
        {
            File.WriteAllText(file, text);
            var error = Assert.Throws<InputException>(() =>
                Calculations(folder).Of<SweepOptions, SweepResult>("sweep", key, (_, _) => throw new InvalidOperationException())
            );
            Assert.Contains("; delete it, and it is calculated again.", error.Message, StringComparison.Ordinal);
        }

        File.Delete(file);
        Assert.Equal(made.Points, Calculations(folder).Of("sweep", key, (_, _) => Fake(key, Papers)).Points);
    }

    private static Calculations Calculations(TempFolder folder) => new(folder.Path, _ => throw new InvalidOperationException());

    private static string Failed(Func<SweepPoint, SweepPoint> world) => string.Join(' ', Ids(world));

    private static string[] Ids(Func<SweepPoint, SweepPoint> world)
    {
        using var folder = new TempFolder();
        var calculations = Calculations(folder);
        foreach (var map in new[] { FeatureMap.Fourier, FeatureMap.Relu })
        {
            for (var draw = 0; draw < DescentScale.Find("laptop").Draws; draw++)
            {
                var key = DescentScale.Find("laptop").Sweep(map, 1, draw);
                calculations.Of("double-descent", key, (_, _) => Fake(key, world));
            }
        }

        var ledger = Ledger.Of(Laptop.Claims(), new Evidence([], calculations: calculations));
        return [.. ledger.Findings.Where(f => f.Verdict == ClaimVerdict.NotReproduced).Select(f => f.Claim.Id)];
    }

    private static SweepResult Fake(SweepOptions options, Func<SweepPoint, SweepPoint> world) =>
        new([
            .. from cell in options.Cells
            from noise in options.Noises
            from ridge in options.Ridges
            select world(new SweepPoint(cell.Examples, cell.Features, noise, ridge, 0, 0, 0, 0, 0)),
        ]);

    /// <summary>A peak at N = n that wrong labels raise and a ridge takes away, over a slow descent.</summary>
    private static SweepPoint Papers(SweepPoint point)
    {
        var ratio = (double)point.Features / point.Examples;
        var descent = 0.5 / (1 + (0.1 * ratio));
        var peak = point.Ridge > 0 ? 0 : (1 + (3 * point.Noise)) / (1 + (20 * Math.Abs(Math.Log(ratio))));
        return point with
        {
            TestWrong = Math.Min(0.9, descent + (0.3 * peak)),
            TestSquare = descent + (20 * peak),
            ChoiceSquare = descent + (20 * peak),
            Norm = descent + (20 * peak),
        };
    }

    private static SweepPoint Hurting(SweepPoint point)
    {
        var size = Math.Pow(point.Features, 0.1) - (point.Noise > 0 ? 0.1 : 0) + (point.Examples < 500 ? 1 : 0);
        return point with { TestWrong = size / 200, TestSquare = size, ChoiceSquare = size, Norm = size };
    }
}
