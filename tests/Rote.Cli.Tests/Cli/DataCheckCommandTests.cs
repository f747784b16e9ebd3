using System.CommandLine;
using System.Text.Json;
using Rote.Cli;
using Rote.Cli.Commands;
using Rote.Data;
using Rote.Tensors;
using Rote.Tests.Support;
using SkiaSharp;

namespace Rote.Tests.Cli;

[NoTensorLeaks]
public sealed class DataCheckCommandTests : IDisposable
{
    private const string Hostile = "<script>alert(1)<script>"; // a name of a file has no slash

    private readonly TempFolder _folder = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };

    private string Out => Path.Combine(_folder.Path, "out");

    [Fact]
    public void A_folder_with_black_small_and_repeated_pictures_says_so_in_text_page_and_table()
    {
        var data = Pictures();
        Assert.Equal(0, Run("check", data, "--image-size", "16", "--output", Out));
        var text = _output.ToString();
        Assert.Contains("Dark pictures: 1 picture is dark", text, StringComparison.Ordinal);
        Assert.Contains("Pictures of another size: 1 picture has another size", text, StringComparison.Ordinal);
        Assert.Contains(
            "Twins of earlier examples: 1 equal, 0 nearly equal, 0 of them with another label.",
            text,
            StringComparison.Ordinal
        );
        var page = File.ReadAllText(Path.Combine(Out, "data.html"));
        Assert.All(
            text.Split('\n').Where(line => line.StartsWith("Dark", StringComparison.Ordinal)),
            line => Assert.Contains(line.Split(": ", 2)[1], page, StringComparison.Ordinal)
        );
        Assert.DoesNotContain(Hostile, page, StringComparison.Ordinal);
        Assert.Contains("&lt;script", page, StringComparison.Ordinal);
        var lines = File.ReadAllLines(Path.Combine(Out, "checks.csv"));
        Assert.Equal("file,row,label,found,height,width,brightest,darkest,spread,sharpness", lines[0]);
        Assert.Equal(121, lines.Length);
        Assert.Contains(
            lines,
            line => line.Contains("black.png,,", StringComparison.Ordinal) && line.Contains("dark-pictures", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void For_programs_it_is_one_document_and_nothing_is_written()
    {
        Assert.Equal(0, Run("check", Pictures(), "--image-size", "16", "--json"));
        using var document = JsonDocument.Parse(_output.ToString());
        var findings = document.RootElement.GetProperty("findings").EnumerateArray().ToArray();
        Assert.Equal(
            ["repeated-examples", "dark-pictures", "odd-sizes"],
            findings.Select(finding => finding.GetProperty("check").GetString())
        );
        Assert.False(document.RootElement.TryGetProperty("page", out _));
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void A_clean_set_has_nothing_to_be_said_of()
    {
        Assert.Equal(0, Run("check", "shapes", "--examples", "500"));
        Assert.EndsWith("None of the 11 checks of the data found anything.\n", _output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>An audit leaves it out, because nobody else knows its class; who only looks sees it.</summary>
    [Fact]
    public void The_only_example_of_a_class_is_looked_at_too()
    {
        var data = Path.Combine(_folder.Path, "rows.csv");
        var rows = Enumerable
            .Range(0, 100)
            .Select(i => FormattableString.Invariant($"{i * 37 % 101}.5,{(i < 60 ? 'a' : i < 99 ? 'b' : 'c')}"));
        File.WriteAllLines(data, [.. rows.Prepend("x,label")]);
        Assert.Equal(0, Run("check", data, "--output", Out));
        Assert.Contains("rows: 100 examples, 3 classes.\n", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("if all were equally frequent: c (1).", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(101, File.ReadAllLines(Path.Combine(Out, "checks.csv")).Length);
    }

    [Theory]
    [InlineData("", "--output is empty, expected a folder.")]
    [InlineData("a\0b", "--output holds a character that no folder's name has.")]
    [InlineData("/etc/hostname", "--output is /etc/hostname, which is a file; expected a folder.")]
    public void A_place_that_is_none_is_refused_before_anything_is_read(string place, string message)
    {
        var error = Assert.Throws<InputException>(() => Run("check", "no-such-data", "--output", place));
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    public void No_examples_are_refused(string count) => Assert.Throws<InputException>(() => Run("check", "shapes", "--examples", count));

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
    }

    /// <summary>120 pictures of noise in two classes: one black, one of another size, two equal.</summary>
    private string Pictures()
    {
        var data = Path.Combine(_folder.Path, "data");
        var random = new Seeds(2).Stream(SeedStreams.FairSample);
        for (var i = 0; i < 120; i++)
        {
            var (side, name) = i switch
            {
                7 => (16, "black"),
                9 => (40, "small"),
                11 => (16, Hostile),
                _ => (16, $"{i:000}"),
            };
            using var bitmap = new SKBitmap(side, side);
            for (var p = 0; p < side * side; p++)
            {
                var color =
                    i == 7 ? SKColors.Black : new SKColor((byte)random.NextInt(256), (byte)random.NextInt(256), (byte)random.NextInt(256));
                bitmap.SetPixel(p % side, p / side, color);
            }

            var folder = Directory.CreateDirectory(Path.Combine(data, i % 2 == 0 ? "even" : "odd")).FullName;
            using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
            File.WriteAllBytes(Path.Combine(folder, name + ".png"), png.ToArray());
            if (i == 13)
            {
                File.Copy(Path.Combine(data, "odd", Hostile + ".png"), Path.Combine(data, "odd", "013.png"), true);
            }
        }

        return data;
    }

    private int Run(params string[] arguments)
    {
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
