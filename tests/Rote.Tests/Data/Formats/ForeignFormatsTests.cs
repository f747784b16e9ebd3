using Rote.Data;
using Rote.Data.Formats;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats;

/// <summary>Formats that are not read are named, with what converts them.</summary>
public sealed class ForeignFormatsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_is_refused_by_name_with_what_converts_it()
    {
        Assert.All(
            ForeignFormats.Extensions,
            extension =>
            {
                var path = _folder.File($"my data{extension}");
                File.WriteAllBytes(path, [1, 2, 3]);
                foreach (
                    var options in new UserDataOptions[]
                    {
                        new(),
                        new() { LabelColumn = "a" },
                        new() { SkipBad = true },
                    }
                )
                {
                    var message = Assert
                        .Throws<InputException>(() => DatasetLoader.Load(path, new DataFolder("/nowhere"), options))
                        .Message;
                    Assert.StartsWith($"{path} is ", message, StringComparison.Ordinal);
                    Assert.Matches(@"'[^']*my data\.(npz|csv|jsonl|parquet)'", message);
                }
            }
        );
    }

    [Theory]
    [InlineData("/data/it's.mat", "'/data/it\\'s.mat'")]
    [InlineData("c:\\x.mat", "'c:\\\\x.mat'")]
    public void A_path_is_written_as_Python_reads_it(string path, string expected) => Assert.Equal(expected, ForeignFormats.Quoted(path));

    [Theory]
    [InlineData("d.txt")]
    [InlineData("d.data")]
    [InlineData("d.csv")]
    public void Libsvm_under_another_name_is_told_by_its_lines(string file)
    {
        File.WriteAllText(_folder.File(file), "1 1:0.5 7:2\n-1 2:3\n");
        Assert.Contains(
            "load_svmlight_file",
            Assert.Throws<InputException>(() => DatasetLoader.Load(_folder.File(file), new DataFolder("/nowhere"))).Message,
            StringComparison.Ordinal
        );
    }
}
