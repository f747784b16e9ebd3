using System.Text.Json;
using Rote.Cli;
using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

/// <summary>As programs of their own, with a data folder of their own.</summary>
[NoTensorLeaks]
public sealed class EmbedCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public EmbedCommandTests()
    {
        EvaluateCommandTests.Pets.Draw(_folder, "pets", "cat", 9, 9);
        File.WriteAllBytes(
            _folder.File("toy.onnx"),
            OnnxFiles.Pictures([0, 3, 8, 8], [.. Enumerable.Range(0, 12).Select(i => (float)((i * 7 % 5) - 2))], 4)
        );
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_name_texts_are_read_by_the_encoder_of_texts()
    {
        string[] said = ["the card has not arrived yet", "where is my new card", "my transfer failed again", "the transfer was declined"];
        File.WriteAllText(
            _folder.File("texts.csv"),
            "text,label\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{said[i % 4]} {i},{(i % 4 < 2 ? "card" : "transfer")}\n"))
        );
        var told = Done("embed", _folder.File("texts.csv"), "--out", _folder.File("texts.npy"));
        Assert.Contains("384 numbers each, by minilm", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Vectors_are_written_and_trained_on_and_evaluated_by_the_same_encoder()
    {
        var (toy, pets, table) = (_folder.File("toy.onnx"), _folder.File("pets"), _folder.File("pets.parquet"));
        Assert.Contains("4 numbers each, by toy.onnx", Done("embed", pets, "--embed", toy, "--out", table), StringComparison.Ordinal);
        using (var read = DatasetLoader.Load(table, new DataFolder(_folder.Path)))
        {
            Assert.Equal((24, 4), (read.Data.Train.Count + read.Data.Test.Count, read.Data.Train.Width));
        }

        string[] train = ["train", pets, "--embed", toy, "--epochs", "2", "--runs", _folder.File("runs")];
        Done(train);
        var run = Assert.Single(
            Directory.GetDirectories(_folder.File("runs")),
            folder => File.Exists(Path.Combine(folder, "summary.json"))
        );
        using (var experiment = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "experiment.json"))))
        {
            var encoder = experiment.RootElement.GetProperty("data").GetProperty("encoder");
            Assert.Equal(("toy.onnx", 64), (encoder.GetProperty("name").GetString(), encoder.GetProperty("identity").GetString()!.Length));
        }

        var written = File.GetLastWriteTimeUtc(Path.Combine(run, "summary.json"));
        Done(train); // is found finished
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(run, "summary.json")));
        string[] evaluate = ["evaluate", run, pets, "--output", _folder.File("out")];
        Assert.Contains("does not keep where that lies", Wrong(evaluate), StringComparison.Ordinal);
        Assert.Contains("leave out --embed none", Wrong([.. evaluate, "--embed", "none"]), StringComparison.Ordinal);
        Assert.Contains("Every example", Done([.. evaluate, "--embed", toy]), StringComparison.Ordinal);

        // Another network under the same name is another encoder.
        File.WriteAllBytes(toy, OnnxFiles.Pictures([0, 3, 8, 8], new float[12], 4));
        Assert.Contains("encoded by toy.onnx", Wrong([.. evaluate, "--embed", toy]), StringComparison.Ordinal);
    }

    [Fact]
    public void Worker_processes_encode_too()
    {
        string[] line = ["train", _folder.File("pets"), "--embed", _folder.File("toy.onnx"), "--seeds", "2", "--epochs", "2"];
        Done([.. line, "--runs", _folder.File("runs")]);
        Assert.Equal(2, Directory.GetFiles(_folder.File("runs"), "summary.json", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void What_cannot_be_is_refused_in_one_sentence()
    {
        Assert.Contains("ends in .npy or .parquet", Wrong("embed", "shapes", "--out", _folder.File("x.txt")), StringComparison.Ordinal);
        Assert.Contains(
            "did you mean resnet18",
            Wrong("embed", "shapes", "--embed", "resnet81", "--out", "x.npy"),
            StringComparison.Ordinal
        );
        Assert.Contains("multiple of 32", Wrong("embed", "shapes", "--embed", "resnet18=100", "--out", "x.npy"), StringComparison.Ordinal);
        Assert.Contains("whole number", Wrong("embed", "shapes", "--embed", "resnet18=0", "--out", "x.npy"), StringComparison.Ordinal);
        Assert.Contains("reads texts", Wrong("embed", "shapes", "--embed", "minilm", "--out", "x.npy"), StringComparison.Ordinal);
        Assert.Contains("--embed is none", Wrong("embed", "shapes", "--embed", "none", "--out", "x.npy"), StringComparison.Ordinal);
        Assert.Contains("There is no file", Wrong("train", "shapes", "--embed", "nowhere.onnx"), StringComparison.Ordinal);
    }

    private string Done(params string[] line)
    {
        var (code, output, error) = Start(line);
        Assert.True(code == ExitCode.Done, error + output);
        return output;
    }

    private string Wrong(params string[] line)
    {
        var (code, _, error) = Start(line);
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return error;
    }

    private (int Code, string Output, string Error) Start(string[] line) =>
        Command.Start((DataFolder.Variable, _folder.File("data")), line);
}
