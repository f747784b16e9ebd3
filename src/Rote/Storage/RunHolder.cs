namespace Rote.Storage;

/// <summary>Who works on a run, as far as an observer can see.</summary>
/// <param name="Host">The machine.</param>
/// <param name="IsHere">Whether it is this machine, and on it the same space of processes (a container has its own).</param>
public sealed record RunHolder(string Host, bool IsHere)
{
    /// <summary>Looks at a run's claim and lock; writes nothing, and blocks others for an instant at most.</summary>
    /// <param name="run">The run's folder, as a full path.</param>
    /// <returns>Null where nobody is seen. A claim of another machine counts while its file is at most five minutes old by this machine's
    /// clock, so that a clock that is far off hides it.</returns>
    public static RunHolder? Look(string run) =>
        RunClaim.SeenOf(run) is { } owner ? new RunHolder(owner.Host, owner.Space == ProcessSpace.Tag)
        : RunLock.IsHeld(run) ? new RunHolder(Environment.MachineName, true)
        : null;
}
