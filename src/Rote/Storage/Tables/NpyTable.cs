using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Rote.Storage.Tables;

/// <summary>A float32 array in NumPy's format.</summary>
/// <remarks>Format: NumPy's NEP 1, version 1.0: the bytes 93 'NUMPY' 1 0; the header's length in 2 bytes; the header, a Python dictionary
/// padded so that the elements begin at a multiple of 64; then the elements row by row, little-endian.</remarks>
public static class NpyTable
{
    private const int Alignment = 64;

    /// <summary>Writes a table row by row, so that it need not be in memory in that order.</summary>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="rows">N.</param>
    /// <param name="columns">K.</param>
    /// <param name="row">Gives the K values of a row, from 0.</param>
    /// <exception cref="ArgumentException">A row has another number of values.</exception>
    public static void Write(Stream stream, int rows, int columns, Func<int, ReadOnlyMemory<float>> row)
    {
        var shape = string.Create(CultureInfo.InvariantCulture, $"({rows}, {columns})");
        var text = $"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}";
        const int Before = 10; // magic, version, length
        var length = ((Before + text.Length + 1 + Alignment - 1) / Alignment * Alignment) - Before;
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)length, (byte)(length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes($"{text.PadRight(length - 1)}\n"));
        for (var i = 0; i < rows; i++)
        {
            var values = row(i);
            if (values.Length != columns)
            {
                throw new ArgumentException($"Row {i} has {values.Length} values, expected {columns}.", nameof(row));
            }

            stream.Write(MemoryMarshal.AsBytes(values.Span)); // every machine that .NET 10 runs on here is little-endian
        }
    }
}
