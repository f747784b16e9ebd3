using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rote.Data.Formats.Tables;

/// <summary>The examples of a table as they are read: vectors of one size, and the file and row of each.</summary>
/// <param name="name">The name of the data, for messages.</param>
internal sealed class TableRows(string name)
{
    private const int FirstBlock = 1 << 12;
    private const int LargestBlock = 1 << 22;

    private readonly long _available = MemoryGuard.Available();
    private readonly List<(Array Values, int Rows)> _blocks = []; // float; double from the first value on that float32 would round
    private readonly List<(string File, long First)> _files = [];
    private int _used; // rows of the last block

    private bool _isWide;

    /// <summary>The number of examples.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a value needs float64; then all of them are kept as float64.</summary>
    public bool IsWide => _isWide;

    /// <summary>The number of features of an example; 0 before <see cref="Begin"/>.</summary>
    public int Features { get; private set; }

    /// <summary>Begins a file.</summary>
    /// <param name="file">The user's name for it.</param>
    /// <param name="features">The number of features of its examples, the same in every file.</param>
    public void Begin(string file, int features)
    {
        Features = features;
        _files.Add((file, Count));
    }

    /// <summary>Adds an example.</summary>
    /// <param name="features">[D] its features, each finite as float32, or NaN if missing.</param>
    /// <exception cref="MachineException">The examples do not fit into memory.</exception>
    public void Add(ReadOnlySpan<double> features)
    {
        if (!_isWide && !AreSingle(features))
        {
            Close();
            _isWide = true;
        }

        if (_blocks.Count == 0 || _used == _blocks[^1].Rows)
        {
            Open();
        }

        Count = checked(Count + 1);
        var start = _used++ * Features;
        if (_isWide)
        {
            features.CopyTo(((double[])_blocks[^1].Values).AsSpan(start));
            return;
        }

        var target = ((float[])_blocks[^1].Values).AsSpan(start, Features);
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = (float)features[i];
        }
    }

    /// <summary>Adds an example without features, such as a text.</summary>
    public void AddEmpty() => Count = checked(Count + 1);

    /// <summary>[N] the file of each example and its row in it, from 0.</summary>
    public SourceRows Identities() =>
        SourceRows.OfFiles([
            .. _files.Select((f, number) => (f.File, (int)((number + 1 < _files.Count ? _files[number + 1].First : Count) - f.First))),
        ]);

    /// <summary>Returns all examples.</summary>
    /// <returns>[N, D] float32, or float64 if <see cref="IsWide"/>, in the caller's scope; the rows are released.</returns>
    public Tensor ToTensor()
    {
        using var scope = NewDisposeScope();
        var result = empty([Count, Features], _isWide ? float64 : float32);
        var start = 0L;
        for (var b = 0; b < _blocks.Count; b++)
        {
            using var part = NewDisposeScope();
            var rows = b == _blocks.Count - 1 ? _used : _blocks[b].Rows;
            var target = result.narrow(0, start, rows).bytes;
            switch (_blocks[b].Values)
            {
                case double[] values:
                    MemoryMarshal.AsBytes(values.AsSpan(0, rows * Features)).CopyTo(target);
                    break;
                case float[] values when !_isWide:
                    MemoryMarshal.AsBytes(values.AsSpan(0, rows * Features)).CopyTo(target);
                    break;
                case float[] values:
                    Widen(values, MemoryMarshal.Cast<byte, double>(target));
                    break;
            }

            start += rows;
            _blocks[b] = (Array.Empty<float>(), 0);
        }

        return result.MoveToOuterDisposeScope();
    }

    private static bool AreSingle(ReadOnlySpan<double> features)
    {
        foreach (var value in features)
        {
            if (!VectorPrecision.IsSingle(value))
            {
                return false;
            }
        }

        return true;
    }

    private static void Widen(float[] values, Span<double> target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = values[i];
        }
    }

    /// <summary>Ends the last block early: the next one has another type.</summary>
    private void Close()
    {
        if (_blocks.Count > 0)
        {
            _blocks[^1] = (_blocks[^1].Values, _used);
        }
    }

    private void Open()
    {
        var values = Math.Clamp((long)Count * Features, FirstBlock, LargestBlock);
        var rows = (int)Math.Max(1, values / Features);

        // Twice: these blocks and their tensor, then the tensor and its copy in the split.
        var bytes = 2L * (_isWide ? sizeof(double) : sizeof(float)) * Features;
        MemoryGuard.Require(name, $"{Features} features", bytes, (long)Count + rows, "give fewer rows or fewer columns", _available);
        _blocks.Add((_isWide ? new double[(long)rows * Features] : new float[(long)rows * Features], rows));
        _used = 0;
    }
}
