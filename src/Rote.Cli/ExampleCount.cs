using Rote.Data;

namespace Rote.Cli;

/// <summary>How many examples are taken where the user names a number.</summary>
internal static class ExampleCount
{
    /// <summary>A data set cut as the user asks.</summary>
    /// <param name="screen">Where to say that there are fewer.</param>
    /// <param name="spec">The whole set.</param>
    /// <param name="data">Its examples.</param>
    /// <param name="examples">The value of <c>--examples</c>; null: all.</param>
    /// <param name="testExamples">That of <c>--test-examples</c>; null: all.</param>
    /// <returns>The set with numbers that are there, so that one experiment has one record.</returns>
    /// <exception cref="InputException">A number is below 1.</exception>
    public static DataSpec Fit(Screen screen, DataSpec spec, DatasetSplits data, int? examples, int? testExamples = null) =>
        spec with
        {
            Examples = Fit(screen, "--examples", examples, data.Train.Count, $"training examples of {spec.Name}"),
            TestExamples = Fit(screen, "--test-examples", testExamples, data.Test.Count, $"test examples of {spec.Name}"),
        };

    private static int? Fit(Screen screen, string option, int? asked, int there, string what)
    {
        if (asked is not { } count || count <= there)
        {
            return asked;
        }

        screen.Line($"{option} is {count:N0}, and there are {there:N0} {what}: all of them are taken.");
        return there;
    }
}
