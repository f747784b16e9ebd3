namespace Rote.Audits.Checks;

/// <summary>The checks of a data set. Adding one: a class, and a line here, or <see cref="Register"/> from another assembly.</summary>
public static class DataCheckCatalog
{
    private static readonly Registry<IDataCheck> Checks = new(
        "check",
        check => check.Name,
        new RepeatedExamples(),
        new LeakedExamples(),
        new SmallClasses(),
        new WeakGroups(),
        new DarkPictures(),
        new BrightPictures(),
        new FlatPictures(),
        new BlurredPictures(),
        new OddSizes(),
        new OddShapes(),
        new Outliers()
    );

    /// <summary>All of them, in the order in which they speak.</summary>
    public static IReadOnlyList<IDataCheck> All => Checks.All;

    /// <summary>Adds a check of another assembly; adding the same one again changes nothing.</summary>
    /// <param name="check">The check, with a name of its own.</param>
    /// <exception cref="ArgumentException">A name is taken by another one.</exception>
    public static void Register(IDataCheck check) => Checks.Add(check);

    /// <summary>Takes an added one out again, as tests do.</summary>
    internal static void Remove(IDataCheck check) => Checks.Remove(check);
}
