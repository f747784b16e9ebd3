using Microsoft.Win32.SafeHandles;
using Rote.Data.Formats.Numpy;

namespace Rote.Audits.Shown;

/// <summary>A picture as bytes.</summary>
/// <param name="Pixels">[height, width, channels] values from 0 to 255.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">1, or 3: red, green, blue.</param>
internal sealed record RawPicture(byte[] Pixels, int Height, int Width, int Channels);

/// <summary>Pictures in an .npy array, read one by one: the whole may be more than memory holds. Safe to call from several
/// threads.</summary>
internal sealed class PictureArray : IDisposable
{
    private const string Expected = "expected pictures as [N, H, W], [N, H, W, C] with C of 1, 3 or 4, or [N, C, H, W] with C of 1 or 3";
    private const int LongestSide = 65_536;

    /// <summary>So many pictures, and so many pixels of their sides, tell the scale of the values.</summary>
    private const int Sampled = 64;

    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly NpyHeader _header;
    private readonly bool _isChannelsFirst;
    private readonly int _channels;
    private readonly Lazy<(float Add, float Multiply)> _scale;

    private PictureArray(string path, SafeFileHandle file, NpyHeader header)
    {
        (_path, _file, _header) = (path, file, header);
        var shape = header.Shape;
        _isChannelsFirst = shape.Length == 4 && shape[3] is not (1 or 3 or 4);
        _channels = shape.Length == 3 ? 1 : (int)shape[_isChannelsFirst ? 1 : 3];
        (Height, Width) = ((int)shape[_isChannelsFirst ? 2 : 1], (int)shape[_isChannelsFirst ? 3 : 2]);
        _scale = new Lazy<(float, float)>(ScaleOf);
    }

    /// <summary>Number of pictures.</summary>
    public long Count => _header.Shape[0];

    /// <summary>Rows of each.</summary>
    public int Height { get; }

    /// <summary>Columns of each.</summary>
    public int Width { get; }

    /// <summary>Opens an array.</summary>
    /// <param name="path">The .npy file.</param>
    /// <exception cref="InputException">It is no array, or none of pictures.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static PictureArray Open(string path)
    {
        NpyHeader header;
        using (var store = ArrayStore.OfFile(path))
        {
            using var array = store.Guard(() => store.Open(store.Names[0])); // checks the length too
            header = array.Header;
            Require(path, header, array.ShapeText);
        }

        try
        {
            return new PictureArray(path, File.OpenHandle(path), header);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be read ({e.Message.Split('\n')[0].TrimEnd('.')}); check its permissions.", e);
        }
    }

    /// <summary>Reads a picture.</summary>
    /// <param name="index">In [0, <see cref="Count"/>).</param>
    /// <param name="most">The longest side that is wanted: of a larger picture every second, third, … pixel is read.</param>
    /// <exception cref="InputException">The file has been cut since, or its values are on a scale that cannot be told.</exception>
    public RawPicture Read(long index, int most)
    {
        var (add, multiply) = _scale.Value;
        var (values, height, width) = Values(index, most);
        var pixels = Array.ConvertAll(values, v => float.IsNaN(v) ? (byte)0 : (byte)Math.Clamp(MathF.Round((v + add) * multiply), 0, 255));
        return _channels == 4 ? new RawPicture(OnWhite(pixels), height, width, 3) : new RawPicture(pixels, height, width, _channels);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static void Require(string path, NpyHeader header, string shape)
    {
        var sizes = header.Shape;
        var isPictures =
            !header.IsText
            && !sizes.Contains(0)
            && sizes.Skip(1).All(size => size <= LongestSide)
            && (sizes.Length == 3 || (sizes.Length == 4 && (sizes[3] is 1 or 3 or 4 || sizes[1] is 1 or 3)));
        if (!isPictures)
        {
            throw new InputException($"{path} is {header.TypeName} of shape {shape}, {Expected}.");
        }

        if (header.IsFortranOrder)
        {
            throw new InputException($"{path} is in Fortran order; save it with numpy.ascontiguousarray.");
        }
    }

    /// <summary>Every so many pixels of a picture, as [h, w, C] numbers.</summary>
    private (float[] Values, int Height, int Width) Values(long index, int most)
    {
        var step = (Math.Max(Height, Width) + most - 1) / most;
        var (height, width) = ((Height + step - 1) / step, (Width + step - 1) / step);
        var (planes, inPlane) = _isChannelsFirst ? (_channels, 1) : (1, _channels); // an item of a row has inPlane numbers
        var row = new byte[Width * inPlane * _header.ItemBytes];
        var values = new float[height * width * _channels];
        for (var plane = 0; plane < planes; plane++)
        {
            for (var y = 0; y < height; y++)
            {
                ReadRow(row, (((index * planes) + plane) * Height) + ((long)y * step));
                for (var x = 0; x < width * inPlane; x++)
                {
                    var (pixel, channel) = (x / inPlane, plane + (x % inPlane));
                    values[(((y * width) + pixel) * _channels) + channel] = Value(row, (pixel * step * inPlane) + (x % inPlane));
                }
            }
        }

        return (values, height, width);
    }

    private void ReadRow(byte[] row, long number)
    {
        try
        {
            if (RandomAccess.Read(_file, row, _header.HeaderBytes + (number * row.Length)) < row.Length)
            {
                throw new InputException($"{_path} is cut: its header speaks of more pictures than it has.");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{_path} cannot be read ({e.Message.Split('\n')[0].TrimEnd('.')}); check its disk.", e);
        }
    }

    private float Value(byte[] row, int place)
    {
        var item = row.AsSpan(place * _header.ItemBytes, _header.ItemBytes);
        if (_header.IsBigEndian)
        {
            item.Reverse(); // each is looked at once
        }

        return _header.Kind == 'b' ? Math.Min(item[0], (byte)1) : ArrayVectors.Value(item, _header.Kind);
    }

    /// <summary>What brings the values to 0 to 255, by some pictures of all.</summary>
    private (float Add, float Multiply) ScaleOf()
    {
        var (least, most) = (float.PositiveInfinity, float.NegativeInfinity);
        for (var k = 0L; k < Math.Min(Sampled, Count); k++)
        {
            foreach (var value in Values(k * Count / Math.Min(Sampled, Count), Sampled).Values.Where(float.IsFinite))
            {
                (least, most) = (Math.Min(least, value), Math.Max(most, value));
            }
        }

        const float Tolerance = 0.02f; // rounding and resampling leave a little
        return (least, most) switch
        {
            (float.PositiveInfinity, _) => (0, 1), // no number at all: black
            (>= -Tolerance, <= 1 + Tolerance) => (0, 255),
            (>= -1 - Tolerance, <= 1 + Tolerance) => (1, 127.5f),
            (>= -Tolerance, <= 255 + Tolerance) => (0, 1),
            (>= 0, <= ushort.MaxValue) when _header.Kind is 'i' or 'u' => (0, 255f / ((1 << (int)Math.Floor(Math.Log2(most) + 1)) - 1)),
            _ => throw new InputException(
                $"{_path} has values from {least:G4} to {most:G4}, expected pictures on the scale 0 to 1, -1 to 1 or 0 to 255."
            ),
        };
    }

    private static byte[] OnWhite(byte[] pixels)
    {
        var result = new byte[pixels.Length / 4 * 3];
        for (var i = 0; i < result.Length; i++)
        {
            int opacity = pixels[(i / 3 * 4) + 3];
            result[i] = (byte)(((pixels[(i / 3 * 4) + (i % 3)] * opacity) + ((255 - opacity) * 255) + 127) / 255);
        }

        return result;
    }
}
