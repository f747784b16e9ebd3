using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Rote.Data.Formats.Arrow;

/// <summary>A column of a record batch: numbers, bools, texts, dates, dictionary-encoded texts, or lists of numbers.</summary>
/// <param name="array">Its values.</param>
internal sealed class ArrowColumn(IArrowArray array)
{
    /// <summary>Whether its values are lists of numbers.</summary>
    public bool IsList => Items is not null && IsNumber(Items);

    /// <summary>Whether values of its type can be read.</summary>
    public bool IsKnown =>
        IsList
        || IsNumber(array)
        || array is StringArray or LargeStringArray or NullArray or Date32Array or Date64Array or TimestampArray
        || array is DictionaryArray { Dictionary: StringArray or LargeStringArray };

    /// <summary>The kind of its values, for messages.</summary>
    public string Words =>
        array.Data.DataType.TypeId switch
        {
            ArrowTypeId.Timestamp
            or ArrowTypeId.Date32
            or ArrowTypeId.Date64
            or ArrowTypeId.Time32
            or ArrowTypeId.Time64
            or ArrowTypeId.Duration
            or ArrowTypeId.Interval => "dates or times",
            ArrowTypeId.Struct => "structs, as pictures of Hugging Face's are (ds.to_parquet saves them as Parquet, which is read)",
            ArrowTypeId.Binary or ArrowTypeId.LargeBinary or ArrowTypeId.FixedSizedBinary => "bytes",
            var type => $"values of the type {type.ToString().ToLowerInvariant()}",
        };

    private IArrowArray? Items =>
        array switch
        {
            ListArray list => list.Values,
            LargeListArray list => list.Values,
            FixedSizeListArray list => list.Values,
            _ => null,
        };

    /// <summary>The length of the list in a row; 0 where there is none.</summary>
    public int Length(int row) =>
        array.IsNull(row)
            ? 0
            : array switch
            {
                ListArray list => list.GetValueLength(row),
                LargeListArray list => list.GetValueLength(row),
                FixedSizeListArray list => ((FixedSizeListType)list.Data.DataType).ListSize,
                _ => 0,
            };

    /// <summary>Reads a number.</summary>
    /// <param name="row">Row in the batch.</param>
    /// <param name="item">Index in the row's list; 0 where the column has no lists.</param>
    /// <param name="value">The number; NaN where there is none.</param>
    /// <returns>False where there is none.</returns>
    public bool TryNumber(int row, int item, out double value)
    {
        if (array.IsNull(row))
        {
            value = double.NaN;
            return false;
        }

        var found = array switch
        {
            ListArray list => Number(list.Values, list.ValueOffsets[row] + item),
            LargeListArray list => Number(list.Values, checked((int)list.ValueOffsets[row] + item)),
            FixedSizeListArray list => Number(list.Values, ((list.Offset + row) * ((FixedSizeListType)list.Data.DataType).ListSize) + item),
            _ => Number(array, row),
        };
        value = found ?? double.NaN;
        return found is not null || Items is not null;
    }

    /// <summary>The value of a row as text; empty where there is none.</summary>
    public string Text(int row) =>
        array.IsNull(row)
            ? ""
            : array switch
            {
                StringArray texts => texts.GetString(row) ?? "",
                LargeStringArray texts => texts.GetString(row) ?? "",
                Date32Array days => days.GetDateTime(row)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
                Date64Array days => days.GetDateTime(row)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
                TimestampArray times => times.GetTimestamp(row)?.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) ?? "",
                DictionaryArray { Dictionary: var words, Indices: var places } => Number(places, row) is not { } place ? ""
                : place >= 0 && place < words.Length ? new ArrowColumn(words).Text((int)place)
                : throw new InvalidDataException($"a text has the number {place} of {words.Length}"),
                _ => Number(array, row)?.ToString("R", CultureInfo.InvariantCulture) ?? "",
            };

    private static bool IsNumber(IArrowArray values) =>
        values
            is BooleanArray
                or Int8Array
                or Int16Array
                or Int32Array
                or Int64Array
                or UInt8Array
                or UInt16Array
                or UInt32Array
                or UInt64Array
                or HalfFloatArray
                or FloatArray
                or DoubleArray
                or Decimal128Array
                or Decimal256Array;

    private static double? Number(IArrowArray values, int place) =>
        values.IsNull(place)
            ? null
            : values switch
            {
                FloatArray v => v.GetValue(place),
                DoubleArray v => v.GetValue(place),
                Int64Array v => v.GetValue(place),
                Int32Array v => v.GetValue(place),
                Int16Array v => v.GetValue(place),
                Int8Array v => v.GetValue(place),
                UInt64Array v => v.GetValue(place),
                UInt32Array v => v.GetValue(place),
                UInt16Array v => v.GetValue(place),
                UInt8Array v => v.GetValue(place),
                HalfFloatArray v => (double?)v.GetValue(place),
                BooleanArray v => v.GetValue(place) == true ? 1 : 0,
                Decimal128Array v => (double?)v.GetValue(place),
                Decimal256Array v => (double?)v.GetValue(place),
                _ => null,
            };
}
