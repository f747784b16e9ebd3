using Rote.Measurement;

namespace Rote.Audits.Members;

/// <summary>Sums over members for examples under one label each: the given one, or a canary's wrong one. Memory does not grow with the
/// members.</summary>
/// <param name="count">Number of examples.</param>
internal sealed class LabelSums(int count)
{
    private readonly Sums _inBag = new(count);
    private readonly Sums _outOfBag = new(count);
    private readonly Dictionary<string, double[]> _dynamics = [];

    /// <summary>Number of examples.</summary>
    public int Count { get; } = count;

    /// <summary>[N] members trained on it under this label.</summary>
    public int[] InBagCount => _inBag.Count;

    /// <summary>[N] members not trained on it.</summary>
    public int[] OutOfBagCount => _outOfBag.Count;

    /// <summary>Adds the prediction of a member that was trained on an example.</summary>
    /// <param name="place">Which example of this list.</param>
    /// <param name="probability">Its label's probability.</param>
    /// <param name="isRight">Whether the label is predicted.</param>
    /// <param name="member">The member, for its measures of dynamics.</param>
    /// <param name="example">The example in the member's lists.</param>
    public void AddInBag(int place, double probability, bool isRight, MemberResult member, int example)
    {
        _inBag.Add(place, probability, isRight);
        foreach (var (name, values) in member.Dynamics)
        {
            if (!_dynamics.TryGetValue(name, out var sums))
            {
                _dynamics.Add(name, sums = new double[Count]);
            }

            sums[place] += values[example];
        }
    }

    /// <summary>Adds the prediction of a member that was not trained on an example.</summary>
    /// <param name="place">Which example of this list.</param>
    /// <param name="probability">Its label's probability.</param>
    /// <param name="isRight">Whether the label is predicted.</param>
    public void AddOutOfBag(int place, double probability, bool isRight) => _outOfBag.Add(place, probability, isRight);

    /// <summary>Mean of a measure of dynamics over the members.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>[N]; NaN where no member was trained on the example.</returns>
    public double[] Dynamics(string name) =>
        _dynamics.TryGetValue(name, out var sums)
            ? [.. sums.Select((sum, i) => sum / InBagCount[i])] // 0 / 0 is NaN
            : [.. Enumerable.Repeat(double.NaN, Count)];

    /// <summary>Whether there is a measure of dynamics of that name.</summary>
    /// <param name="name">The name.</param>
    public bool Has(string name) => _dynamics.ContainsKey(name);

    /// <summary>Mean of a measure of dynamics over the members, of one example.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="place">Which example.</param>
    /// <returns>NaN where no member was trained on it.</returns>
    public double Dynamics(string name, int place) => _dynamics[name][place] / InBagCount[place];

    /// <summary>The label's probability in members that were trained on the example.</summary>
    /// <param name="place">Which example.</param>
    /// <returns>Mean and standard error; NaN where there is none.</returns>
    public Estimate InBag(int place) => _inBag.Mean(place);

    /// <summary>The label's probability in members that were not.</summary>
    /// <param name="place">Which example.</param>
    /// <returns>Mean and standard error; NaN where there is none.</returns>
    public Estimate OutOfBag(int place) => _outOfBag.Mean(place);

    /// <summary>How often members that were trained on the example predict the label.</summary>
    /// <param name="place">Which example.</param>
    /// <returns>A share; NaN where there is no such member.</returns>
    public double InBagAccuracy(int place) => (double)_inBag.Right[place] / _inBag.Count[place];

    /// <summary>How often members that were not trained on the example predict the label.</summary>
    /// <param name="place">Which example.</param>
    /// <returns>A share with its binomial error; NaN where there is no such member.</returns>
    public Estimate OutOfBagAccuracy(int place) => Consistency.Of(_outOfBag.Right[place], _outOfBag.Count[place]);

    private sealed class Sums(int count)
    {
        private readonly double[] _sum = new double[count];
        private readonly double[] _squares = new double[count];

        public int[] Count { get; } = new int[count];

        public int[] Right { get; } = new int[count];

        public void Add(int place, double value, bool isRight)
        {
            Count[place]++;
            Right[place] += isRight ? 1 : 0;
            _sum[place] += value;
            _squares[place] += value * value;
        }

        public Estimate Mean(int place)
        {
            double n = Count[place];
            var mean = _sum[place] / n;
            var variance = n < 2 ? double.NaN : Math.Max(0, (_squares[place] - (n * mean * mean)) / (n - 1));
            return new Estimate(mean, Math.Sqrt(variance / n), Count[place]);
        }
    }
}
