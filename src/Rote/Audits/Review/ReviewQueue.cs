using System.Globalization;
using Rote.Tensors;

namespace Rote.Audits.Review;

/// <summary>In which order an audit's examples are looked at: the most suspicious first, and among them, unmarked, control items that are
/// drawn at random from all.</summary>
/// <remarks>It depends on the audit and on the share of control items alone, so that every session and every reviewer goes on in the same
/// one. The control items come in one random order whatever their share is.</remarks>
public sealed class ReviewQueue
{
    private readonly bool[] _isControl; // by place

    /// <summary>Makes the order.</summary>
    /// <param name="set">The audit.</param>
    /// <param name="controls">Share of the places that have a control item, in [0, 1].</param>
    /// <exception cref="InputException">The share is out of range.</exception>
    public ReviewQueue(ReviewSet set, double controls = DefaultControls)
    {
        if (controls is not (>= 0 and <= 1))
        {
            throw new InputException($"The share of control items is {controls}, expected 0 to 1.");
        }

        ControlShare = controls;
        var count = set.Examples.Count;
        var seeds = new Seeds(long.Parse(set.Audit[..12], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        ControlOrder = [.. seeds.Permutation(SeedStreams.ReviewControls, 0, count).Select(id => (int)id)];
        var places = seeds.Stream(SeedStreams.ReviewPlaces);
        (Order, _isControl, Places) = (new int[count], new bool[count], new int[count]);
        var placed = new bool[count];
        var (suspect, control) = (0, 0);
        for (var place = 0; place < count; place++)
        {
            _isControl[place] = places.NextDouble() < controls;
            var id = _isControl[place] ? Next(ControlOrder, ref control) : Next(set.BySuspicion, ref suspect);
            (Order[place], Places[id], placed[id]) = (id, place, true);
        }

        int Next(IReadOnlyList<int> from, ref int at)
        {
            while (placed[from[at]])
            {
                at++;
            }

            return from[at++];
        }
    }

    /// <summary>One in five: a thousand decisions then hold two hundred control items, whose interval is about 3 points wide where 2 % are
    /// wrong.</summary>
    public const double DefaultControls = 0.2;

    /// <summary>[N] the example at each place.</summary>
    internal int[] Order { get; }

    /// <summary>[N] the place of each example.</summary>
    internal int[] Places { get; }

    /// <summary>[N] all examples in the random order in which they become control items.</summary>
    internal int[] ControlOrder { get; }

    /// <summary>Share of the places that have a control item, in [0, 1].</summary>
    public double ControlShare { get; }

    /// <summary>Number of places.</summary>
    public int Count => Order.Length;

    /// <summary>The example at a place.</summary>
    /// <param name="place">From 0.</param>
    public int this[int place] => Order[place];

    /// <summary>The place of an example.</summary>
    /// <param name="id">The example.</param>
    public int PlaceOf(int id) => Places[id];

    /// <summary>Whether an example is shown as a control item.</summary>
    /// <param name="id">The example.</param>
    public bool IsControl(int id) => _isControl[Places[id]];
}
