using Rote.Data;

namespace Rote.Cli;

/// <summary>How many examples are taken where the user names a number.</summary>
internal static class ExampleCount
{
    /// <summary>A data set cut as the user asks.</summary>
    /// <param name="screen">Where to say that there are fewer.</param>
    /// <param name="spec">The whole set, or its test examples from one on.</param>
    /// <param name="data">Its examples.</param>
    /// <param name="examples">The value of <c>--examples</c>; null: all.</param>
    /// <param name="testExamples">That of <c>--test-examples</c>; null: all.</param>
    /// <returns>The set with numbers that are there, so that one experiment has one record.</returns>
    /// <exception cref="InputException">A number is below 1, or no test example is left.</exception>
    public static DataSpec Fit(Screen screen, DataSpec spec, DatasetSplits data, int? examples, int? testExamples = null) =>
        spec with
        {
            Examples = Fit(screen, "--examples", examples, data.Train.Count, $"training examples of {spec.Name}"),
            TestExamples = Fit(
                screen,
                "--test-examples",
                testExamples,
                spec.TestsIn(data),
                $"test examples of {spec.Name}{(spec.TestFrom is { } from ? $" from {from:N0} on" : "")}"
            ),
        };

    /// <summary>The examples of an audit.</summary>
    /// <param name="screen">Where to say that there are fewer.</param>
    /// <param name="name">The data's.</param>
    /// <param name="data">Its examples; those that the reader set aside for testing are audited too.</param>
    /// <param name="examples">The value of <c>--examples</c>; null: all.</param>
    /// <returns>Null where these are all, so that one audit has one record.</returns>
    public static int? OfAudit(Screen screen, string name, DatasetSplits data, int? examples)
    {
        var there = data.Train.Count + (data.Origin == SplitOrigin.SetAside ? data.Test.Count : 0);
        return Fit(screen, "--examples", examples, there, $"examples of {name} to audit") is { } some && some < there ? some : null;
    }

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
