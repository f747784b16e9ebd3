using System.Text.Json;
using Rote.Cli;
using Rote.Storage;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

[NoTensorLeaks]
public sealed class EvaluateCommandTests(EvaluateCommandTests.Pets pets) : IClassFixture<EvaluateCommandTests.Pets>, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_runs_own_data_is_predicted_as_its_summary_says()
    {
        Pets.Train(_folder.File("runs"), "shapes", "200");
        var run = Run(_folder.File("runs"), "random-labels");
        var (code, output, error) = Command.Run("evaluate", "random-labels", "--runs", _folder.File("runs"), "--json");
        Assert.Equal((ExitCode.Done, true), (code, error.Contains("Each class by itself.", StringComparison.Ordinal)));
        var document = JsonDocument.Parse(output).RootElement;
        Assert.Equal(TestAccuracy(run), document.GetProperty("accuracy").GetProperty("value").GetDouble());
        Assert.Equal(Path.Combine(run, "predictions", "shapes-test.csv"), document.GetProperty("csv").GetString());
        Assert.Empty(document.GetProperty("notes").EnumerateArray());
        Assert.Equal(10, document.GetProperty("classes").GetArrayLength());
    }

    [Fact]
    public void Training_examples_have_given_and_true_labels_and_a_page()
    {
        // The labels it was trained on, beside the true ones; and a page, and everything in another folder.
        var page = _folder.File("page.html");
        string[] line =
        [
            "evaluate",
            Run(pets.Runs, "random-labels"),
            pets.Pictures,
            "--split",
            "train",
            "--output",
            _folder.File("out"),
            "--report",
            page,
            "--probabilities",
        ];
        var (_, output, _) = Command.Run(line);
        Assert.Contains("of these labels are not the true ones", output, StringComparison.Ordinal);
        var csv = _folder.File("out/pets-train.csv");
        Assert.EndsWith(
            ",trueLabel,labelChanged,labelNumber,predictedNumber,secondNumber,trueLabelNumber,logit0,logit1,probability0,probability1",
            File.ReadLines(csv).First(),
            StringComparison.Ordinal
        );
        Assert.Equal(1 + Pets.Examples, File.ReadLines(csv).Count());
        Assert.Contains("<code>rote evaluate", File.ReadAllText(page), StringComparison.Ordinal);

        // Once more changes nothing; with other columns it is refused, and replaced on demand.
        Assert.Equal(ExitCode.Done, Command.Run(line).Code);
        Assert.Contains("--overwrite", Wrong(line[..^1]), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Command.Run([.. line[..^1], "--overwrite"]).Code);
    }

    [Fact]
    public void Own_pictures_are_recognized_by_their_content()
    {
        var run = Run(pets.Runs, "true-labels");
        var own = Json("evaluate", run, pets.Pictures, "--output", _folder.Path);
        Assert.True(own.GetProperty("isOwn").GetBoolean());
        Assert.Equal(TestAccuracy(run), own.GetProperty("accuracy").GetProperty("value").GetDouble());
        Assert.Contains("formula", own.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains("\n=cat/", File.ReadAllText(own.GetProperty("csv").GetString()!), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_pictures_are_scaled_to_what_the_network_was_trained_on()
    {
        Pets.Draw(_folder, "large", "=cat", 30, 40);
        Pets.Draw(_folder, "birds", "hen", 9, 9);
        string[] line = ["evaluate", "true-labels", "--runs", pets.Runs, "--output", _folder.File("out")];

        // 30×40 becomes 9×9, as the network wants it; asked for otherwise it is refused.
        var large = Json([.. line, _folder.File("large"), "--split", "all"]);
        Assert.False(large.GetProperty("isOwn").GetBoolean());
        Assert.Equal(24, large.GetProperty("accuracy").GetProperty("samples").GetInt32());

        // A fifth of other data is not what whoever gives it expects, unless it is said.
        const string Sentence = " of its 24 examples that a training would set apart are predicted; --split all takes all.";
        Assert.Contains(Sentence, Command.Run([.. line, _folder.File("large"), "--overwrite"]).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Sentence, Command.Run([.. line, pets.Pictures, "--overwrite"]).Output, StringComparison.Ordinal);
        Assert.Contains("--image-size 9", Wrong([.. line, _folder.File("large"), "--image-size", "12"]), StringComparison.Ordinal);
        Assert.Contains("has the class \"hen\"", Wrong([.. line, _folder.File("birds")]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("folders")]
    [InlineData("flat")]
    [InlineData("one")]
    public void Pictures_without_labels_are_predicted_by_name_and_no_accuracy_is_said(string kind)
    {
        Pets.Draw(_folder, "folders", "hen", 30, 40);
        for (uint i = 0; i < 3; i++)
        {
            PictureFiles.Write(_folder, $"flat/{i}.png", PictureFiles.Noise(20, 20, i, isGrey: true));
        }

        var data = kind == "one" ? _folder.File("flat/1.png") : _folder.File(kind);
        var page = _folder.File("page.html");
        var (code, output, error) = Command.Run(
            "evaluate",
            "true-labels",
            data,
            "--runs",
            pets.Runs,
            "--unlabelled",
            "--output",
            _folder.File("out"),
            "--report",
            page,
            "--json"
        );
        Assert.True(code == ExitCode.Done, error);
        var document = JsonDocument.Parse(output).RootElement;
        string[] names = kind switch
        {
            "one" => ["1.png"],
            "flat" => ["0.png", "1.png", "2.png"],
            _ => [.. Enumerable.Range(0, 24).Select(i => $"{(i < 12 ? "hen" : "dog")}/{i}.png").Order(StringComparer.Ordinal)],
        };
        Assert.Equal(names.Length, document.GetProperty("examples").GetInt32());
        var lines = File.ReadAllLines(document.GetProperty("csv").GetString()!);
        Assert.Equal("file,row,predicted,second,predictedProbability,predictedNumber,secondNumber", lines[0]);
        Assert.Equal(names, lines.Skip(1).Select(line => line.Split(',')[0]));
        foreach (var text in new[] { output, error, File.ReadAllText(page).Split("</style>")[^1] })
        {
            Assert.DoesNotContain("accura", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("their label", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("evaluate true-labels --unlabelled", "give its path as DATA")]
    [InlineData("evaluate true-labels mnist --unlabelled", "mnist comes with labels")]
    [InlineData("evaluate true-labels PETS --unlabelled --split all", "leave one out")]
    [InlineData("evaluate true-labels PETS --unlabelled --label-column y", "leave out the one or the others")]
    [InlineData("evaluate true-labels ./nothing --unlabelled", "There is nothing at")]
    [InlineData("evaluate true-labels PETS --fit stretch", "--fit is \"stretch\", expected crop, pad or squash.")]
    public void Wrong_words_about_labels_are_answered_with_one_sentence(string line, string part) =>
        A_wrong_command_line_is_answered_with_one_sentence(line, part);

    // Trained on all of each picture: what is predicted then is read the same way without being told.
    [Fact]
    public void Pictures_are_fitted_as_in_training()
    {
        for (uint i = 0; i < 24; i++)
        {
            PictureFiles.Write(_folder, $"wide/{(i < 12 ? "left" : "right")}/{i}.png", PictureFiles.Noise(90, 30, i));
        }

        var code = Command
            .Run(
                "train",
                _folder.File("wide"),
                "--fit",
                "pad",
                "--image-size",
                "12",
                "--network",
                "mlp-8",
                "--epochs",
                "1",
                "--threads",
                "1",
                "--precision",
                "float32",
                "--runs",
                _folder.File("runs"),
                "--quiet"
            )
            .Code;
        Assert.Equal(ExitCode.Done, code);
        var found = Json("evaluate", "wide", _folder.File("wide"), "--runs", _folder.File("runs"), "--output", _folder.File("out"));
        Assert.True(found.GetProperty("isOwn").GetBoolean());
        Assert.Empty(found.GetProperty("notes").EnumerateArray());
        Assert.False(
            Json(
                    "evaluate",
                    "wide",
                    _folder.File("wide"),
                    "--runs",
                    _folder.File("runs"),
                    "--output",
                    _folder.File("out2"),
                    "--fit",
                    "crop"
                )
                .GetProperty("isOwn")
                .GetBoolean()
        );
    }

    [Theory]
    [InlineData("evaluate", "RUN")]
    [InlineData("evaluate nothing", "There is no run \"nothing\"")]
    [InlineData("evaluate x --split whole", "--split is \"whole\", expected test, train, held-out, all.")]
    [InlineData("evaluate true-labels PETS --split held-out", "held out no examples of this data; choose another part with --split.")]
    [InlineData("evaluate true-labels PETS --split all", "would mix")]
    [InlineData("evaluate true-labels mnist", "The images of mnist are 28×28×1")]
    [InlineData("evaluate true-labels", "give its path as DATA")]
    [InlineData("evaluate true-labels PETS --threads 0", "The number of threads is 0, expected 1 to 1024.")]
    [InlineData("evaluate true-labels PETS --threads many", "many")]
    [InlineData("evaluate true-labels PETS --image-size 0", "The image size is 0")]
    [InlineData("evaluate true-labels cifr10", "did you mean cifar10?")]
    [InlineData("evaluate true-labels ./nothing", "There is nothing at")]
    [InlineData("evaluate true-labels PETS extra", "extra")]
    [InlineData("evaluate true-labels PETS --output FILE", "which is a file; expected a folder.")]
    [InlineData("evaluate true-labels PETS --report FOLDER", "which is a folder; expected a file's name.")]
    [InlineData("evaluate true-labels PETS --output EMPTY", "--output is empty")]
    [InlineData("evaluate true-labels PETS --report EMPTY", "--report is empty")]
    [InlineData("evaluate true-labels PETS --output NUL", "--output holds a character")]
    [InlineData("evaluate labels PETS", "fits 2 runs")]
    public void A_wrong_command_line_is_answered_with_one_sentence(string line, string part)
    {
        File.WriteAllText(_folder.File("file"), "");
        Assert.Contains(part, Wrong([.. line.Split(' ').Select(Word), "--runs", pets.Runs]), StringComparison.Ordinal);

        string Word(string word) =>
            word switch
            {
                "FILE" => _folder.File("file"),
                "FOLDER" => _folder.Path,
                "PETS" => pets.Pictures,
                "EMPTY" => "",
                "NUL" => "a\0b",
                _ => word,
            };
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_one_sentence_and_exit_code_3()
    {
        using var disk = new Tmpfs(kilobytes: 64);
        disk.MakeReadOnly();
        var (code, output, error) = Command.Run(
            "evaluate",
            "true-labels",
            pets.Pictures,
            "--runs",
            pets.Runs,
            "--quiet",
            "--output",
            Path.Combine(disk.Path, "out")
        );
        Assert.Equal((ExitCode.MachineLacks, ""), (code, output));
        Assert.Contains("Cannot write", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_whose_training_diverged_is_named_and_one_of_a_smaller_rate_predicts()
    {
        Pets.Train(_folder.File("runs"), "shapes", "200");
        var run = Run(_folder.File("runs"), "random-labels");
        var weights = Path.Combine(run, "weights.safetensors");
        using (var stored = Safetensors.Read(weights))
        {
            foreach (var (_, value) in stored.Tensors)
            {
                value.fill_(float.NaN);
            }

            string digest;
            using (var file = File.Create(weights))
            {
                var values = stored.Tensors.Select(entry => (entry.Key, entry.Value));
                digest = Safetensors.Write(file, values, stored.Metadata.Where(entry => entry.Key != "sha256").ToDictionary());
            }

            // A run knows the weights that it ended with.
            var summary = Path.Combine(run, "summary.json");
            var text = File.ReadAllText(summary);
            File.WriteAllText(summary, text.Replace(stored.Metadata["sha256"], digest, StringComparison.Ordinal));
        }

        var (code, _, error) = Command.Run("evaluate", run, "--quiet");
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.EndsWith("its training diverged; train again with a smaller learning rate.\n", error, StringComparison.Ordinal);

        string[] again = ["--examples", "200", "--epochs", "2", "--learning-rate", "0.001", "--runs", _folder.File("again")];
        Assert.Equal(ExitCode.Done, Command.Run(["train", "shapes", "--network", "mlp-8", .. again, "--quiet"]).Code);
        Assert.Equal(ExitCode.Done, Command.Run("evaluate", Directory.GetDirectories(_folder.File("again"))[0], "--quiet").Code);
    }

    [Fact]
    public void Damaged_weights_are_one_sentence_and_exit_code_2()
    {
        var weights = Path.Combine(Run(pets.Runs, "gaussian"), "weights.safetensors");
        var bytes = File.ReadAllBytes(weights);
        bytes[^1] ^= 1;
        File.WriteAllBytes(weights, bytes);
        Assert.Contains(
            "weights.safetensors is not a whole safetensors file",
            Wrong("evaluate", "gaussian", pets.Pictures, "--runs", pets.Runs),
            StringComparison.Ordinal
        );
    }

    private static string Run(string runs, string part) =>
        Directory.GetDirectories(runs).Single(name => name.Contains(part, StringComparison.Ordinal));

    private static double TestAccuracy(string run)
    {
        var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "summary.json"))).RootElement;
        return summary.GetProperty("testCorrect").GetDouble() / summary.GetProperty("testCount").GetDouble();
    }

    private static JsonElement Json(params string[] line)
    {
        var (code, output, error) = Command.Run([.. line, "--json"]);
        Assert.True(code == ExitCode.Done, error);
        return JsonDocument.Parse(output).RootElement;
    }

    private static string Wrong(params string[] line)
    {
        var (code, _, error) = Command.Run(line);
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        return Assert.Single(error.TrimEnd().Split('\n'));
    }

    /// <summary>Own pictures of two classes, and the five runs of a quickstart on them.</summary>
    public sealed class Pets : IDisposable
    {
        public const int Examples = 16;

        private readonly TempFolder _folder = new();

        public Pets()
        {
            Draw(_folder, "pets", "=cat", 9, 9);
            Train(Runs, Pictures, $"{Examples}");
        }

        public string Pictures => _folder.File("pets");

        public string Runs => _folder.File("runs");

        public void Dispose() => _folder.Dispose();

        internal static void Draw(TempFolder folder, string name, string firstClass, int width, int height)
        {
            for (uint i = 0; i < 24; i++)
            {
                PictureFiles.Write(folder, $"{name}/{(i < 12 ? firstClass : "dog")}/{i}.png", PictureFiles.Noise(width, height, i));
            }
        }

        internal static void Train(string runs, string data, string examples) =>
            Assert.Equal(
                ExitCode.Done,
                Command
                    .Run(
                        "quickstart",
                        "--data",
                        data,
                        "--examples",
                        examples,
                        "--network",
                        "mlp-1x8",
                        "--epochs",
                        "1",
                        "--rule-epochs",
                        "0",
                        "--threads",
                        "1",
                        "--precision",
                        "float32",
                        "--runs",
                        runs,
                        "--report",
                        $"{runs}.html",
                        "--quiet"
                    )
                    .Code
            );
    }
}
