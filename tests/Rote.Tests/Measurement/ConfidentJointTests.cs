using Rote.Measurement;

namespace Rote.Tests.Measurement;

public sealed class ConfidentJointTests
{
    // Two classes, six examples. Thresholds by hand: class 0 is given to the first four: (0.9 + 0.8 + 0.7 + 0.2) / 4 = 0.65; class 1 to the
    // last two: (0.8 + 0.4) / 2 = 0.6.
    private static readonly float[] Probabilities = [0.9f, 0.1f, 0.8f, 0.2f, 0.7f, 0.3f, 0.2f, 0.8f, 0.2f, 0.8f, 0.6f, 0.4f];
    private static readonly int[] Labels = [0, 0, 0, 0, 1, 1];

    [Fact]
    public void Counts_and_joint_are_those_of_a_calculation_by_hand()
    {
        var joint = ConfidentJoint.Of(Probabilities, Labels, 2);
        Assert.Equal([0.65, 0.6], joint.Thresholds.Select(t => Math.Round(t, 6)));
        Assert.Equal([3, 1], joint.Counts[0]);
        Assert.Equal([0, 1], joint.Counts[1]); // 0.6 is below the 0.65 of class 0, 0.4 below the 0.6 of class 1
        Assert.Equal(
            [0.5, 1 / 6.0, 0, 1 / 3.0],
            joint.Joint.SelectMany(row => row).Select(p => Math.Round(p, 12)),
            (a, b) => Math.Abs(a - b) < 1e-9
        );
        Assert.Equal(1 / 6.0, joint.WrongShare, 9);
    }

    /// <summary>An example that a person found right counts, though no class is confident: the fifth is below both thresholds.</summary>
    [Fact]
    public void A_label_known_to_be_right_counts_as_its_class_whatever_is_predicted()
    {
        var right = new[] { false, false, false, true, false, true };
        var joint = ConfidentJoint.Of(Probabilities, Labels, 2, right);
        Assert.Equal([4, 0], joint.Counts[0]);
        Assert.Equal([0, 2], joint.Counts[1]);
        Assert.Equal(0, joint.WrongShare, 12);
    }

    [Fact]
    public void What_no_network_was_asked_about_is_left_out()
    {
        var joint = ConfidentJoint.Of([.. Probabilities, float.NaN, float.NaN], [.. Labels, 1], 2);
        Assert.Equal(1, joint.Joint.Sum(row => row.Sum()), 12);
        Assert.Equal([3, 1], joint.Counts[0]);
    }
}
