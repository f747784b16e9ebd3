using System.Diagnostics;
using Rote.Cli;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

[NoTensorLeaks]
public sealed class DataPackCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _file;

    public DataPackCommandTests() => _file = _folder.File("set.rote");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_packed_set_is_data_of_every_command()
    {
        var source = PackedSamples.Folder(_folder, each: 20);
        var (code, output, _) = Command.Run("data", "pack", source, _file, "--size", "6", "--quiet");
        Assert.Equal(
            $"Wrote {_file}: 48 pictures to train on and 12 to test, 3 classes, 6×6×3, 0.00 GB.\n",
            code == 0 ? output : $"exit code {code}"
        );
        string[] training = ["--network", "mlp-8", "--epochs", "2", "--runs", _folder.File("runs"), "--quiet"];
        Require(["train", _file, "--order", "chunks=16", .. training]);
        Require(["data", "show", _file, "--out", _folder.File("set.png")]);
        Require(["evaluate", Directory.GetDirectories(_folder.File("runs"))[0], _file, "--quiet"]);
        Require(["audit", _file, "--network", "mlp-8", "--epochs", "1", "--members", "2", "--output", _folder.File("audit"), "--quiet"]);
    }

    [Fact]
    public void An_order_that_is_none_is_refused()
    {
        var (code, _, error) = Command.Run("train", "shapes", "--order", "sorted");
        Assert.Equal((2, "rote: --order is \"sorted\", expected full, chunks or chunks=WINDOW.\n"), (code, error));
    }

    [Fact]
    public void A_packing_that_was_killed_leaves_nothing_that_the_next_one_does_not_remove()
    {
        using (
            var process = Process.Start(Path.Combine(AppContext.BaseDirectory, "Rote.Cli"), ["data", "pack", "shapes", _file, "--quiet"])!
        )
        {
            for (var waited = 0; Directory.GetFiles(_folder.Path).Length == 0 && !process.HasExited && waited < 60_000; waited += 10)
            {
                Thread.Sleep(10);
            }

            process.Kill(); // SIGKILL
            process.WaitForExit();
        }

        Assert.False(File.Exists(_file));
        Assert.Single(Directory.GetFiles(_folder.Path, "set.rote.*.tmp"));
        Thread.Sleep(2100); // what changed a moment ago may be another machine's
        Require(["data", "pack", PackedSamples.Folder(_folder), _file, "--quiet"]);
        Assert.Equal([_file], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_disk_that_is_full_is_told_of_before_anything_is_written_and_a_smaller_size_or_another_place_fits()
    {
        var source = PackedSamples.Folder(_folder, each: 20);
        Directory.CreateDirectory(_folder.File("small"));
        var program = Path.Combine(AppContext.BaseDirectory, "Rote.Cli");
        var pack = $"'{program}' data pack '{source}' small/set.rote --quiet --size";
        var script =
            $"cd '{_folder.Path}' && mount -t tmpfs -o size=1m tmpfs small && {{ {pack} 200; echo code $?; ls small | wc -l; "
            + $"{pack} 6; echo code $?; '{program}' data show small/set.rote --quiet; echo code $?; }}";
        var result = Programs.Start("unshare", "--mount", "sh", "-c", script);
        Assert.SkipWhen(result is not { Code: 0 }, "Needs unshare of util-linux and the right to mount.");
        var (_, output, error) = result!.Value;
        Assert.Contains("; choose another place or a smaller --image-size.", error, StringComparison.Ordinal);
        Assert.StartsWith($"code {ExitCode.MachineLacks}\n0\n", output, StringComparison.Ordinal);
        Assert.Equal(2, output.Split("code 0\n").Length - 1);
        Require(["data", "pack", source, _file, "--size", "200", "--quiet"]);
    }

    private static void Require(string[] arguments)
    {
        var (code, output, error) = Command.Run(arguments);
        Assert.True(code == 0, $"{string.Join(' ', arguments)}: {code}\n{output}\n{error}");
    }
}
