using System.Diagnostics;
using System.Text.Json;
using Rote.Cli;
using Rote.Tensors;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

[NoTensorLeaks]
public sealed class TrainCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>200 small colour images of 32×32 random bytes: reading them takes no time.</summary>
    public TrainCommandTests()
    {
        var stream = new Seeds(1).Stream("sample");
        var pixels = Enumerable.Range(0, 250 * 32 * 32 * 3).Select(_ => (byte)stream.NextInt(256)).ToArray();
        var labels = Enumerable.Range(0, 250).Select(i => (long)(i % 10)).ToArray();
        File.WriteAllBytes(
            _folder.File("noise.npz"),
            NpyFiles.Npz(
                isPacked: false,
                ("x_train.npy", NpyFiles.Bytes(pixels[..(200 * 3072)], 200, 32, 32, 3)),
                ("y_train.npy", NpyFiles.Labels(labels[..200])),
                ("x_test.npy", NpyFiles.Bytes(pixels[(200 * 3072)..], 50, 32, 32, 3)),
                ("y_test.npy", NpyFiles.Labels(labels[200..]))
            )
        );
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_part_of_the_recipe_reaches_the_experiment()
    {
        var result = Train(
            "--network mlp-1x16 --epochs 3 --batch 50 --learning-rate 0.02 --schedule step=2 --momentum 0.8 --nesterov true "
                + "--weight-decay 0.001 --clip 2 --dropout 0.1 "
                + "--label-smoothing 0.05 --augment crop,flip,rotation=10,color=0.5 --average 0.9 --hold-out 0.2 --patience 2 --stop-at "
                + "0.99 --evaluate-every 1 --test-every 2 --corruption corrupted-labels=0.3"
        );
        var experiment = result.GetProperty("experiment");
        Assert.Equal(
            """
            {"learningRate":0.02,"schedule":{"kind":"step","every":2,"decay":0.1},"momentum":0.8,"nesterov":true,"weightDecay":0.001,
            "clipNorm":2,"labelSmoothing":0.05,
            "augmentation":{"cropPadding":0,"horizontalFlip":true,"rotationDegrees":10,"color":0.5},"averageDecay":0.9,
            "batchSize":50,"epochs":3,"stopAtTrainAccuracy":0.99,"holdOut":0.2,"patience":2,"evaluateEvery":1,"testEvery":2,
            "precision":"float32"}
            """.ReplaceLineEndings(""),
            JsonSerializer.Serialize(experiment.GetProperty("recipe"))
        );
        Assert.Equal(0.1, experiment.GetProperty("network").GetProperty("dropout").GetDouble());
        Assert.Equal(28, experiment.GetProperty("data").GetProperty("cropSide").GetInt32());
        Assert.Equal(0.3, experiment.GetProperty("corruption").GetProperty("probability").GetDouble());
        Assert.Equal(40, result.GetProperty("heldOutAccuracy").GetProperty("samples").GetInt32());
    }

    // As "--augment crop" is: windows of the whole picture where the network sees its middle, else with a border.
    [Theory]
    [InlineData("--crop 28", 0)]
    [InlineData("--crop 28 --augment crop,flip", 0)]
    [InlineData("--seed 1", 4)]
    public void The_default_augmentation_is_that_of_the_option(string options, int border)
    {
        var recipe = Train($"--network resnet-4 --epochs 1 --examples 20 --test-examples 10 {options}")
            .GetProperty("experiment")
            .GetProperty("recipe");
        Assert.Equal(border, recipe.GetProperty("augmentation").GetProperty("cropPadding").GetInt32());
    }

    [Theory]
    [InlineData("", 0.001)]
    [InlineData(" --learning-rate 0.02", 0.02)]
    public void Adam_takes_steps_of_its_own_size_unless_told_otherwise(string option, double expected)
    {
        var recipe = Train("--network mlp-1x16 --epochs 1 --optimizer adam" + option).GetProperty("experiment").GetProperty("recipe");
        Assert.Equal("adam", recipe.GetProperty("optimizer").GetProperty("kind").GetString());
        Assert.Equal(expected, recipe.GetProperty("learningRate").GetDouble());
        Assert.False(recipe.TryGetProperty("momentum", out _));
    }

    [Fact]
    public void A_finished_run_is_told_again_without_training()
    {
        var first = Train("--network mlp-1x16 --epochs 2");
        var weights = Path.Combine(first.GetProperty("run").GetString()!, "weights.safetensors");
        var time = File.GetLastWriteTimeUtc(weights);
        Assert.Equal(first.GetRawText(), Train("--network mlp-1x16 --epochs 2").GetRawText());
        Assert.Equal(time, File.GetLastWriteTimeUtc(weights));
    }

    [Fact]
    public void Corrupted_pixels_are_not_augmented_unless_it_is_asked_for()
    {
        var recipe = Train("--network resnet --epochs 1 --examples 20 --corruption random-pixels --batch 20")
            .GetProperty("experiment")
            .GetProperty("recipe");
        Assert.False(recipe.TryGetProperty("augmentation", out _));
        Assert.Contains(
            "leaves no picture",
            Refused("--network mlp-1x16 --corruption random-pixels --augment flip"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("--epochs 0", "The number of epochs is 0")]
    [InlineData("--batch 70000", "The batch size is 70000")]
    [InlineData("--learning-rate NaN", "The learning rate is NaN")]
    [InlineData("--schedule cosin", "did you mean cosine?")]
    [InlineData("--optimizer adan", "did you mean adam?")]
    [InlineData("--optimizer adam --momentum 0.5", "belong to SGD")]
    [InlineData("--optimizer adam --nesterov true", "belong to SGD")]
    [InlineData("--momentum 1", "The momentum is 1")]
    [InlineData("--nesterov true --momentum 0", "the momentum is 0")]
    [InlineData("--weight-decay -1", "The weight decay is -1")]
    [InlineData("--clip 0", "norm is 0")]
    [InlineData("--dropout 1 --network mlp-1x16", "The dropout is 1")]
    [InlineData("--dropout 0.5 --network linear", "no hidden units")]
    [InlineData("--label-smoothing 2", "The label smoothing is 2")]
    [InlineData("--augment flop", "did you mean flip?")]
    [InlineData("--augment flip,flip", "'flip' twice")]
    [InlineData("--augment crop=1.5", "expected a whole number")]
    [InlineData("--augment rotation=", "expected a number")]
    [InlineData("--augment flip=3", "augmentation")]
    [InlineData("--augment crop=32 --crop none --network mlp-1x16", "expected less than the image's side of 32")]
    [InlineData("--augment crop=0 --crop none --network mlp-1x16", "no room")]
    [InlineData("--average 1", "averaged weights is 1")]
    [InlineData("--hold-out 0.95", "held out is 0.95")]
    [InlineData("--hold-out 0.001 --network mlp-1x16", "leaves none on one side")]
    [InlineData("--hold-out 0.001 --network mlp-1x16 --memorize 0.5", "leaves none on one side")]
    [InlineData("--hold-out 0.001 --network mlp-1x16 --memorize adjustable", "leaves none on one side")]
    [InlineData("--hold-out 0 --network mlp-1x16 --memorize 0.5 --precision-of-m 0.05", "set --hold-out, as to 0.1")]
    [InlineData("--patience 0", "patience of early stopping is 0")]
    [InlineData("--patience 3 --hold-out 0", "set --hold-out, as to 0.1")]
    [InlineData("--stop-at 2", "to stop at is 2")]
    [InlineData("--stop-at always", "expected a number")]
    [InlineData("--evaluate-every 0", "every 0 epochs")]
    [InlineData("--memorize 1.5 --network mlp-1x16", "The degree of memorization is 1.5, expected a number from 0 to 1.")]
    [InlineData("--memorize NaN --network mlp-1x16", "The degree of memorization is NaN")]
    [InlineData("--memorize much --network mlp-1x16", "is 'much', expected a number from 0 to 1, auto or adjustable.")]
    [InlineData("--memorize 0.5 --network mlp-1x16 --examples 199", "199 examples, of which 159 are trained on, are too few for the dial")]
    [InlineData("--memorize 0.5 --network mlp-1x16 --hold-out 0.5", "200 examples, of which 100 are trained on, are too few for the dial")]
    [InlineData("--memorize 0.5 --network mlp-1x16 --canaries 0", "The number of canaries is 0")]
    [InlineData("--memorize 0.5 --network mlp-1x16 --canaries 50", "100 canaries are more than 20")]
    [InlineData("--memorize 0.5 --network mlp-1x16 --canaries 2000000000", "are needed for as many")]
    [InlineData("--memorize 0.5 --network mlp-1x16 --precision-of-m 0.2", "canaries are more than 20")]
    [InlineData("--memorize 0.5 --network mlp-1x16 --precision-of-m 0.01", "or more than 40 examples held out")]
    [InlineData("--memorize 0.5 --network mlp-1x16 --canaries 1 --bound-privacy", "so that there is nothing to compare")]
    [InlineData("--memorize 0.5 --network mlp-1x16 --precision-of-m NaN", "The precision of memorization is NaN")]
    [InlineData("--memorize 0.5 --network mlp-1x16 --precision-of-m 1e-9", "ask for less precision")]
    [InlineData("--memorize 0.5 --canaries 9 --precision-of-m 0.1", "give one of them")]
    [InlineData("--bound-privacy --network mlp-1x16", "--bound-privacy is about reading memorization")]
    [InlineData("--canaries 9 --network mlp-1x16", "--canaries is about reading memorization")]
    [InlineData("--memorize 0.5 --network mlp-1x16 --watch-memorization", "give one of them")]
    [InlineData("--check --network mlp-1x16", "give --memorize")]
    [InlineData("--memorize 0.5 --check --seeds 2 --network mlp-1x16", "no --seeds")]
    [InlineData("--corruption pair-flipped-labels=2", "probability of a flipped label is 2")]
    [InlineData("--corruption corrupted-labels", "needs a probability")]
    [InlineData("--corruption corrupted-labels=1.5", "is 1.5")]
    [InlineData("--corruption random-labels=two", "expected a whole number from 2")]
    [InlineData("--corruption random-labels=1", "at least 2")]
    [InlineData("--corruption random-labels=11 --network mlp-1x16", "the data has 10")]
    [InlineData("--corruption random-label", "did you mean random-labels?")]
    [InlineData("--crop big", "expected a number of pixels")]
    [InlineData("--crop 0 --network mlp-1x16", "The side of the crop is 0")]
    [InlineData("--network resnt", "did you mean resnet?")]
    [InlineData("--seeds 0", "The number of seeds is 0")]
    [InlineData("--workers 2", "say how many with --seeds")]
    [InlineData("--seeds 2 --workers 0 --network mlp-1x16", "The number of workers is 0")]
    [InlineData("--seeds 2 --workers 1000 --network mlp-1x16", "need 1000 cores")]
    [InlineData("--threads 0 --network mlp-1x16", "The number of threads is 0")]
    [InlineData("--examples 0", "The number of examples is 0")]
    public void A_wrong_option_is_answered_with_one_sentence(string options, string expected)
    {
        var error = Refused(options);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_hundred_examples_are_enough_and_what_they_can_say_is_said_before_training()
    {
        string[] line = ["train", _folder.File("noise.npz"), "--network", "mlp-1x16", "--runs", _folder.File("runs"), "--json"];
        var (code, output, error) = Command.Run([.. line, "--memorize", "0.1", "--canaries", "10", "--epochs", "2"]);
        Assert.True(code == ExitCode.Done, error);
        var certificate = JsonDocument.Parse(output).RootElement.GetProperty("certificate");
        Assert.Equal(10, certificate.GetProperty("heldOut").GetProperty("canaries").GetInt32());
        var (said, trained) = (
            error.IndexOf("which does not tell it from 0.", StringComparison.Ordinal),
            error.IndexOf("epoch", StringComparison.Ordinal)
        );
        Assert.InRange(said, 0, trained);
        Assert.Matches("To tell it from 0 takes [0-9]+ canaries in each set: [0-9,]+ examples have as many", error);
    }

    [Fact]
    public void A_loss_that_leaves_the_numbers_is_told_with_the_epoch_and_the_likely_cause()
    {
        var error = Refused("--network mlp-1x16 --learning-rate 1e30 --epochs 3");
        Assert.Matches("diverged in epoch [1-3].*learning rate", error);
    }

    [Fact]
    public void Several_seeds_are_trained_by_workers_and_told_with_their_mean()
    {
        var (code, output, error) = Start([.. Line("--network mlp-1x16 --epochs 2 --seeds 3 --workers 1 --tensorboard"), "--json"]);
        Assert.True(code == ExitCode.Done, error);
        var document = JsonDocument.Parse(output).RootElement;
        Assert.Equal(3, document.GetProperty("runs").GetArrayLength());
        var group = Assert.Single(document.GetProperty("comparison").GetProperty("groups").EnumerateArray());
        Assert.Equal("seeds", group.GetProperty("errorOf").GetString());
        Assert.Equal(3, Directory.GetDirectories(_folder.File("runs"), "tensorboard", SearchOption.AllDirectories).Length);

        // One of them alone is found finished: it is the same experiment.
        var weights = Directory.GetFiles(_folder.File("runs"), "weights.safetensors", SearchOption.AllDirectories);
        Train("--network mlp-1x16 --epochs 2 --seed 2");
        Assert.Equal(weights.Order(), Directory.GetFiles(_folder.File("runs"), "weights.safetensors", SearchOption.AllDirectories).Order());
    }

    [Fact]
    public void A_seed_that_fails_is_told_and_does_not_stop_the_others()
    {
        // A file where the run of seed 2 would have its folder.
        Train("--network mlp-1x16 --epochs 1 --seed 2");
        var folder = Directory.GetDirectories(_folder.File("runs")).Single();
        Directory.Delete(folder, recursive: true);
        File.WriteAllText(folder, "");
        var (code, output, error) = Start([.. Line("--network mlp-1x16 --epochs 1 --seeds 3 --workers 1"), "--json"]);
        Assert.Equal(ExitCode.MachineLacks, code);
        Assert.Contains("Seed 2 failed: Cannot write to", error, StringComparison.Ordinal);
        Assert.Equal(2, JsonDocument.Parse(output).RootElement.GetProperty("runs").GetArrayLength());
    }

    /// <summary>Runs the built program: workers are started from it.</summary>
    private static (int Code, string Output, string Error) Start(string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Rote.Cli"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private string[] Line(string options) =>
        [
            "train",
            _folder.File("noise.npz"),
            .. options.Split(' '),
            .. options.Contains("--examples", StringComparison.Ordinal) ? Array.Empty<string>() : ["--examples", "200"],
            .. options.Contains("--threads", StringComparison.Ordinal) ? Array.Empty<string>() : ["--threads", "1"],
            "--precision",
            "float32",
            "--runs",
            _folder.File("runs"),
        ];

    private JsonElement Train(string options)
    {
        var (code, output, error) = Command.Run([.. Line(options), "--json"]);
        Assert.True(code == ExitCode.Done, error);
        return JsonDocument.Parse(output).RootElement;
    }

    private string Refused(string options)
    {
        var (code, _, error) = Command.Run(Line(options));
        Assert.Equal(ExitCode.WrongInput, code);
        return error;
    }
}
