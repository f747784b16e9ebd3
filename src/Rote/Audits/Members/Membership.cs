using Rote.Tensors;

namespace Rote.Audits.Members;

/// <summary>Which examples a member is trained on.</summary>
/// <remarks>
/// In every round of ten members the examples of a class stand on a circle in a random order, and each member leaves out the next stretch
/// of it: so classes keep their shares, after four members every example was left out once, and after ten all equally often, which
/// independent draws would not give (0.7⁴ = 24 % and 0.7¹⁰ = 3 % of the examples were never left out then).
/// </remarks>
internal sealed class Membership
{
    /// <summary>Members that share an order.</summary>
    private const int Round = 10;

    private readonly int[] _labels;
    private readonly int _classes;
    private readonly double _leftOut;
    private readonly Seeds _seeds;
    private readonly List<bool[]> _atRound = []; // [N] whose turn it is when round r begins; a coin decides the first
    private readonly Dictionary<int, double[]> _places = [];

    /// <param name="labels">[N] class numbers.</param>
    /// <param name="classes">K.</param>
    /// <param name="leftOut">Share that a member leaves out.</param>
    /// <param name="seeds">The audit's randomness; streams <c>audit/order</c> and <c>audit/turn</c> are drawn.</param>
    public Membership(int[] labels, int classes, double leftOut, Seeds seeds)
    {
        (_labels, _classes, _leftOut, _seeds) = (labels, classes, leftOut, seeds);
        var stream = seeds.Stream(SeedStreams.AuditTurn);
        _atRound.Add([.. labels.Select(_ => stream.NextInt(2) == 1)]);
    }

    /// <summary>Whether a member is trained on each example.</summary>
    /// <param name="member">From 0.</param>
    /// <returns>[N]; of each class about the same share.</returns>
    public bool[] InBag(int member)
    {
        var places = Places(member / Round);
        var start = _leftOut * (member % Round);
        return Array.ConvertAll(places, place => Fraction(place - start) >= _leftOut);
    }

    /// <summary>Whether it is an example's turn to have the label that is known to be wrong, if it is a canary: in every second of the
    /// members trained on it.</summary>
    /// <param name="member">From 0.</param>
    /// <returns>[N]; false where the member is not trained on the example.</returns>
    public bool[] Turn(int member)
    {
        var turns = (bool[])AtRound(member / Round).Clone();
        Pass(turns, member / Round * Round, member);
        var inBag = InBag(member);
        return [.. turns.Select((turn, i) => turn && inBag[i])];
    }

    /// <summary>Turns at the beginning of a round; kept, because counting from the first member would make the work quadratic in the
    /// members.</summary>
    private bool[] AtRound(int round)
    {
        while (_atRound.Count <= round)
        {
            var turns = (bool[])_atRound[^1].Clone();
            Pass(turns, (_atRound.Count - 1) * Round, _atRound.Count * Round);
            _atRound.Add(turns);
        }

        return _atRound[round];
    }

    private void Pass(bool[] turns, int first, int end)
    {
        for (var member = first; member < end; member++)
        {
            var was = InBag(member);
            for (var i = 0; i < turns.Length; i++)
            {
                turns[i] ^= was[i];
            }
        }
    }

    private double[] Places(int round)
    {
        if (_places.TryGetValue(round, out var known))
        {
            return known;
        }

        var members = Enumerable.Range(0, _classes).Select(_ => new List<int>()).ToArray();
        for (var i = 0; i < _labels.Length; i++)
        {
            members[_labels[i]].Add(i);
        }

        var places = new double[_labels.Length];
        for (var k = 0; k < _classes; k++)
        {
            var stream = _seeds.Stream(SeedStreams.AuditOrder, ((long)round * _classes) + k);
            var order = members[k].ToArray();
            stream.Shuffle(order.AsSpan());
            var offset = stream.NextDouble(); // else rounding would favour the same side in every class
            for (var rank = 0; rank < order.Length; rank++)
            {
                places[order[rank]] = (rank + offset) / order.Length;
            }
        }

        return _places[round] = places;
    }

    private static double Fraction(double value) => value - Math.Floor(value);
}
