using System.Text;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Rote.Data;
using Rote.Tensors;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats;

/// <summary>A file that something has changed is read or refused in a sentence; no other exception, and no memory for what it
/// claims.</summary>
[NoTensorLeaks]
public sealed class MutatedFilesTests : IDisposable
{
    private const int Tries = 300;

    private static readonly byte[] Interesting = [0, 1, 0x7f, 0x80, 0xff, (byte)'"', (byte)',', (byte)'\n', (byte)'[', (byte)'{'];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("t.jsonl")]
    [InlineData("t.csv.gz")]
    [InlineData("t.arrow")]
    [InlineData("stream.arrow")]
    [InlineData("t.npz")]
    [InlineData("half.parquet")]
    [InlineData("train-images-idx3-ubyte")]
    public void Changed_bytes_are_read_or_refused(string file)
    {
        File.WriteAllBytes(_folder.File("train-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 0, 1]);
        var content = Content(file);
        var random = new Seeds(1).Stream(file);
        for (var i = 0; i < Tries; i++)
        {
            var changed = content.ToArray();
            for (var c = 0; c <= i % 3; c++)
            {
                changed[(int)(random.NextUInt64() % (ulong)changed.Length)] = Interesting[
                    (int)(random.NextUInt64() % (ulong)Interesting.Length)
                ];
            }

            File.WriteAllBytes(_folder.File(file), changed);
            try
            {
                DatasetLoader.Load(_folder.File(file), new DataFolder("/nowhere")).Dispose();
            }
            catch (RoteException)
            {
                // A sentence.
            }
        }
    }

    private static byte[] Content(string file)
    {
        const string Json =
            "{\"a\":0.5,\"b\":-1,\"label\":\"x\"}\n{\"a\":1.5,\"b\":2,\"label\":\"y\"}\n"
            + "{\"a\":2,\"b\":3,\"label\":\"x\"}\n{\"a\":3,\"b\":4,\"label\":\"y\"}\n";
        return file switch
        {
            "t.jsonl" => Encoding.UTF8.GetBytes(Json),
            "t.csv.gz" => Packed.Gzip("a,b,label\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n"u8.ToArray()),
            "t.npz" => NpyFiles.Npz(
                false,
                ("x.npy", NpyFiles.Floats([1, 2, 3, 4], 4, 1)),
                ("y.npy", NpyFiles.Array("<U1", Encoding.UTF32.GetBytes("abab"), 4))
            ),
            "half.parquet" => HalfParquet.Scalars("h", [(Half)1, (Half)2, (Half)3, (Half)4], [0, 1, 0, 1]),
            "train-images-idx3-ubyte" => [0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 2, .. Enumerable.Range(0, 16).Select(i => (byte)i)],
            _ => Arrow(file.StartsWith('t')),
        };
    }

    private static byte[] Arrow(bool isFile)
    {
        var columns = new IArrowArray[]
        {
            new FloatArray.Builder().AppendRange([1f, 2, 3, 4]).Build(),
            new StringArray.Builder().AppendRange(["x", "y", "x", "y"]).Build(),
        };
        var schema = new Schema(columns.Select((c, i) => new Field(i == 0 ? "a" : "label", c.Data.DataType, true)), null);
        using var stream = new MemoryStream();
        using (
            var writer = isFile
                ? new ArrowFileWriter(stream, schema, leaveOpen: true)
                : new ArrowStreamWriter(stream, schema, leaveOpen: true)
        )
        {
            writer.WriteRecordBatch(new RecordBatch(schema, columns, 4));
            writer.WriteEnd();
        }

        return stream.ToArray();
    }
}
