using Rote.Data;
using Rote.Data.Formats;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Data.Formats;

[NoTensorLeaks]
public sealed class DatasetReadersTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void A_format_of_another_assembly_is_read_once_it_is_registered()
    {
        File.WriteAllText(_folder.File("t.pairs"), "a 1\na 2\nb 3\nb 4\n");
        Assert.Throws<InputException>(() => Load("t.pairs"));
        var reader = new PairReader("pairs");
        DatasetLoader.Register(reader);
        try
        {
            using var data = Load("t.pairs");
            Assert.Equal(["a", "b"], data.Data.Train.ClassNames);
            Assert.Equal((2, 2), (data.Data.Train.Count, data.Data.Test.Count));
            Assert.Equal(SplitOrigin.SetAside, data.Data.Origin);
            Assert.Equal(("t", DataRequest.Sha256Of([_folder.File("t.pairs")])), (data.Spec.Name, data.Spec.Sha256));
            Assert.Contains(
                "a file of pairs",
                Assert.Throws<InputException>(() => DatasetLoader.IsCatalogName("none.pairs")).Message,
                StringComparison.Ordinal
            );
        }
        finally
        {
            DatasetReaders.Remove(reader);
        }
    }

    [Fact]
    public void A_reader_is_asked_before_the_built_in_ones_and_takes_a_name_of_its_own()
    {
        File.WriteAllText(_folder.File("t.csv"), "a 1\na 2\nb 3\nb 4\n");
        var reader = new PairReader("csv-pairs", ".csv");
        DatasetLoader.Register(reader);
        try
        {
            using var data = Load("t.csv");
            Assert.Equal(["a", "b"], data.Data.Train.ClassNames);
            Assert.StartsWith(
                "There is a reader of data 'CSV-pairs' already; choose a name of its own.",
                Assert.Throws<ArgumentException>(() => DatasetLoader.Register(new PairReader("CSV-pairs"))).Message,
                StringComparison.Ordinal
            );
            Assert.Throws<ArgumentException>(() => DatasetLoader.Register(new PairReader("numpy")));
            var other = new PairReader("other-pairs", ".other");
            DatasetLoader.Register(other);
            DatasetReaders.Remove(other);
        }
        finally
        {
            DatasetReaders.Remove(reader);
        }
    }

    [Fact]
    public void Options_that_a_reader_does_not_take_are_refused_before_it_reads()
    {
        File.WriteAllText(_folder.File("t.pairs"), "damaged");
        var reader = new PairReader("pairs");
        DatasetLoader.Register(reader);
        try
        {
            UserDataOptions[] all =
            [
                new() { ImageSize = 8 },
                new() { SkipBad = true },
                new() { Ignore = ["a"] },
                new() { Labels = "y.txt" },
                new() { LabelColumn = "a" },
            ];
            Assert.All(
                all,
                options =>
                    Assert.Matches(
                        "are for folders of pictures|Columns are left out of tables|give it without",
                        Assert.Throws<InputException>(() => Load("t.pairs", options)).Message
                    )
            );
        }
        finally
        {
            DatasetReaders.Remove(reader);
        }
    }

    [Fact]
    public void Each_kind_of_data_takes_the_options_that_have_a_meaning_for_it()
    {
        File.WriteAllText(_folder.File("t.csv"), "a,label\n1,x\n");
        Directory.CreateDirectory(_folder.File("pictures/a"));
        Assert.Equal(ReaderOptions.Labels | ReaderOptions.Columns | ReaderOptions.Ignore, DatasetLoader.OptionsOf(_folder.File("t.csv")));
        Assert.Equal(
            ReaderOptions.Pictures | ReaderOptions.Labels | ReaderOptions.Columns,
            DatasetLoader.OptionsOf(_folder.File("pictures"))
        );
        Assert.Equal(ReaderOptions.None, DatasetLoader.OptionsOf("shapes"));
    }

    public void Dispose() => _folder.Dispose();

    private NamedData Load(string name, UserDataOptions? options = null) =>
        DatasetLoader.Load(_folder.File(name), new DataFolder("/nowhere"), options);

    /// <summary>Lines of a label and a number.</summary>
    private sealed class PairReader(string name, string extension = ".pairs") : IDatasetReader
    {
        public string Name => name;

        public string Kinds => "a file of pairs";

        public IReadOnlyList<string> Extensions { get; } = [extension];

        public bool CanRead(string path) => path.EndsWith(extension, StringComparison.Ordinal);

        public ReaderOptions Takes(string path) => ReaderOptions.None;

        public NamedData Load(DataRequest request)
        {
            using var scope = NewDisposeScope();
            var lines = File.ReadAllLines(request.Path).Select(line => line.Split(' ')).ToArray();
            var values = tensor(lines.Select(line => float.Parse(line[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray())
                .reshape(lines.Length, 1);
            return request.Whole(values, [.. lines.Select(line => line[0])], [request.Path]);
        }
    }
}
