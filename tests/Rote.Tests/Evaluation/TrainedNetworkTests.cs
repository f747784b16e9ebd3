using Rote.Evaluation;
using Rote.Networks;
using Rote.Storage;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Evaluation;

[NoTensorLeaks]
public sealed class TrainedNetworkTests : IDisposable
{
    private readonly TinyRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void The_network_of_a_run_is_loaded_in_inference_mode()
    {
        var run = _runs.Finish();
        using var network = TrainedNetwork.Load(run);
        Assert.False(network.Module.training);
        Assert.Null(network.EngineNote);
        Assert.Equal(["class 0", "class 1", "class 2", "class 3"], network.Data.ClassNames);
        Assert.Equal("6×6×1", network.Data.Image);
        using var saved = Safetensors.Read(Weights(run));
        Assert.Equal(saved.Tensors.Keys, network.Module.state_dict().Keys);
        Assert.All(
            saved.Tensors,
            tensor => Assert.Equal(tensor.Value.bytes.ToArray(), network.Module.state_dict()[tensor.Key].bytes.ToArray())
        );
    }

    [Fact]
    public void Equal_runs_have_equal_descriptions_of_their_data()
    {
        var first = File.ReadAllText(Path.Combine(_runs.Finish().Folder, RunFiles.Data));
        using var others = new TinyRuns();
        Assert.Equal(first, File.ReadAllText(Path.Combine(others.Finish().Folder, RunFiles.Data)));
    }

    [Fact]
    public void A_run_of_another_engine_is_loaded_and_told()
    {
        var run = _runs.Finish();
        using var network = TrainedNetwork.Load(run with { Experiment = run.Experiment with { Engine = 0 } });
        Assert.Contains("is of engine 0, this Rote is engine", network.EngineNote, StringComparison.Ordinal);
    }

    [Fact]
    public void An_experiment_of_another_schema_is_refused()
    {
        var run = _runs.Finish();
        Assert.Contains("has schema 9", Refuse(run with { Experiment = run.Experiment with { Schema = 9 } }), StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_with_any_byte_changed_or_cut_off_are_refused()
    {
        var run = _runs.Finish();
        var whole = File.ReadAllBytes(Weights(run));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[1, 255], Gen.Bool)
            .Sample(
                (at, change, isCut) =>
                {
                    var bytes = isCut ? whole[..at] : [.. whole];
                    if (!isCut)
                    {
                        bytes[at] ^= (byte)change;
                    }

                    File.WriteAllBytes(Weights(run), bytes);
                    try
                    {
                        // A name of the metadata that nobody reads may change: all that counts is then as before.
                        using var network = TrainedNetwork.Load(run);
                        Assert.Equal(
                            run.Summary.WeightsSha256,
                            Safetensors.Write(
                                Stream.Null,
                                network.Module.state_dict().Select(p => (p.Key, p.Value)),
                                new Dictionary<string, string>()
                            )
                        );
                    }
                    catch (InputException error)
                    {
                        Assert.Contains("weights.safetensors", error.Message, StringComparison.Ordinal);
                        Assert.DoesNotContain('\n', error.Message);
                    }
                },
                iter: 200,
                threads: 1 // all write the same file
            );
    }

    [Theory]
    [InlineData("it lacks the tensor 'layers.1.bias' of the MLP 1×8")]
    [InlineData("it holds the tensor 'extra', which the MLP 1×8 has not")]
    [InlineData("its tensor 'layers.1.bias' is Float32 [5], the MLP 1×8 has Float32 [4]")]
    [InlineData("its tensor 'layers.1.bias' is Float64 [4], the MLP 1×8 has Float32 [4]")]
    public void Weights_of_another_network_are_refused(string problem)
    {
        var run = Rewrite(
            _runs.Finish(),
            tensors =>
            {
                if (problem.Contains("lacks", StringComparison.Ordinal))
                {
                    tensors.Remove("layers.1.bias");
                }
                else if (problem.Contains("extra", StringComparison.Ordinal))
                {
                    tensors["extra"] = zeros(2);
                }
                else
                {
                    tensors["layers.1.bias"] = problem.Contains("[5]", StringComparison.Ordinal) ? zeros(5) : zeros(4, float64);
                }
            }
        );
        Assert.EndsWith(
            $"weights.safetensors does not fit its run: {problem}; remove the run and train again.",
            Refuse(run),
            StringComparison.Ordinal
        );
        Assert.EndsWith("train again.", Refuse(run with { Experiment = run.Experiment with { Engine = 0 } }), StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_not_those_of_the_summary_are_refused()
    {
        var run = _runs.Finish();
        Assert.Contains(
            "summary.json says 00",
            Refuse(run with { Summary = run.Summary with { WeightsSha256 = "00" } }),
            StringComparison.Ordinal
        );
        var other = _runs.Finish(TinyRuns.Experiment() with { Seed = 2 });
        File.Copy(Weights(other), Weights(run), overwrite: true);
        Assert.Contains("it belongs to another experiment than summary.json", Refuse(run), StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_without_a_checksum_are_refused()
    {
        // A file of another program has none; the header is changed to the same length.
        var run = _runs.Finish();
        var text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(Weights(run)));
        File.WriteAllBytes(
            Weights(run),
            System.Text.Encoding.Latin1.GetBytes(text.Replace("\"sha256\"", "\"sha999\"", StringComparison.Ordinal))
        );
        Assert.Contains("it has no SHA-256 of its data", Refuse(run), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_files_are_named()
    {
        var run = _runs.Finish();
        File.Move(Weights(run), Weights(run) + ".away");
        Assert.Contains("weights.safetensors", Refuse(run), StringComparison.Ordinal);
        File.Delete(Path.Combine(run.Folder, RunFiles.Data));
        Assert.Contains("has no data.json", Refuse(run), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "data.json is damaged")]
    [InlineData("null", "data.json is damaged")]
    [InlineData("{}", "data.json is damaged")]
    [InlineData("""{"classNames": [], "height": 6, "width": 6, "channels": 1}""", "There are no class names")]
    [InlineData("""{"classNames": ["a", null], "height": 6, "width": 6, "channels": 1}""", "data.json is damaged")]
    [InlineData("""{"classNames": ["a", "b"], "height": 0, "width": 6, "channels": 1}""", "The height is 0, expected at least 1")]
    [InlineData("""{"classNames": ["a", "b"], "height": 6, "width": 6, "channels": 1}""", "does not fit its run: its tensor")]
    [InlineData("""{"classNames": ["a", "b", "c", "d"], "height": 7, "width": 6, "channels": 1}""", "does not fit its run: its tensor")]
    public void A_description_that_does_not_fit_is_refused(string content, string part)
    {
        var run = _runs.Finish();
        File.WriteAllText(Path.Combine(run.Folder, RunFiles.Data), content);
        Assert.Contains(part, Refuse(run), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2_000_000, 2_000_000)]
    [InlineData(40_000, 40_000)]
    public void A_description_of_giant_images_does_not_ask_for_giant_memory(int height, int width)
    {
        var run = _runs.Finish(TinyRuns.Experiment(network: new Mlp { Hidden = [4096] }));
        File.WriteAllText(
            Path.Combine(run.Folder, RunFiles.Data),
            $$"""{"classNames": ["a", "b", "c", "d"], "height": {{height}}, "width": {{width}}, "channels": 1}"""
        );
        Assert.Contains(
            "does not fit into memory",
            Assert.Throws<MachineException>(() => TrainedNetwork.Load(run)).Message,
            StringComparison.Ordinal
        );
    }

    private static string Weights(FinishedRun run) => Path.Combine(run.Folder, RunFiles.Weights);

    private static string Refuse(FinishedRun run)
    {
        var message = Assert.Throws<InputException>(() => TrainedNetwork.Load(run)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    /// <summary>Other tensors in the file, and their checksum in the summary: only names, shapes and types can tell.</summary>
    private static FinishedRun Rewrite(FinishedRun run, Action<Dictionary<string, Tensor>> change)
    {
        using var scope = NewDisposeScope();
        using var file = Safetensors.Read(Weights(run));
        var tensors = file.Tensors.ToDictionary();
        change(tensors);
        var digest = "";
        AtomicFile.Write(
            Weights(run),
            stream =>
                digest = Safetensors.Write(
                    stream,
                    tensors.Select(t => (t.Key, t.Value)),
                    new Dictionary<string, string> { ["experiment"] = run.Summary.Experiment }
                )
        );
        return run with { Summary = run.Summary with { WeightsSha256 = digest } };
    }
}
