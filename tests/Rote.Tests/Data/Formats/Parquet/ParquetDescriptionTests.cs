using Rote.Data;
using Rote.Measurement;
using Rote.Storage.Tables;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Parquet;

[NoTensorLeaks]
public sealed class ParquetDescriptionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A page of some bytes claimed a quarter of a gigabyte, and so much was taken before one byte was unpacked.</summary>
    [Fact]
    public void A_packed_page_that_claims_more_than_its_header_takes_no_memory()
    {
        var path = _folder.File("t.parquet");
        using (var stream = File.Create(path))
        {
            ParquetTable.Write(
                stream,
                [
                    new Column("height", Enumerable.Range(0, 20).Select(i => i * 0.5).ToArray()),
                    new Column("label", Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? "a" : "b").ToArray()),
                ],
                new Dictionary<string, string>()
            );
        }

        var whole = File.ReadAllBytes(path);
        byte[] claim = [0xff, 0xff, 0xff, 0xff, 0x03]; // 1 GB, seven bits a byte
        var claimed = 0;
        for (var at = 0; at + claim.Length <= whole.Length; at++)
        {
            var changed = whole.ToArray();
            claim.CopyTo(changed, at);
            File.WriteAllBytes(path, changed);
            var before = GC.GetAllocatedBytesForCurrentThread();
            if (Record.Exception(() => DatasetLoader.Load(path, new DataFolder("/nowhere")).Dispose()) is { } error)
            {
                var message = Assert.IsType<InputException>(error).Message;
                claimed += message.Contains("a packed page claims", StringComparison.Ordinal) ? 1 : 0;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
        }

        Assert.Equal(3, claimed); // a page a column, and the dictionary of the labels
    }
}
