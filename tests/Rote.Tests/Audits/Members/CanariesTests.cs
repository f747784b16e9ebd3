using Rote.Audits.Members;
using Rote.Tensors;

namespace Rote.Tests.Audits.Members;

public sealed class CanariesTests
{
    private const int Classes = 4;

    private static readonly int[] Labels = [.. Enumerable.Range(0, 400).Select(i => i % Classes)];

    [Fact]
    public void No_canary_has_its_given_label_and_none_is_drawn_twice()
    {
        var canaries = Draw().Confuse(Labels, Confusion, new Seeds(1));
        Assert.Equal(100, canaries.Example.Distinct().Count());
        Assert.All(Enumerable.Range(0, 100), c => Assert.NotEqual(Labels[canaries.Example[c]], canaries.Label[c]));
        Assert.Equal(Classes, canaries.Label.Distinct().Count());
    }

    [Fact]
    public void Confusable_labels_follow_the_confusion()
    {
        var canaries = Draw().Confuse(Labels, Confusion, new Seeds(1));
        var confusable = Enumerable.Range(50, 50).ToArray();
        Assert.All(confusable, c => Assert.Equal(CanaryKind.Confusable, canaries.Kind[c]));
        // class 0 is taken for 2 alone
        Assert.All(confusable.Where(c => Labels[canaries.Example[c]] == 0), c => Assert.Equal(2, canaries.Label[c]));
        Assert.All(confusable, c => Assert.InRange(canaries.Label[c], 0, Classes - 1)); // class 3 is taken for nothing: any other
    }

    [Fact]
    public void Only_those_whose_turn_it_is_are_planted()
    {
        var canaries = Draw();
        var turn = new bool[Labels.Length];
        turn[canaries.Example[0]] = turn[canaries.Example[60]] = true; // the second one has no label before the first member
        var planted = canaries.Plant(Labels, turn);
        Assert.Equal([canaries.Example[0]], Enumerable.Range(0, Labels.Length).Where(i => planted[i] != Labels[i]));
        Assert.Equal(canaries.Label[0], planted[canaries.Example[0]]);
    }

    private static readonly double[][] Confusion =
    [
        [9, 0, 1, 0],
        [1, 8, 0, 1],
        [0, 0.5, 9, 0.5],
        [0, 0, 0, 10],
    ];

    private static Canaries Draw() => Canaries.Draw(Labels, Classes, 50, new Seeds(1));
}
