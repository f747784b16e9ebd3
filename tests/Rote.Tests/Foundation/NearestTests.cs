namespace Rote.Tests.Foundation;

public sealed class NearestTests
{
    private static readonly string[] Known = ["cifar10", "mnist", "fashion-mnist", "shapes"];

    private static readonly Gen<string> Word = Gen.String[Gen.Char["abc"], 0, 6];

    // kitten → sitting is the worked example of Wagner and Fischer's distance in most textbooks; saturday → sunday is Wikipedia's.
    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("saturday", "sunday", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("MNIST", "mnist", 0)]
    public void Distances_of_textbooks_are_found(string left, string right, int expected) =>
        Assert.Equal(expected, Nearest.Distance(left, right));

    [Fact]
    public void A_distance_is_a_metric() =>
        Gen.Select(Word, Word, Word)
            .Sample(
                (a, b, c) =>
                    Nearest.Distance(a, b) == Nearest.Distance(b, a)
                    && (Nearest.Distance(a, b) == 0) == (a == b)
                    && Nearest.Distance(a, c) <= Nearest.Distance(a, b) + Nearest.Distance(b, c)
            );

    [Theory]
    [InlineData("cifar", "cifar10")]
    [InlineData("CIFAR-10", "cifar10")]
    [InlineData("fmnist", "mnist")]
    [InlineData("fashion", "fashion-mnist")]
    [InlineData("shape", "shapes")]
    [InlineData("imagenet", null)]
    [InlineData("", null)]
    public void The_name_that_was_meant_is_found(string typed, string? expected) => Assert.Equal(expected, Nearest.To(typed, Known));

    [Fact]
    public void The_sentence_names_the_nearest_and_the_others() =>
        Assert.Equal(
            "There is no data set \"cifar\"; did you mean cifar10? (The others are mnist, fashion-mnist, shapes.)",
            Nearest.Unknown("data set", "cifar", Known).Message
        );

    [Fact]
    public void The_sentence_names_all_where_none_is_near() =>
        Assert.Equal(
            "There is no data set \"imagenet\"; choose one of cifar10, mnist, fashion-mnist, shapes.",
            Nearest.Unknown("data set", "imagenet", Known).Message
        );

    [Theory]
    [InlineData("ab", new[] { "abc" }, "There is no study \"ab\"; did you mean abc? (There is no other.)")]
    [InlineData("ab", new[] { "abc", "xyz" }, "There is no study \"ab\"; did you mean abc? (The other is xyz.)")]
    [InlineData("zzzzzz", new[] { "abc" }, "There is no study \"zzzzzz\"; the only one is abc.")]
    public void The_sentence_counts_the_others(string name, string[] known, string expected) =>
        Assert.Equal(expected, Nearest.Unknown("study", name, known).Message);
}
