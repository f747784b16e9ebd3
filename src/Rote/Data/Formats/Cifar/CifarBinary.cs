namespace Rote.Data.Formats.Cifar;

/// <summary>The authors' binary form of CIFAR-10: a label byte and the red, green and blue planes of a 32×32 image, row by row.</summary>
/// <remarks>Source: https://www.cs.toronto.edu/~kriz/cifar.html, "Binary version".</remarks>
internal static class CifarBinary
{
    public const int Side = 32;
    public const int Plane = Side * Side;
    public const int ImageBytes = 3 * Plane;
    public const int RecordBytes = 1 + ImageBytes;

    /// <summary>The number of records in a file.</summary>
    /// <exception cref="InputException">It is empty, or ends inside a record.</exception>
    public static int Count(long bytes, string file)
    {
        if (bytes == 0)
        {
            throw new InputException($"{file} is empty, expected records of {RecordBytes} bytes.");
        }

        return bytes % RecordBytes == 0
            ? checked((int)(bytes / RecordBytes))
            : throw new InputException(
                $"{file} has {bytes} bytes, which is not a whole number of {RecordBytes}-byte records: it ends {bytes % RecordBytes} "
                    + $"bytes into record {bytes / RecordBytes}."
            );
    }

    /// <summary>Reads records into labels and pixels with interleaved colours.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="classes">The number of classes; labels are below it.</param>
    /// <param name="pixels">[count, 32, 32, 3] bytes to fill.</param>
    /// <param name="labels">[count] to fill.</param>
    /// <exception cref="InputException">The file is cut, holds another number of records, or a label is out of range.</exception>
    public static void Read(ReadOnlySpan<byte> content, string file, int classes, Span<byte> pixels, Span<long> labels)
    {
        var count = Count(content.Length, file);
        if (count != labels.Length || pixels.Length != (long)count * ImageBytes)
        {
            throw new InputException($"{file} has {count} records, expected {labels.Length}.");
        }

        for (var i = 0; i < count; i++)
        {
            var record = content.Slice(i * RecordBytes, RecordBytes);
            if (record[0] >= classes)
            {
                throw new InputException($"{file}: the label of record {i} is {record[0]}, expected 0 to {classes - 1}.");
            }

            labels[i] = record[0];
            Interleave(record[1..], pixels.Slice(i * ImageBytes, ImageBytes));
        }
    }

    /// <summary>Turns the interleaved colours of one image into one plane per colour, the inverse of reading.</summary>
    public static void Separate(ReadOnlySpan<byte> interleaved, Span<byte> planes)
    {
        for (var p = 0; p < Plane; p++)
        {
            planes[p] = interleaved[3 * p];
            planes[Plane + p] = interleaved[(3 * p) + 1];
            planes[(2 * Plane) + p] = interleaved[(3 * p) + 2];
        }
    }

    private static void Interleave(ReadOnlySpan<byte> planes, Span<byte> interleaved)
    {
        // Slices of the constant length let the compiler drop the bounds checks.
        var red = planes[..Plane];
        var green = planes.Slice(Plane, Plane);
        var blue = planes.Slice(2 * Plane, Plane);
        for (int p = 0, at = 0; p < red.Length; p++, at += 3)
        {
            var pixel = interleaved.Slice(at, 3);
            pixel[0] = red[p];
            pixel[1] = green[p];
            pixel[2] = blue[p];
        }
    }
}
