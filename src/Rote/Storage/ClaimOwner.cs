namespace Rote.Storage;

/// <summary>The process that makes a run, as written in the file of a claim.</summary>
internal sealed record ClaimOwner
{
    /// <summary>The machine's name.</summary>
    public required string Host { get; init; }

    /// <summary>The process space in which its process number is valid.</summary>
    public required string Space { get; init; }

    /// <summary>Its process number.</summary>
    public required int Process { get; init; }

    /// <summary>When that process was started, in ticks of its machine; 0 where that is not known.</summary>
    public required long ProcessStarted { get; init; }

    /// <summary>When it began, by its own clock. For display only; nothing is decided by it.</summary>
    public required DateTimeOffset Since { get; init; }

    private static readonly long StartOfThis = ProcessSpace.Started(Environment.ProcessId);

    /// <summary>This process.</summary>
    public static ClaimOwner Now() =>
        new()
        {
            Host = Environment.MachineName,
            Space = ProcessSpace.Tag,
            Process = Environment.ProcessId,
            ProcessStarted = StartOfThis,
            Since = TimeProvider.System.GetUtcNow(),
        };

    /// <summary>Whether its process is certainly gone; only a process of the same space can tell.</summary>
    public bool IsDead() => Space == ProcessSpace.Tag && !ProcessSpace.IsAlive(Process, ProcessStarted);
}
