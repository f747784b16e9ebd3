using Rote.Cli;
using Rote.Tensors;
using Rote.Tests.Support;
using SkiaSharp;

namespace Rote.Tests.Cli;

/// <summary>Commands that ask for what a run was trained on, given square pictures that kept their own size.</summary>
[NoTensorLeaks]
public sealed class OwnPicturesAgainTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void They_are_read_as_in_training_without_an_option()
    {
        var pictures = Pictures();
        Done("train", pictures, "--network", "mlp-1x8", "--epochs", "2", "--runs", Runs, "--quiet");
        Done("features", "true-labels", "--data", pictures, "--examples", "40", "--runs", Runs);

        var list = _folder.File("list.txt");
        string[] forget = ["forget", "true-labels", pictures, "--examples", list, "--runs", Runs, "--quiet"];
        File.WriteAllText(list, "0\n");
        var refused = Command.Run(forget).Error;
        Assert.Contains("\"; name them as Rote does", refused, StringComparison.Ordinal);
        File.WriteAllText(list, refused.Split('"')[1] + "\n"); // the name that it gives for an example
        Done(forget);
    }

    private string Runs => _folder.File("runs");

    private static void Done(params string[] line)
    {
        var (code, _, error) = Command.Run(line);
        Assert.True(code == ExitCode.Done, error);
    }

    /// <summary>Two classes of 110 noisy pictures of 12×12 pixels.</summary>
    private string Pictures()
    {
        var data = _folder.File("pictures");
        var random = new Seeds(1).Stream(SeedStreams.FairSample);
        for (var i = 0; i < 220; i++)
        {
            using var bitmap = new SKBitmap(12, 12);
            for (var p = 0; p < 12 * 12; p++)
            {
                var (bright, dark) = ((byte)(128 + random.NextInt(128)), (byte)random.NextInt(128));
                bitmap.SetPixel(p % 12, p / 12, i % 2 == 0 ? new SKColor(bright, dark, dark) : new SKColor(dark, dark, bright));
            }

            var place = Directory.CreateDirectory(Path.Combine(data, i % 2 == 0 ? "red" : "blue"));
            using var file = File.Create(Path.Combine(place.FullName, $"{i:000}.png"));
            bitmap.Encode(file, SKEncodedImageFormat.Png, 100);
        }

        return data;
    }
}
