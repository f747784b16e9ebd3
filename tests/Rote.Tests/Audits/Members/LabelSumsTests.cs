using Rote.Audits.Members;
using Rote.Measurement;
using Rote.Tensors;

namespace Rote.Tests.Audits.Members;

/// <summary>What an audit computes for an example, against naive loops over the members.</summary>
public sealed class LabelSumsTests
{
    [Fact]
    public void Means_errors_shares_and_the_memorization_value_are_those_of_naive_loops()
    {
        var stream = new Seeds(1).Stream("sums");
        var sums = new LabelSums(1);
        var (inBag, outOfBag) = (new List<(double P, bool Right)>(), new List<(double P, bool Right)>());
        for (var m = 0; m < 17; m++)
        {
            var (p, isRight) = (stream.NextDouble(), stream.NextInt(2) == 1);
            if (m % 3 == 0)
            {
                sums.AddOutOfBag(0, p, isRight);
                outOfBag.Add((p, isRight));
            }
            else
            {
                sums.AddInBag(0, p, isRight, Member(), 0);
                inBag.Add((p, isRight));
            }
        }

        var (a, b) = (Naive(inBag), Naive(outOfBag));
        Assert.Equal(a.Mean, sums.InBag(0).Value, 12);
        Assert.Equal(Math.Sqrt(b.Square), sums.OutOfBag(0).StandardError, 12);
        Assert.Equal((double)inBag.Count(m => m.Right) / inBag.Count, sums.InBagAccuracy(0), 12);
        Assert.Equal((double)outOfBag.Count(m => m.Right) / outOfBag.Count, sums.OutOfBagAccuracy(0).Value, 12);
        var value = MemorizationValue.Of(sums.InBag(0), sums.OutOfBag(0));
        Assert.Equal(a.Mean - b.Mean, value.Value, 12);
        Assert.Equal(Math.Sqrt(a.Square + b.Square), value.StandardError, 12);
        Assert.Equal(17, value.Samples);
    }

    [Fact]
    public void Without_a_network_on_either_side_the_value_is_not_known()
    {
        var sums = new LabelSums(1);
        sums.AddInBag(0, 0.9, true, Member(), 0);
        Assert.True(double.IsNaN(MemorizationValue.Of(sums.InBag(0), sums.OutOfBag(0)).Value));
        sums.AddOutOfBag(0, 0.1, false);
        Assert.Equal(0.8, MemorizationValue.Of(sums.InBag(0), sums.OutOfBag(0)).Value, 12);
        Assert.True(double.IsNaN(MemorizationValue.Of(sums.InBag(0), sums.OutOfBag(0)).StandardError)); // one network a side
    }

    /// <summary>Mean, and s²/n, the square of its standard error.</summary>
    private static (double Mean, double Square) Naive(List<(double P, bool Right)> members)
    {
        var mean = 0.0;
        foreach (var member in members)
        {
            mean += member.P / members.Count;
        }

        var sum = 0.0;
        foreach (var member in members)
        {
            sum += (member.P - mean) * (member.P - mean);
        }

        return (mean, sum / (members.Count - 1) / members.Count);
    }

    private static MemberResult Member() =>
        new()
        {
            InBag = [true],
            Label = [0],
            Probabilities = ClassProbabilities.Whole([1], 1),
            Dynamics = new Dictionary<string, float[]>(),
        };
}
