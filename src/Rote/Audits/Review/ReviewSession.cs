namespace Rote.Audits.Review;

/// <summary>One reviewer at work on an audit. Safe to call from several threads.</summary>
/// <param name="set">The audit.</param>
/// <param name="log">Its decisions.</param>
/// <param name="queue">The order in which examples are looked at.</param>
/// <param name="reviewer">Who reviews.</param>
/// <param name="time">The clock.</param>
public sealed class ReviewSession(ReviewSet set, DecisionLog log, ReviewQueue queue, string reviewer, TimeProvider time)
{
    /// <summary>Longest name of a reviewer, in characters.</summary>
    public const int LongestName = 60;

    private readonly Lock _gate = new();
    private (int Version, ReviewEstimate Estimate)? _estimate;

    /// <summary>The audit.</summary>
    public ReviewSet Set => set;

    /// <summary>Its decisions.</summary>
    public DecisionLog Log => log;

    /// <summary>The order in which examples are looked at.</summary>
    public ReviewQueue Queue => queue;

    /// <summary>Who reviews.</summary>
    public string Reviewer { get; } = Named(reviewer);

    /// <summary>Whether examples on which others have decided are passed over.</summary>
    public bool Share { get; init; }

    /// <summary>Decides.</summary>
    /// <param name="id">The example.</param>
    /// <param name="choice">What is said of its label.</param>
    /// <param name="newLabel">The right class, for <see cref="ReviewChoice.Change"/>; else null.</param>
    /// <exception cref="InputException">There is no such example or class, or the class does not belong to the choice.</exception>
    /// <exception cref="MachineException">It cannot be kept.</exception>
    public void Decide(int id, ReviewChoice choice, string? newLabel = null)
    {
        if (id < 0 || id >= set.Examples.Count)
        {
            throw new InputException($"There is no example {id}, expected 0 to {set.Examples.Count - 1}.");
        }

        if (choice is not (ReviewChoice.Keep or ReviewChoice.Change or ReviewChoice.Drop or ReviewChoice.Unsure))
        {
            throw new InputException("A decision is keep, change, drop or unsure.");
        }

        var example = set.Examples[id];
        var label = set.ClassNames[example.Label];
        if ((choice == ReviewChoice.Change) != (newLabel is not null) || (newLabel is not null && !set.ClassNames.Contains(newLabel)))
        {
            throw new InputException($"The new class of {example.Identity.Name} is no class of the audit; choose one of its classes.");
        }

        log.Add(
            new ReviewDecision
            {
                Audit = set.Audit[..12],
                File = example.Identity.File,
                Row = example.Identity.Row,
                Label = label,
                Decision = newLabel == label ? ReviewChoice.Keep : choice,
                NewLabel = newLabel == label ? null : newLabel,
                Reviewer = Reviewer,
                Time = time.GetUtcNow(),
                Control = queue.IsControl(id),
            }
        );
    }

    /// <summary>Takes the last decision of this reviewer back.</summary>
    /// <returns>The example; null where there is nothing to take back.</returns>
    /// <exception cref="MachineException">That cannot be kept.</exception>
    public int? Undo() => log.Undo(Reviewer, time.GetUtcNow());

    /// <summary>The next place whose example this reviewer has not decided on.</summary>
    /// <param name="from">The first place to look at.</param>
    /// <returns>Null where all from there on are decided.</returns>
    public int? NextOpen(int from)
    {
        for (var place = Math.Max(0, from); place < queue.Count; place++)
        {
            if (IsOpen(queue[place]))
            {
                return place;
            }
        }

        return null;
    }

    /// <summary>Whether an example waits for this reviewer.</summary>
    /// <param name="id">The example.</param>
    public bool IsOpen(int id) => log.Of(id, Reviewer) is null && !(Share && log.IsDecidedByOthers(id, Reviewer));

    /// <summary>How many labels are wrong by now.</summary>
    public ReviewEstimate Estimate()
    {
        lock (_gate)
        {
            log.Refresh();
            if (_estimate is not { } known || known.Version != log.Version)
            {
                _estimate = known = (log.Version, ReviewEstimate.Of(set, queue, log));
            }

            return known.Estimate;
        }
    }

    private static string Named(string reviewer)
    {
        var name = reviewer.Trim();
        return name.Length is >= 1 and <= LongestName && !name.Any(char.IsControl)
            ? name
            : throw new InputException(
                $"The reviewer's name has {name.Length} characters, expected 1 to {LongestName} that can be printed."
            );
    }
}
