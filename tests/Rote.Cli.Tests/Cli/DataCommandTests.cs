using System.CommandLine;
using System.Text.Json;
using Rote.Cli;
using Rote.Cli.Commands;
using Rote.Data;
using Rote.Data.Catalog;
using Rote.Data.Download;
using Rote.Tests.Support;
using SkiaSharp;

namespace Rote.Tests.Cli;

[NoTensorLeaks]
public sealed class DataCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StringWriter _output = new();

    [Fact]
    public void List_shows_every_set_and_where_it_is()
    {
        Assert.Equal(0, Run("list"));
        Snapshot.Verify(_output.ToString(), "data-list");
    }

    [Fact]
    public void List_shows_what_is_in_the_data_folder()
    {
        var cache = new DataFolder(_folder.Path);
        Directory.CreateDirectory(cache.Of("mnist"));
        foreach (var file in DataCatalog.Find("mnist").Files)
        {
            using var stream = File.Create(Path.Combine(cache.Of("mnist"), file.Name));
            stream.SetLength(file.Bytes);
        }

        Run("list");
        Assert.Contains($"in {cache.Of("mnist")} (12 MB)", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void List_for_programs_is_one_document()
    {
        Assert.Equal(0, Run("list", "--json"));
        using var document = JsonDocument.Parse(_output.ToString());
        Assert.Equal(
            ["cifar10", "mnist", "fashion-mnist", "shapes", "modular-addition"],
            document.RootElement.EnumerateArray().Select(e => e.GetProperty("name").GetString())
        );
        Assert.Equal(
            [false, false, false, true, true],
            document.RootElement.EnumerateArray().Select(e => e.GetProperty("isHere").GetBoolean())
        );
    }

    [Fact]
    public void Get_of_a_drawn_set_has_nothing_to_do()
    {
        Assert.Equal(0, Run("get", "shapes"));
        Assert.Equal("shapes is drawn when asked for; there is nothing to fetch.\n", _output.ToString());
    }

    [Fact]
    public void Show_writes_a_picture()
    {
        var file = _folder.File("sheet.png");
        Assert.Equal(0, Run("show", "shapes", "--out", file, "--per-class", "3", "--split", "test"));
        using var sheet = SKBitmap.Decode(file);
        Assert.Equal(10, (sheet.Height - 50 - 16 + 4) / 68);
        Assert.Equal($"Wrote {file}.\n", _output.ToString());
    }

    [Theory]
    [InlineData(
        "There is no data set \"shape\"; did you mean shapes? (The others are cifar10, mnist, fashion-mnist, modular-addition.)",
        "get",
        "shape"
    )]
    [InlineData(
        "--image-size, --fit, --skip-bad and --follow-links are for folders of pictures, and shapes is none: its images keep their size, "
            + "and all of them are read.",
        "show",
        "shapes",
        "--skip-bad"
    )]
    [InlineData("--per-class is 0, expected 1 to 100.", "show", "shapes", "--per-class", "0")]
    [InlineData("--split is \"valid\", expected train or test.", "show", "shapes", "--split", "valid")]
    public void Wrong_input_is_one_sentence(string sentence, params string[] arguments)
    {
        var show = Program.Build().Subcommands.First(c => c.Name == "data").Subcommands.First(c => c.Name == "show");
        Assert.Equal(sentence, ErrorSentence.Of(Assert.Throws<InputException>(() => Run(arguments)), show).Sentence);
    }

    [Fact]
    public void Show_draws_own_pictures_and_tells_what_it_leaves_out()
    {
        for (uint i = 0; i < 8; i++)
        {
            PictureFiles.Write(_folder, $"pets/{(i < 4 ? "cat" : "dog")}/{i}.png", PictureFiles.Noise(20, 20, i));
        }

        PictureFiles.Write(_folder, "pets/cat/bad.png", [1]);
        var (pets, file) = (_folder.File("pets"), _folder.File("sheet.png"));
        Assert.Contains(
            "(skipping of bad pictures)",
            Assert.Throws<InputException>(() => Run("show", pets, "--out", file)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(0, Run("show", pets, "--skip-bad", "--image-size", "8", "--out", file));
        Assert.Equal(
            $"""
            1 of 9 pictures in {pets} cannot be used and are left out: cat/bad.png is not a picture that can be read.
            pets: 6 images to train on and 2 to test, 2 classes, from a folder of 8 pictures, 20 % of each class set apart to test.
            Each is 8×8×3 (rows, columns, channels: red, green, blue), on the scale 0 to 255; the central square, scaled.
            Class      Train       Test
            cat            3          1
            dog            3          1
            Wrote {file}.

            """,
            string.Join('\n', _output.ToString().Split('\n').Where(line => !line.StartsWith("pets: 0", StringComparison.Ordinal)))
        );
        using var sheet = SKBitmap.Decode(file);
        Assert.Equal(2, (sheet.Height - 50 - 16 + 4) / 68);
    }

    [Fact]
    public void A_picture_that_cannot_be_written_is_one_sentence() =>
        Assert.StartsWith(
            "Cannot write /proc/none/x.png",
            Assert.Throws<MachineException>(() => Run("show", "shapes", "--out", "/proc/none/x.png")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_note_calls_settings_by_the_options_of_the_command_that_shows_it()
    {
        var note = new DownloadProgress($"Links not followed: {6:N0}; {Setting.FollowLinks} includes them.");
        new DownloadLines(_output, isTerminal: false, _ => "--follow-links").Report(note);
        new DownloadLines(_output, isTerminal: false).Report(note);
        Assert.Equal(
            "Links not followed: 6; --follow-links includes them.\nLinks not followed: 6; following of links includes them.\n",
            _output.ToString()
        );
    }

    [Fact]
    public void Progress_in_a_file_is_a_line_at_each_tenth()
    {
        var lines = new DownloadLines(_output, isTerminal: false);
        for (var bytes = 0; bytes <= 2_000_000; bytes += 50_000)
        {
            lines.Report(new DownloadProgress("f", bytes, 2_000_000));
        }

        lines.Report(new DownloadProgress("A sentence."));
        var found = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(12, found.Length);
        Assert.Equal("f: 0.2 of 2.0 MB", found[1]);
        Assert.Equal("A sentence.", found[^1]);
    }

    [Fact]
    public void Progress_on_a_terminal_is_one_line_that_is_overwritten()
    {
        var lines = new DownloadLines(_output, isTerminal: true);
        lines.Report(new DownloadProgress("f", 0, 2_000_000));
        lines.Report(new DownloadProgress("Note."));
        lines.Report(new DownloadProgress("f", 2_000_000, 2_000_000));
        Assert.Equal("\rf: 0.0 of 2.0 MB\r                \rNote.\n\rf: 2.0 of 2.0 MB\n", _output.ToString());
    }

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
    }

    private int Run(params string[] arguments)
    {
        _output.NewLine = "\n";
        var command = new RootCommand { DataCommand.Create(() => new DataFolder(_folder.Path)), GlobalOptions.Json, GlobalOptions.Quiet };
        var before = _output.GetStringBuilder().Length;
        var code = command
            .Parse(["data", .. arguments])
            .Invoke(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    Output = _output,
                    Error = TextWriter.Null,
                }
            );
        DocumentCheck.Of(["data", .. arguments], _output.ToString()[before..]);
        return code;
    }
}
