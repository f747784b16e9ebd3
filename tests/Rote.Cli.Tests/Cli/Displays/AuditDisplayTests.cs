using Rote.Audits;
using Rote.Cli;
using Rote.Cli.Displays;

namespace Rote.Tests.Cli.Displays;

public sealed class AuditDisplayTests : IDisposable
{
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void A_line_says_which_network_how_fast_and_how_much_time_is_used()
    {
        var display = new AuditDisplay(new Screen(json: false, quiet: false, _output, TextWriter.Null), new AuditBudget(), null);
        Assert.Equal(
            "network 3: 25 % done, 3,210 examples/s; 2 finished, 2 min 10 s of 15 min 00 s used",
            display.Line(new AuditProgress("Training", 2, 1, 0.25, 3210, TimeSpan.FromSeconds(130)))
        );
        Assert.Equal(
            "networks 3 and 4: 25 % done, 3,210 examples/s; 2 finished, 2 min 10 s of 15 min 00 s used",
            display.Line(new AuditProgress("Training", 2, 2, 0.25, 3210, TimeSpan.FromSeconds(130)))
        );
        Assert.StartsWith(
            "networks 3 to 10: ",
            display.Line(new AuditProgress("Training", 2, 8, 0.25, 3210, TimeSpan.FromSeconds(130))),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "Looking for duplicates; 1 network finished, 59.5 s used",
            display.Line(new AuditProgress("Looking for duplicates", 1, 0, 0, 0, TimeSpan.FromSeconds(59.5)))
        );
        Assert.Equal(
            "Judging by frozen features, 25 % done; 0 networks finished, 59.5 s used",
            display.Line(new AuditProgress("Judging by frozen features", 0, 0, 0.25, 0, TimeSpan.FromSeconds(59.5))).Replace('\u00A0', ' ')
        );
    }

    [Fact]
    public void Elsewhere_than_on_a_terminal_there_is_a_line_a_network()
    {
        var display = new AuditDisplay(new Screen(json: false, quiet: false, _output, TextWriter.Null), new AuditBudget(), null);
        foreach (var finished in new[] { 0, 0, 1, 1, 2 })
        {
            display.Report(new AuditProgress("Training", finished, 1, 0.5, 100, TimeSpan.Zero));
        }

        Assert.Equal(
            ["network 2", "network 3"],
            _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':')[0])
        );
    }
}
