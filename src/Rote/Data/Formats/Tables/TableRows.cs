using static TorchSharp.torch;

namespace Rote.Data.Formats.Tables;

/// <summary>The examples of a table as they are read: vectors of one size, and what each is called.</summary>
/// <param name="name">The data, for messages.</param>
internal sealed class TableRows(string name)
{
    private const int FirstBlock = 1 << 12;
    private const int LargestBlock = 1 << 22;

    private readonly long _available = MemoryGuard.Available();
    private readonly List<(float[] Values, int Rows)> _blocks = [];
    private readonly List<(string File, long First)> _files = [];
    private int _used; // rows of the last block

    /// <summary>Number of examples.</summary>
    public int Count { get; private set; }

    /// <summary>Features of an example; 0 before <see cref="Begin"/>.</summary>
    public int Features { get; private set; }

    /// <summary>Begins a file.</summary>
    /// <param name="file">What the user calls it.</param>
    /// <param name="features">Features of its examples, the same in every file.</param>
    public void Begin(string file, int features)
    {
        Features = features;
        _files.Add((file, Count));
    }

    /// <summary>Adds an example.</summary>
    /// <returns>[D] its features, to be filled.</returns>
    /// <exception cref="MachineException">The examples do not fit into memory.</exception>
    public Span<float> Add()
    {
        if (_blocks.Count == 0 || _used == _blocks[^1].Rows)
        {
            var floats = Math.Clamp((long)Count * Features, FirstBlock, LargestBlock);
            var rows = (int)Math.Max(1, floats / Features);

            // Twice: these blocks and the tensor made of them, then that and what the split takes from it.
            MemoryGuard.Require(name, $"{Features} features", 2L * sizeof(float) * Features, (long)Count + rows, "give fewer rows or fewer columns", _available);
            _blocks.Add((new float[(long)rows * Features], rows));
            _used = 0;
        }

        Count = checked(Count + 1);
        return _blocks[^1].Values.AsSpan(_used++ * Features, Features);
    }

    /// <summary>[N] the file of each example and its row in it, from 0.</summary>
    public SourceRows Identities() =>
        SourceRows.OfFiles([.. _files.Select((f, number) => (f.File, (int)((number + 1 < _files.Count ? _files[number + 1].First : Count) - f.First)))]);

    /// <summary>All examples.</summary>
    /// <returns>[N, D] float32 in the caller's scope; the rows are given up.</returns>
    public Tensor ToTensor()
    {
        using var scope = NewDisposeScope();
        var result = empty([Count, Features], float32);
        var start = 0L;
        for (var b = 0; b < _blocks.Count; b++)
        {
            var rows = b == _blocks.Count - 1 ? _used : _blocks[b].Rows;
            _blocks[b].Values.AsSpan(0, rows * Features).CopyTo(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(result.narrow(0, start, rows).bytes));
            start += rows;
            _blocks[b] = ([], 0);
        }

        return result.MoveToOuterDisposeScope();
    }
}
