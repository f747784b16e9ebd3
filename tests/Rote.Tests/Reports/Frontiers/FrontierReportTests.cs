using Rote.Measurement;
using Rote.Reports.Frontiers;
using Rote.Studies.Frontiers;
using Rote.Tensors;
using Rote.Tests.Support;

namespace Rote.Tests.Reports.Frontiers;

public sealed class FrontierReportTests
{
    private static readonly (string, string)[] Provenance = [("Command", "./rote frontier made-up"), ("Rote", "0.0.0")];

    [Fact]
    public void The_text() => Snapshot.Verify(FrontierReport.ToText(FrontierWorld.Create(seeds: 3)), "frontier");

    [Fact]
    public void The_page() => Snapshot.Verify(FrontierReport.ToHtml(FrontierWorld.Create(seeds: 3), Provenance), "frontier", "html");

    [Fact]
    public void Without_the_dial_there_is_no_comparison()
    {
        var all = FrontierWorld.Create();
        var some = all with
        {
            Plan = all.Plan with { Tools = [.. all.Plan.Tools.Skip(1)] },
            Runs = [.. all.Runs.Where(run => run.Cell.Target is null)],
        };
        Assert.Contains("not among the tools", FrontierReport.ToText(some), StringComparison.Ordinal);
    }

    [Fact]
    public void One_training_alone_is_compared_with_nothing()
    {
        var plan = FrontierWorld.Create().Plan with { Tools = [FrontierTool.Find("adjustable")] };
        Assert.Equal("One training for every degree; no blunt tool is beside it.", FrontierWords.Compare(new Frontier(plan, [])));
    }

    [Fact]
    public void An_attack_on_each_tool()
    {
        var frontier = FrontierWorld.Create() with { Attacks = [Attack("dial", 1), Attack("adjustable", 2) with { NotAttacked = [0] }] };
        Snapshot.Verify(FrontierReport.ToText(frontier), "frontier-privacy");
        var page = FrontierReport.ToHtml(frontier, Provenance);
        Assert.Contains("Privacy against memorization: the dial", page, StringComparison.Ordinal);
        Assert.Contains("Privacy against memorization: one training for every degree", page, StringComparison.Ordinal);
        Assert.Contains("id=\"privacy-dial\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"privacy-adjustable\"", page, StringComparison.Ordinal);
    }

    /// <summary>Scores of members lie further above those of others the larger the degree.</summary>
    private static FrontierAttack Attack(string tool, double distance)
    {
        return new FrontierAttack(tool, 8, true, [Degree(0.1), Degree(0.5), Degree(1)]);

        AttackedDegree Degree(double m)
        {
            var stream = new Seeds(1).Stream("world");
            var scores = new float[3200];
            stream.FillGaussian(scores);
            double[] members = [.. scores.Take(1600).Select(score => score + (distance * m))];
            double[] others = [.. scores.Skip(1600).Select(score => (double)score)];
            return new AttackedDegree(
                m,
                Estimate.Mean([m - 0.01, m + 0.01]),
                Estimate.Mean([0.8, 0.82]),
                MembershipAttack.Of(members, others),
                null,
                MembershipAttack.Of([.. members.Take(300)], [.. others.Take(300)])
            );
        }
    }
}
