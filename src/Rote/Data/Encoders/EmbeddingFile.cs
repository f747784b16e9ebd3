using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Parquet;
using Parquet.Schema;
using static TorchSharp.torch;

namespace Rote.Data.Encoders;

/// <summary>Writes vectors for other programs: a NumPy array, or an Apache Parquet table that names each vector's example.</summary>
public static class EmbeddingFile
{
    /// <summary>Rows that are written together, in Parquet as one row group.</summary>
    private const int GroupRows = 10_000;

    private const string Numpy = ".npy";
    private const string Parquet = ".parquet";

    /// <summary>Checks the name of a file to write.</summary>
    /// <param name="path">The name.</param>
    /// <exception cref="InputException">It ends neither in .npy nor in .parquet, or is a folder.</exception>
    public static void RequireName(string path)
    {
        if (!IsOf(path, Numpy) && !IsOf(path, Parquet))
        {
            throw new InputException($"The file for the vectors is \"{path}\", expected a name that ends in {Numpy} or {Parquet}.");
        }

        if (Directory.Exists(path))
        {
            throw new InputException($"The file for the vectors is {path}, which is a folder; expected a file's name.");
        }
    }

    /// <summary>Writes vectors in the order of their source: file after file, row after row.</summary>
    /// <param name="path">A name that ends in .npy: [N, D] float32; or in .parquet: the columns file, row (null if the file is the
    /// example), label (the class name), embedding (a list of D float32). An existing file is replaced.</param>
    /// <param name="vectors">[N, D] float32.</param>
    /// <param name="encoder">What made them; a Parquet file keeps its name and identity as rote.encoder and rote.identity.</param>
    /// <exception cref="InputException">The name has another ending, or is that of a folder.</exception>
    /// <exception cref="MachineException">The file cannot be written; nothing is left behind.</exception>
    public static void Write(string path, Dataset vectors, EncoderSpec encoder)
    {
        RequireName(path);
        if (!vectors.IsVectors || vectors.Pixels.dtype != ScalarType.Float32)
        {
            throw new ArgumentException("Only vectors of float32 can be written.", nameof(vectors));
        }

        var order = vectors.Rows.InOrder();
        AtomicFile.Write(
            path,
            stream =>
            {
                if (IsOf(path, Numpy))
                {
                    WriteNumpy(stream, vectors, order);
                }
                else
                {
                    WriteParquet(stream, vectors, order, encoder).GetAwaiter().GetResult();
                }
            }
        );
    }

    private static bool IsOf(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    // numpy/lib/format.py, version 1.0: magic, version, length of the dictionary, which ends with a line break at a multiple of 64 bytes.
    private static void WriteNumpy(Stream stream, Dataset vectors, int[] order)
    {
        var dictionary = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({vectors.Count}, {vectors.Width}), }}";
        var length = ((10 + dictionary.Length + 1 + 63) / 64 * 64) - 10;
        stream.Write([0x93, .. "NUMPY"u8, 1, 0]);
        Span<byte> two = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(two, (ushort)length);
        stream.Write(two);
        stream.Write(Encoding.ASCII.GetBytes(dictionary.PadRight(length - 1) + "\n"));
        foreach (var part in order.Chunk(GroupRows))
        {
            stream.Write(MemoryMarshal.AsBytes<float>(Values(vectors, part)));
        }
    }

    private static async Task WriteParquet(Stream stream, Dataset vectors, int[] order, EncoderSpec encoder)
    {
        var (file, row, label) = (new DataField<string>("file"), new DataField<long?>("row"), new DataField<string>("label"));
        var item = new DataField<float>("element");
        var labels = vectors.Labels.data<long>().ToArray();
        await using var writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(file, row, label, new ListField("embedding", item)),
            stream
        );
        writer.CustomMetadata = new Dictionary<string, string> { ["rote.encoder"] = encoder.Name, ["rote.identity"] = encoder.Identity };
        foreach (var part in order.Chunk(GroupRows))
        {
            using var group = writer.CreateRowGroup();
            var size = part.Length * vectors.Width;
            await group.WriteAsync(file, part.Select(i => vectors.Rows[i].File).ToArray());
            await group.WriteAsync<long>(row, part.Select(i => vectors.Rows[i].Row).ToArray().AsMemory());
            await group.WriteAsync(label, part.Select(i => vectors.ClassNames[(int)labels[i]]).ToArray());
            await group.WriteAllPartsAsync<float>(
                item,
                Values(vectors, part),
                Enumerable.Repeat(2, size).ToArray(),
                Enumerable.Range(0, size).Select(i => i % vectors.Width == 0 ? 0 : 1).ToArray(),
                default
            );
            group.CompleteValidate();
        }
    }

    private static float[] Values(Dataset vectors, int[] rows)
    {
        using var scope = NewDisposeScope();
        return vectors.Pixels.index_select(0, tensor(rows, int32)).data<float>().ToArray();
    }
}
