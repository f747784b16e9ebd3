namespace Rote.Training.Schedules;

/// <summary>The schedules that the command knows by name: the names they have in an experiment's record.</summary>
public static class ScheduleCatalog
{
    /// <summary>Names to offer; a number in brackets may be given.</summary>
    public static IReadOnlyList<string> Names { get; } = ["constant", "exponential[=0.95]", "step[=30]", "cosine", "one-cycle[=0.25]"];

    /// <summary>Finds a schedule by its name.</summary>
    /// <param name="name">One of <see cref="Names"/>: <c>exponential=F</c> the factor an epoch, <c>step=N</c> epochs between changes, <c>one-cycle=S</c>
    /// the share of training in which the step size rises.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="InputException">The name is not known, or its number is out of range.</exception>
    public static Schedule Find(string name) => NamedValue.Of("schedule", name) switch
    {
        ("constant", null) => new ConstantSchedule(),
        ("cosine", null) => new CosineSchedule(),
        ("exponential", null) => new ExponentialSchedule(),
        ("exponential", { } decay) => new ExponentialSchedule { Decay = decay },
        ("step", null) => new StepSchedule(),
        ("step", { } every) when double.IsInteger(every) && every <= int.MaxValue => new StepSchedule { Every = (int)every },
        ("one-cycle", null) => new OneCycleSchedule(),
        ("one-cycle", { } share) => new OneCycleSchedule { WarmUp = share },
        _ => throw Nearest.Unknown("schedule", name, Names),
    };
}
