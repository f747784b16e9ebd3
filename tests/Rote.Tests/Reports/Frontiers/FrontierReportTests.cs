using Rote.Reports.Frontiers;
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
}
