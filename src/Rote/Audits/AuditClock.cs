using System.Diagnostics;
using Rote.Audits.Members;

namespace Rote.Audits;

/// <summary>How much of an audit's time is used, by all its sessions and processes.</summary>
/// <param name="budget">The audit's.</param>
/// <remarks>This session counts by its wall time from the beginning on, members that others trained by their share of theirs.</remarks>
internal sealed class AuditClock(AuditBudget budget)
{
    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly Lock _taking = new(); // members are trained side by side
    private readonly HashSet<int> _counted = []; // members whose time is in what is used
    private double _others; // seconds of members that other sessions and processes trained
    private double _longest; // seconds of the member that took longest

    /// <summary>Seconds used so far.</summary>
    public double Used => _others + Stopwatch.GetElapsedTime(_begun).TotalSeconds;

    /// <summary>Whether one more member would end within the budget.</summary>
    public bool HasTimeForAnother => Used + (1.05 * _longest) <= budget.Time.TotalSeconds;

    /// <summary>Whether the first ranking is due: after a fifth of the budget, or earlier where the next members would end after a third of
    /// it; at once where time has no limit.</summary>
    public bool IsTimeForRanking =>
        budget.Time == AuditBudget.Unlimited || Used >= budget.Time.TotalSeconds / 5 || Used + _longest > budget.Time.TotalSeconds / 3;

    /// <summary>A member of this session is trained: its time is part of the session's.</summary>
    /// <param name="member">From 0.</param>
    /// <param name="time">What it took.</param>
    public void Trained(int member, MemberTime time)
    {
        lock (_taking)
        {
            _counted.Add(member);
            _longest = Math.Max(_longest, time.Seconds);
        }
    }

    /// <summary>A finished member is found; it counts if it is not this session's, and once.</summary>
    /// <param name="member">From 0.</param>
    /// <param name="time">What it took.</param>
    public void Found(int member, MemberTime time)
    {
        lock (_taking)
        {
            _others += _counted.Add(member) ? time.Share : 0;
            _longest = Math.Max(_longest, time.Seconds);
        }
    }

    /// <summary>Counts what others have finished since.</summary>
    /// <param name="folder">The audit's folder.</param>
    /// <exception cref="InputException">The file of a member is damaged.</exception>
    public void Look(AuditFolder folder)
    {
        foreach (var member in Enumerable.Range(0, budget.Time == AuditBudget.Unlimited ? 0 : budget.Members))
        {
            if (!_counted.Contains(member) && folder.TimeOf(member) is { } time)
            {
                Found(member, time);
            }
        }
    }
}
