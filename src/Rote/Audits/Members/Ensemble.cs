using Rote.Measurement;

namespace Rote.Audits.Members;

/// <summary>What the members so far predict together, in-bag (of what they were trained on) and out-of-bag (of what they were not). Members
/// are added in their order, so that sums have the same bits in every session.</summary>
internal sealed class Ensemble
{
    private readonly int[] _labels;
    private readonly ClassProbabilities _outOfBag; // sums
    private (int Members, ClassProbabilities Probabilities)? _means; // a judgement asks for them several times
    private (int Members, ClassProbabilities Probabilities, double FrozenShare)? _pooled; // the last fit, which takes seconds

    /// <param name="labels">[N] given labels.</param>
    /// <param name="kept">What is kept of predictions.</param>
    /// <param name="canaries">The canaries.</param>
    /// <param name="measures">What members keep of their training.</param>
    /// <param name="frozen">Predictions from frozen features; null without an encoder. With it the confusable canaries have their labels
    /// already.</param>
    public Ensemble(
        int[] labels,
        KeptClasses kept,
        Canaries canaries,
        IReadOnlyList<MeasureColumn> measures,
        FrozenPredictions? frozen = null
    )
    {
        Frozen = frozen;
        (_labels, Classes, Canaries, Measures) = (labels, kept.Classes, canaries, measures);
        _outOfBag = new ClassProbabilities(kept);
        (Given, Matched, Planted) = (new LabelSums(labels.Length), new LabelSums(labels.Length), new LabelSums(canaries.Example.Length));
        Neighbours = frozen?.Neighbours ?? ClassNeighbours.Blank(kept);
    }

    /// <summary>Predictions from frozen features; null without an encoder.</summary>
    public FrozenPredictions? Frozen { get; }

    /// <summary>Number of classes K.</summary>
    public int Classes { get; }

    /// <summary>The measures of training dynamics.</summary>
    public IReadOnlyList<MeasureColumn> Measures { get; }

    /// <summary>Members added.</summary>
    public int Members { get; private set; }

    /// <summary>The canaries; the confusable ones have a label once the first member was added.</summary>
    public Canaries Canaries { get; private set; }

    /// <summary>Every example under its given label.</summary>
    public LabelSums Given { get; }

    /// <summary>The same from half of the members trained on each example, as many as a canary has under its wrong label: to be compared
    /// with canaries.</summary>
    public LabelSums Matched { get; }

    /// <summary>Every canary under its wrong label.</summary>
    public LabelSums Planted { get; }

    /// <summary>For every example its nearest examples of each class, in the space of the frozen features, or of the first member that was
    /// not trained on it; NaN before there is one.</summary>
    public ClassNeighbours Neighbours { get; }

    /// <summary>[N][K] mean probabilities of the members not trained on the example; NaN where there is none.</summary>
    public ClassProbabilities OutOfBagProbabilities()
    {
        if (_means?.Members != Members)
        {
            _means = (Members, Means());
        }

        return _means!.Value.Probabilities;
    }

    private ClassProbabilities Means()
    {
        var means = new ClassProbabilities(_outOfBag.Kept);
        var (buffer, mean) = (_outOfBag.NewBuffer(), new float[Classes]);
        for (var i = 0; i < _labels.Length; i++)
        {
            var sums = _outOfBag.Row(i, buffer);
            for (var k = 0; k < Classes; k++)
            {
                mean[k] = sums[k] / Given.OutOfBagCount[i]; // 0 / 0 is NaN
            }

            means.Set(i, mean);
        }

        return means;
    }

    /// <summary>Prediction for every example by members and frozen features that have not seen its label, each weighted by how well it
    /// predicts labels.</summary>
    /// <returns>[N][K], calibrated to the given labels where there are frozen features; NaN where nobody is left. The share of the weights
    /// that the frozen features have, in [0, 1].</returns>
    public (ClassProbabilities Probabilities, double FrozenShare) Pooled()
    {
        if (Frozen is null)
        {
            return (OutOfBagProbabilities(), 0);
        }

        if (Members == 0)
        {
            return (Frozen.Probabilities, 1);
        }

        if (_pooled?.Members != Members)
        {
            ClassProbabilities[] opinions = [OutOfBagProbabilities(), Frozen.Probabilities];
            var pool = LogLinearPool.Of(opinions, _labels);
            _pooled = (Members, pool.Apply(opinions), pool.Weights[1] / Math.Max(1e-9, pool.Weights.Sum()));
        }

        return (_pooled!.Value.Probabilities, _pooled.Value.FrozenShare);
    }

    /// <summary>Adds the next member.</summary>
    /// <param name="member">Its predictions.</param>
    /// <param name="turn">[N] whose turn it was to be a canary.</param>
    /// <param name="name">Gives the confusable canaries their labels, from [K][K] the mean probabilities by given class of a member for
    /// what it was not trained on.</param>
    public void Add(MemberResult member, bool[] turn, Func<Canaries, double[][], Canaries> name)
    {
        var (buffer, sums) = (member.Probabilities.NewBuffer(), new Sums(_outOfBag));
        for (var i = 0; i < _labels.Length; i++)
        {
            AddGiven(member, turn, i, member.Probabilities.Row(i, buffer), sums);
        }

        Members++;
        if (Members == 1 && Frozen is null)
        {
            Canaries = name(Canaries, Canaries.Confusion(_labels, member.Probabilities, member.InBag));
        }

        for (var c = 0; c < Canaries.Example.Length; c++)
        {
            AddPlanted(member, turn, c, member.Probabilities.Row(Canaries.Example[c], buffer));
        }

        AddNeighbours(member);
    }

    private void AddGiven(MemberResult member, bool[] turn, int i, ReadOnlySpan<float> probabilities, Sums sums)
    {
        var (own, isRight) = (probabilities[_labels[i]], ArgMax.Of(probabilities) == _labels[i]);
        if (!member.InBag[i])
        {
            Given.AddOutOfBag(i, own, isRight);
            Matched.AddOutOfBag(i, own, isRight);
            sums.Add(i, probabilities);
        }
        else if (member.Label[i] == _labels[i])
        {
            Given.AddInBag(i, own, isRight, member, i);
            if (!turn[i])
            {
                Matched.AddInBag(i, own, isRight, member, i);
            }
        }
    }

    private void AddPlanted(MemberResult member, bool[] turn, int c, ReadOnlySpan<float> probabilities)
    {
        var (i, label) = (Canaries.Example[c], Canaries.Label[c]);
        if (!member.InBag[i])
        {
            Planted.AddOutOfBag(c, probabilities[label], ArgMax.Of(probabilities) == label);
        }
        else if (turn[i] && member.Label[i] == label)
        {
            Planted.AddInBag(c, probabilities[label], ArgMax.Of(probabilities) == label, member, i);
        }
    }

    private void AddNeighbours(MemberResult member)
    {
        if (member is not { Queries: { } queries, Neighbours: { } near })
        {
            return;
        }

        for (var q = 0; q < queries.Length; q++)
        {
            if (!Neighbours.IsKnown(queries[q]))
            {
                Neighbours.Take(queries[q], near, q);
            }
        }
    }

    /// <summary>Adds rows to sums.</summary>
    private sealed class Sums(ClassProbabilities sums)
    {
        private readonly float[] _buffer = sums.NewBuffer();
        private readonly float[] _sum = new float[sums.Classes];

        public void Add(int example, ReadOnlySpan<float> row)
        {
            sums.Row(example, _buffer).CopyTo(_sum);
            for (var k = 0; k < _sum.Length; k++)
            {
                _sum[k] += row[k];
            }

            sums.Set(example, _sum);
        }
    }
}
