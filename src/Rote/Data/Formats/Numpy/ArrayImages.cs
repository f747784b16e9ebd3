using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rote.Data.Formats.Numpy;

/// <summary>Reads pictures from an array: uint8 and bool as bytes, all other numbers as float32. <see cref="ArrayScale"/> brings them to
/// the scale 0 to 255.</summary>
internal static class ArrayImages
{
    /// <summary>The number of examples that are processed at a time.</summary>
    private const int Part = 1000;

    private const string Expected = "expected [N, H, W], [N, H, W, C] or [N, C, H, W] with C of 1, 3 or, last only, 4; or vectors [N, D]";

    private const string AsVectors = "x.reshape(len(x), -1) makes vectors of them";

    private enum Order
    {
        NoChannels,
        ChannelsLast,
        ChannelsFirst,
    }

    /// <summary>Reads an array of pictures.</summary>
    /// <param name="array">The array, at its first element.</param>
    /// <param name="isSplitLater">Whether a copy will be made later, which must also fit into memory.</param>
    /// <returns>[N, H, W, 1, 3 or 4], uint8 or float32 as saved (checked to be finite), in the caller's scope.</returns>
    /// <exception cref="InputException">The type or shape is not that of pictures, or a value is not finite.</exception>
    /// <exception cref="MachineException">It does not fit into memory.</exception>
    public static Tensor Read(NpyArray array, bool isSplitLater)
    {
        var (header, label) = (array.Header, array.Label);
        var order = OrderOf(array);
        var type = header.ItemBytes == 1 && header.Kind != 'i' ? uint8 : float32;
        var copies = isSplitLater || header.IsFortranOrder || order == Order.ChannelsFirst || header.Shape[^1] == 4 ? 2 : 1;
        var perExample = copies * (type == uint8 ? 1 : 4) * (header.Count / header.Shape[0]);
        MemoryGuard.Require(
            label,
            string.Join('×', header.Shape[1..]),
            perExample,
            header.Shape[0],
            "save fewer examples, or smaller ones"
        );

        using var scope = NewDisposeScope();
        var stored = empty(header.IsFortranOrder ? [.. header.Shape.Reverse()] : header.Shape, type);
        Fill(array, stored.flatten());
        var inOrder = header.IsFortranOrder
            ? stored.permute([.. Enumerable.Range(0, header.Shape.Length).Reverse().Select(d => (long)d)])
            : stored;
        var pixels = order switch
        {
            Order.NoChannels => inOrder.unsqueeze(3), // [N, H, W, 1]
            Order.ChannelsFirst => inOrder.permute(0, 2, 3, 1), // [N, H, W, C]
            _ => inOrder,
        };
        var result = pixels.contiguous();
        RequireFinite(result, label);
        return result.MoveToOuterDisposeScope();
    }

    private static Order OrderOf(NpyArray array)
    {
        var shape = array.Header.Shape;
        if (shape.Length is not (3 or 4) || shape.Contains(0))
        {
            throw new InputException($"{array.Label} has the shape {array.ShapeText}, {Expected}; none may be 0. In NumPy, {AsVectors}.");
        }

        if (shape[0] > int.MaxValue || shape.Skip(1).Any(s => s > 65_536))
        {
            throw new InputException($"{array.Label} has the shape {array.ShapeText}, expected sides of at most 65536.");
        }

        if (shape.Length == 3)
        {
            return Order.NoChannels;
        }

        var (isFirst, isLast) = (shape[1] is 1 or 3, shape[3] is 1 or 3 or 4);
        return (isFirst, isLast) switch
        {
            (false, true) => Order.ChannelsLast,
            (true, false) => Order.ChannelsFirst,
            (true, true) => throw new InputException(
                $"{array.Label} has the shape {array.ShapeText}, in which both the second and the last size could be the channels; "
                    + $"{Expected}."
            ),
            _ => throw new InputException(
                $"{array.Label} has the shape {array.ShapeText}, in which neither the second nor the last size can be the channels; "
                    + $"{Expected}. In NumPy, {Fewer(shape)}, and {AsVectors}."
            ),
        };
    }

    /// <summary>What makes pictures of more or fewer channels than three.</summary>
    private static string Fewer(long[] shape)
    {
        var isFirst = shape[1] != shape[2] && (shape[2] == shape[3] || shape[1] < shape[3]);
        var kept = (isFirst ? shape[1] : shape[3]) < 3 ? 1 : 3;
        var keeps = $"x[{(isFirst ? ":" : "...")}, :{kept}] keeps {(kept == 1 ? "one channel" : "three channels")}";
        return shape[1] == 4 ? $"x.transpose(0, 2, 3, 1) has the opacity last, {keeps}" : keeps;
    }

    /// <summary>What is to be said of pictures that may be sequences: grey, and more than twice as long as wide.</summary>
    /// <param name="array">The array.</param>
    /// <returns>A sentence; null if they look like pictures.</returns>
    public static string? MayBeSequences(NpyArray array)
    {
        var shape = array.Header.Shape;
        var (height, width, channels) = OrderOf(array) switch
        {
            Order.NoChannels => (shape[1], shape[2], 1),
            Order.ChannelsFirst => (shape[2], shape[3], shape[1]),
            _ => (shape[1], shape[2], shape[3]),
        };
        return channels == 1 && Math.Max(height, width) > 2 * Math.Min(height, width)
            ? $"{array.Label} is read as grey pictures of {height} rows and {width} columns; if they are sequences or signals, in NumPy "
                + $"{AsVectors}."
            : null;
    }

    /// <summary>Copies or converts the elements in the order of the file.</summary>
    private static void Fill(NpyArray array, Tensor flat)
    {
        var bytes = array.Header.ItemBytes;
        array.Read(
            (first, elements) =>
            {
                using var scope = NewDisposeScope();
                var target = flat.narrow(0, first, elements.Length / bytes).bytes;
                if (flat.dtype == uint8 || (bytes == 4 && array.Header.Kind == 'f'))
                {
                    elements.CopyTo(target);
                    if (array.Header.Kind == 'b')
                    {
                        AsZeroAndOne(target);
                    }

                    return;
                }

                var floats = MemoryMarshal.Cast<byte, float>(target);
                for (var i = 0; i < floats.Length; i++)
                {
                    floats[i] = ArrayVectors.Value(elements.Slice(i * bytes, bytes), array.Header.Kind);
                }
            }
        );
    }

    /// <summary>Normalizes bools: NumPy takes any byte but 0 as true.</summary>
    private static void AsZeroAndOne(Span<byte> values)
    {
        foreach (ref var value in values)
        {
            value = value == 0 ? (byte)0 : (byte)1;
        }
    }

    private static void RequireFinite(Tensor pixels, string label)
    {
        if (pixels.dtype != float32)
        {
            return;
        }

        for (var start = 0L; start < pixels.shape[0]; start += Part)
        {
            using var scope = NewDisposeScope();
            var part = pixels.narrow(0, start, Math.Min(Part, pixels.shape[0] - start)).flatten(1); // [n, H·W·C]
            var isFinite = part.isfinite().all(1).data<bool>().ToArray();
            var wrong = Array.IndexOf(isFinite, value: false);
            if (wrong >= 0)
            {
                throw new InputException(
                    $"{label}: example {start + wrong} has a value that is not a number or not finite, expected 0 to 1 or 0 to 255."
                );
            }
        }
    }
}
