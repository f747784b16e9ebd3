using Rote.Audits;
using Rote.Measurement;
using Rote.Tests.Support;

namespace Rote.Tests.Audits;

[NoTensorLeaks]
public sealed class AuditFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_file_holds_what_it_says()
    {
        using var images = Samples.Noise(AuditSamples.Count, 4, side: 4, classes: 3);
        AuditFiles.Write(AuditSamples.Result(), images.Train, _folder.Path);
        Snapshot.Verify(File.ReadAllText(_folder.File(AuditFiles.Csv)), "examples", "csv");
        Snapshot.Verify(File.ReadAllText(_folder.File(AuditFiles.Suspects)), "suspects", "csv");
        Snapshot.Verify(File.ReadAllText(_folder.File(AuditFiles.Summary)).Replace(AuditSamples.Result().Plan.Identity, "identity", StringComparison.Ordinal), "summary", "json");
        Assert.Equal([.. Enumerable.Range(2, 10).Select(i => $"{i}")], File.ReadAllLines(_folder.File(AuditFiles.Keep)));
    }

    [Fact]
    public void Examples_are_kept_by_their_names_where_they_have_some()
    {
        using var images = Samples.Noise(AuditSamples.Count, 4, side: 4, classes: 3);
        using var named = new global::Rote.Data.Dataset(
            images.Train.Pixels.clone(), images.Train.Labels.clone(), images.Train.ClassNames, images.Train.Split, images.Train.Provenance, [.. Enumerable.Range(0, AuditSamples.Count).Select(i => $"cow/{i},\n.png")]);
        AuditFiles.Write(AuditSamples.Result(), named, _folder.Path);
        Assert.Equal("cow/2, .png", File.ReadAllLines(_folder.File(AuditFiles.Keep))[0]);
    }

    [Fact]
    public void The_estimate_for_the_first_suspects_adds_their_probabilities()
    {
        var result = AuditSamples.Result();
        Assert.Equal(0.98 + 0.71, result.WrongAmong(2).Value, 12);
        Assert.Equal(2, result.WrongAmong(2).Samples);
        Assert.True(result.WrongAmong(2).StandardError > 0);

        // Wrong labels that do not look like canaries: the error reaches down to none.
        var unlike = result with { Wrong = result.Wrong with { Uniform = new Estimate(0, 0, 30), Confusable = new Estimate(0, 0, 30) } };
        Assert.Equal(result.WrongAmong(2).Value, unlike.WrongAmong(2).Value);
        Assert.InRange(unlike.WrongAmong(2).StandardError, 2 / 3.92, 1);
        Assert.True(unlike.WrongAmong(2).StandardError > result.WrongAmong(2).StandardError);
    }
}
