using System.Buffers.Binary;

namespace Rote.Data.Formats.Numpy;

/// <summary>Labels as rows with a number for each class: one 1 and otherwise 0. Rows of probabilities or of other numbers are refused,
/// because they may be several labels or a quantity.</summary>
internal static class OneHotLabels
{
    /// <summary>Rounding leaves the sum of a row's probabilities this far from 1.</summary>
    private const double Tolerance = 0.02;

    /// <summary>Reads the rows.</summary>
    /// <param name="array">Numbers [N, K], at the first element.</param>
    /// <returns>[N] the column of the only 1 in each row.</returns>
    /// <exception cref="InputException">A row has no 1, or several, or other numbers.</exception>
    public static long[] Read(NpyArray array)
    {
        var (header, rows) = (array.Header, new Row[array.Header.Shape[0]]);
        var classes = header.Shape[1];
        array.Read(
            (first, elements) =>
            {
                for (var i = 0; i < elements.Length / header.ItemBytes; i++)
                {
                    var at = first + i;
                    var (row, column) = header.IsFortranOrder ? (at % rows.Length, at / rows.Length) : (at / classes, at % classes);
                    rows[row].Add(column, Number(elements.Slice(i * header.ItemBytes, header.ItemBytes), header.Kind));
                }
            }
        );
        return Array.TrueForAll(rows, r => r.Others == 0 && r.Ones == 1)
            ? Array.ConvertAll(rows, r => r.Largest)
            : throw Refusal(array, rows);
    }

    private static InputException Refusal(NpyArray array, Row[] rows)
    {
        var name = $"{array.Label} has the shape {array.ShapeText}";
        const string Likeliest = "save y.argmax(axis=1) to keep the class with the largest number of each row";
        if (Array.TrueForAll(rows, r => r.Others == 0))
        {
            var wrong = Array.FindIndex(rows, r => r.Ones != 1);
            return new InputException(
                $"{name} and {rows[wrong].Ones} ones in row {wrong}: these are multi-label data, which are not supported, expected exactly "
                    + "one class an example; choose one column as the label."
            );
        }

        if (Array.TrueForAll(rows, r => r.Least >= 0 && Math.Abs(r.Sum - 1) <= Tolerance))
        {
            return new InputException(
                $"{name}, and its rows sum to 1: probabilities or smoothed labels, expected a class an example; {Likeliest}."
            );
        }

        return Array.TrueForAll(rows, r => r is { Ones: 1, MinusOnes: var minus, Others: var others } && minus == others)
            ? new InputException($"{name} with one 1 and otherwise -1 in each row, expected a class an example; {Likeliest}.")
            : new InputException(
                $"{name} and values other than 0 and 1, expected one label an example, [N] or [N, 1]; keep one column, as y[:, 0]."
            );
    }

    private static double Number(ReadOnlySpan<byte> bytes, char kind) =>
        (kind, bytes.Length) switch
        {
            ('f', 8) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            _ => ArrayVectors.Value(bytes, kind),
        };

    private struct Row
    {
        public long Largest;
        public int Ones;
        public int MinusOnes;
        public int Others; // neither 0 nor 1
        public double Sum;
        public double Least;
        private double _most;

        public void Add(long column, double value)
        {
            if (column == 0 || value > _most)
            {
                (_most, Largest) = (value, column);
            }

            Ones += value == 1 ? 1 : 0;
            MinusOnes += value == -1 ? 1 : 0;
            Others += value is 0 or 1 ? 0 : 1;
            Sum += value;
            Least = Math.Min(Least, value);
        }
    }
}
