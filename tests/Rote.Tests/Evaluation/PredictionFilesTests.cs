using Rote.Data;
using Rote.Evaluation;
using Rote.Tests.Support;

namespace Rote.Tests.Evaluation;

[NoTensorLeaks]
public sealed class PredictionFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Both_files_are_written_and_equal_predictions_leave_them_alone()
    {
        var files = PredictionFiles.Write(Result(), _folder.File("out"), overwrite: false);
        Assert.Equal((_folder.File("out/animals-test.parquet"), _folder.File("out/animals-test.csv")), (files.Parquet, files.Csv));
        Assert.Equal(2, Directory.GetFiles(_folder.File("out")).Length);
        var times = Times(files);
        PredictionFiles.Write(Result(), _folder.File("out"), overwrite: false);
        Assert.Equal(times, Times(files));
        Assert.Equal(21, File.ReadLines(files.Csv).Count());
    }

    [Fact]
    public void Other_predictions_are_refused_unless_the_user_says_otherwise()
    {
        var files = PredictionFiles.Write(Result(), _folder.Path, overwrite: false);
        var (parquet, csv) = (File.ReadAllBytes(files.Parquet), File.ReadAllText(files.Csv));
        var other = EvaluationSamples.Of(10, ["a", "b"]);
        Assert.Contains(
            "(overwriting)",
            Assert.Throws<InputException>(() => PredictionFiles.Write(other, _folder.Path, overwrite: false)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(parquet, File.ReadAllBytes(files.Parquet));
        Assert.Equal(csv, File.ReadAllText(files.Csv));
        PredictionFiles.Write(other, _folder.Path, overwrite: true);
        Assert.Equal(11, File.ReadLines(files.Csv).Count());
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void A_full_disk_leaves_no_half_file()
    {
        using var disk = new Tmpfs(kilobytes: 8);
        Assert.Throws<MachineException>(() => PredictionFiles.Write(EvaluationSamples.Of(5000, ["a", "b"]), disk.Path, overwrite: false));
        Assert.Empty(Directory.GetFiles(disk.Path));
    }

    [Fact]
    public void A_name_that_begins_as_a_formula_is_found()
    {
        Assert.Null(PredictionFiles.Formula(Result()));
        Assert.Equal("=b", PredictionFiles.Formula(EvaluationSamples.Of(4, ["a", "=b"])));
        Assert.Equal("-x.png", PredictionFiles.Formula(EvaluationSamples.Of(1, ["a", "b"]) with { Rows = SourceRows.OfFiles(["-x.png"]) }));
    }

    private static NetworkEvaluation Result() => EvaluationSamples.Of(20, ["cat", "dog", "eel"]);

    private static DateTime[] Times(PredictionFiles files) =>
        [File.GetLastWriteTimeUtc(files.Parquet), File.GetLastWriteTimeUtc(files.Csv)];
}
