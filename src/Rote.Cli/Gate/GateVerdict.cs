using System.Text.Json.Serialization;
using Rote.Audits.Scoring;
using Rote.Reports;

namespace Rote.Cli.Gate;

/// <summary>An audit's answer to "fail if more than this share of the labels is wrong".</summary>
internal enum GateState
{
    /// <summary>It is not shown that more are wrong; that is no proof that fewer are.</summary>
    Passed,

    /// <summary>More are wrong.</summary>
    Failed,

    /// <summary>There is no count, so nobody can say.</summary>
    Untold,
}

/// <summary>Whether an audit passes the gate.</summary>
/// <param name="Limit">The share that must not be exceeded, in [0, 1).</param>
/// <param name="Low">The lower end of the count, in [0, 1]; NaN where there is no count.</param>
internal sealed record GateVerdict(double Limit, double Low)
{
    /// <summary>The verdict.</summary>
    public GateState State =>
        double.IsNaN(Low) ? GateState.Untold
        : Low > Limit ? GateState.Failed
        : GateState.Passed;

    /// <summary>The exit code of the process. An unanswered question is not a pass: a gate that opens where nothing is known guards
    /// nothing.</summary>
    [JsonIgnore]
    public int ExitCode => State == GateState.Passed ? Cli.ExitCode.Done : Cli.ExitCode.CheckFailed;

    /// <summary>The verdict in one sentence.</summary>
    public string Sentence =>
        State switch
        {
            GateState.Failed => $"Failed: at least {Share(Low, Limit)} of the labels are wrong (lower end of the 95\u00A0% interval), more "
                + $"than the {Numbers.Level(Limit)} of {GateOptions.FailOverName}.",
            GateState.Passed => $"Passed: that more than {Numbers.Level(Limit)} of the labels are wrong is not shown; the lower end of the "
                + $"count is {Share(Low, Limit)}.",
            _ => $"Not passed: this audit cannot count wrong labels, so nobody can say whether more than {Numbers.Level(Limit)} are "
                + $"({GateOptions.FailOverName}).",
        };

    /// <summary>The verdict on an audit.</summary>
    /// <param name="wrong">Its count.</param>
    /// <param name="areWeak">Whether its networks are too weak to count: their evidence then counts against the labels, and never for
    /// them.</param>
    /// <param name="limit">The share that must not be exceeded.</param>
    public static GateVerdict Of(WrongLabels wrong, bool areWeak, double limit) =>
        new(limit, wrong is { IsTold: true, MayBeHidden: false } && (wrong.Low > limit || !areWeak) ? wrong.Low : double.NaN);

    /// <summary>With as many digits as it takes to be told from the limit.</summary>
    private static string Share(double low, double limit)
    {
        var text = $"{(100 * low).ToString("0.0")}\u00A0%";
        return low != limit && text == $"{(100 * limit).ToString("0.0")}\u00A0%" ? $"{(100 * low).ToString("0.0###")}\u00A0%" : text;
    }
}
