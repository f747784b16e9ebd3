namespace Rote.Training.Schedules;

/// <summary>The schedules that the command knows by name: the names they have in an experiment's record.</summary>
public static class ScheduleCatalog
{
    private static readonly string[] BuiltIn = ["constant", "exponential[=0.95]", "step[=30]", "cosine", "one-cycle[=0.25]"];

    private static readonly Additions<Schedule> Added = new("schedule", name => BuiltIn.Any(taken => taken.Split('[')[0] == name));

    /// <summary>Names to offer; a number in brackets may be given.</summary>
    public static IReadOnlyList<string> Names => [.. BuiltIn, .. Added.Names];

    /// <summary>Finds a schedule by its name.</summary>
    /// <param name="name">One of <see cref="Names"/>: <c>exponential=F</c> the factor an epoch, <c>step=N</c> epochs between changes,
    /// <c>one-cycle=S</c>
    /// the share of training in which the step size rises.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="InputException">The name is not known, or its number is out of range.</exception>
    public static Schedule Find(string name) =>
        NamedValue.Of("schedule", name) switch
        {
            ("constant", null) => new ConstantSchedule(),
            ("cosine", null) => new CosineSchedule(),
            ("exponential", null) => new ExponentialSchedule(),
            ("exponential", { } decay) => new ExponentialSchedule { Decay = decay },
            ("step", null) => new StepSchedule(),
            ("step", { } every) when double.IsInteger(every) && every <= int.MaxValue => new StepSchedule { Every = (int)every },
            ("one-cycle", null) => new OneCycleSchedule(),
            ("one-cycle", { } share) => new OneCycleSchedule { WarmUp = share },
            _ => Added.Find(name) ?? throw Nearest.Unknown("schedule", name, Names),
        };

    /// <summary>Adds a schedule of another assembly, which then has a name as these have; see samples/Extending.</summary>
    /// <typeparam name="TMember">A record, whose public properties are its numbers.</typeparam>
    /// <param name="name">Lower-case letters, digits and hyphens; the name in an experiment's record too.</param>
    /// <param name="create">Makes it from the number in <c>name=NUMBER</c>; null where the user gives none.</param>
    /// <exception cref="ArgumentException">The name is none, or is taken.</exception>
    public static void Register<TMember>(string name, Func<double?, TMember> create)
        where TMember : Schedule => Added.Add(name, create);
}
