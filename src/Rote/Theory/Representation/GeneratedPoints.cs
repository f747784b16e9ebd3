using System.Runtime.InteropServices;
using Rote.Tensors;

namespace Rote.Theory.Representation;

/// <summary>Random points with random labels, drawn chunk by chunk when needed and never stored.</summary>
/// <remarks>Coordinates are uniform bytes from the streams <c>theorem1-points</c>, one per chunk; labels are uniform, from the stream
/// <c>theorem1-labels</c>.</remarks>
public sealed class GeneratedPoints : IPoints
{
    private const int RowsAChunk = 1024;

    /// <summary>Peak memory of the construction in bytes per point: projections, order, targets, biases, weights of two numbers, and their
    /// sorted copies.</summary>
    private const int BytesAPoint = 96;

    private readonly Seeds _seeds;
    private readonly double[] _targets;

    /// <summary>Describes points, and draws only their labels.</summary>
    /// <param name="count">At least 1.</param>
    /// <param name="dimension">1 to 2²⁰.</param>
    /// <param name="classes">1 to 65,536.</param>
    /// <param name="seeds">The randomness.</param>
    /// <param name="available">Available memory in bytes; null: as the system reports.</param>
    /// <exception cref="InputException">A number is out of range.</exception>
    /// <exception cref="MachineException">The construction would not fit into memory.</exception>
    public GeneratedPoints(int count, int dimension, int classes, Seeds seeds, long? available = null)
    {
        Require("number of points", count, int.MaxValue);
        Require("dimension", dimension, 1 << 20);
        Require("number of classes", classes, 1 << 16);
        MemoryGuard.Require("generated points", $"{dimension} numbers", BytesAPoint, count, "generate fewer", available);
        (Count, Dimension, Classes, _seeds) = (count, dimension, classes, seeds);
        var stream = seeds.Stream(SeedStreams.Theorem1Labels);
        _targets = new double[count];
        for (var i = 0; i < count; i++)
        {
            _targets[i] = stream.NextInt(classes);
        }
    }

    /// <inheritdoc/>
    public string Name => "generated points";

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public int Classes { get; }

    /// <inheritdoc/>
    public IReadOnlyList<double> Targets => _targets;

    private int Stride => (Dimension + sizeof(ulong) - 1) / sizeof(ulong) * sizeof(ulong);

    /// <inheritdoc/>
    public double[] Project(Direction direction, IProgress<TheoryProgress>? progress, CancellationToken cancel)
    {
        var projections = new double[Count];
        var chunks = (Count + RowsAChunk - 1) / RowsAChunk;
        var done = 0;
        var reporting = new Lock();
        Parallel.For(
            0,
            chunks,
            new ParallelOptions { CancellationToken = cancel },
            chunk =>
            {
                var (begin, end) = (chunk * RowsAChunk, Math.Min(Count, (chunk + 1) * RowsAChunk));
                var stream = _seeds.Stream(SeedStreams.Theorem1Points, chunk);
                var point = new byte[Stride];
                for (var i = begin; i < end; i++)
                {
                    Fill(stream, point);
                    projections[i] = direction.Project(point.AsSpan(0, Dimension));
                }

                lock (reporting)
                {
                    done += end - begin;
                    progress?.Report(new TheoryProgress("Drawing and projecting", done, Count, "points"));
                }
            }
        );
        return projections;
    }

    /// <inheritdoc/>
    public bool AreEqual(int first, int second) => Point(first).AsSpan().SequenceEqual(Point(second));

    /// <inheritdoc/>
    public string NameOf(int index) => $"point {index}";

    /// <summary>Draws one point again.</summary>
    internal byte[] Point(int index)
    {
        var stream = _seeds.Stream(SeedStreams.Theorem1Points, index / RowsAChunk);
        var point = new byte[Stride];
        for (var i = 0; i <= index % RowsAChunk; i++)
        {
            Fill(stream, point);
        }

        return point[..Dimension];
    }

    private static void Fill(RandomStream stream, byte[] point)
    {
        foreach (ref var word in MemoryMarshal.Cast<byte, ulong>(point.AsSpan()))
        {
            word = stream.NextUInt64();
        }
    }

    private static void Require(string what, int value, int most)
    {
        if (value < 1 || value > most)
        {
            throw new InputException($"The {what} is {value}, expected 1 to {most}.");
        }
    }
}
