namespace Rote.Measurement;

/// <summary>Which labels confident learning prunes (prune by class, by noise rate): as many as the confident joint counts, the least
/// likely first.</summary>
/// <remarks>docs/reference/measures/confident-joint.md. Source: Northcutt, Jiang and Chuang 2021 (arXiv:1911.00068), section 3.2. Numbers
/// of examples are rounded to whole ones; of equally likely labels the earlier is pruned first.</remarks>
public static class ConfidentPruning
{
    /// <summary>Prune by class: prunes as many of each given class as have wrong labels, those with the lowest self-confidence.</summary>
    /// <param name="probabilities">[N·K] as for <see cref="ConfidentJoint"/>.</param>
    /// <param name="labels">[N] class numbers in [0, K).</param>
    /// <param name="joint">The confident joint of these labels.</param>
    /// <param name="right">[N] whether a label is known to be right, and never pruned; null: none is known.</param>
    /// <returns>[N] whether the example is pruned; false where there is no prediction.</returns>
    public static bool[] ByClass(float[] probabilities, int[] labels, ConfidentJoint joint, bool[]? right = null)
    {
        var (pruned, classes) = (new bool[labels.Length], joint.Joint.Count);
        var members = Members(probabilities, labels, classes, right);
        var total = Enumerable.Range(0, labels.Length).Count(i => !float.IsNaN(probabilities[i * classes]));
        for (var j = 0; j < classes; j++)
        {
            var count = (int)Math.Round(total * joint.Joint[j].Where((_, k) => k != j).Sum());
            Take(pruned, members[j], count, i => probabilities[(i * classes) + j]);
        }

        return pruned;
    }

    /// <summary>Prune by noise rate: prunes as many examples of each pair of given and other class as the joint estimates, those where the
    /// other class exceeds the given one most.</summary>
    /// <param name="probabilities">[N·K] as for <see cref="ConfidentJoint"/>.</param>
    /// <param name="labels">[N] class numbers in [0, K).</param>
    /// <param name="joint">The confident joint of these labels.</param>
    /// <param name="right">[N] whether a label is known to be right, and never pruned; null: none is known.</param>
    /// <returns>[N] whether the example is pruned for any pair; false where there is no prediction.</returns>
    public static bool[] ByNoiseRate(float[] probabilities, int[] labels, ConfidentJoint joint, bool[]? right = null)
    {
        var (pruned, classes) = (new bool[labels.Length], joint.Joint.Count);
        var members = Members(probabilities, labels, classes, right);
        var total = Enumerable.Range(0, labels.Length).Count(i => !float.IsNaN(probabilities[i * classes]));
        for (var j = 0; j < classes; j++)
        {
            for (var k = 0; k < classes; k++)
            {
                var count = j == k ? 0 : (int)Math.Round(total * joint.Joint[j][k]);
                Take(pruned, members[j], count, i => probabilities[(i * classes) + j] - (double)probabilities[(i * classes) + k]);
            }
        }

        return pruned;
    }

    private static int[][] Members(float[] probabilities, int[] labels, int classes, bool[]? right)
    {
        var lists = Enumerable.Range(0, classes).Select(_ => new List<int>()).ToArray();
        for (var i = 0; i < labels.Length; i++)
        {
            if (!float.IsNaN(probabilities[i * classes]) && right?[i] != true)
            {
                lists[labels[i]].Add(i);
            }
        }

        return [.. lists.Select(list => list.ToArray())];
    }

    private static void Take(bool[] pruned, int[] members, int count, Func<int, double> likelihood)
    {
        if (count == 0)
        {
            return;
        }

        foreach (var i in members.OrderBy(likelihood).Take(count)) // stable: of equal ones the earlier
        {
            pruned[i] = true;
        }
    }
}
