using System.CommandLine;
using Rote.Data;
using Rote.Data.Download;
using Rote.Data.Packing;
using Rote.Tensors;

namespace Rote.Cli.Commands;

/// <summary><c>rote data pack</c>: makes one file of many pictures, which is trained on without being in memory.</summary>
internal static class DataPackCommand
{
    /// <summary>The command.</summary>
    /// <param name="cache">The data folder, asked when the command runs.</param>
    /// <param name="interruptible">Runs work that can be stopped.</param>
    public static Command Create(
        Func<DataFolder> cache,
        Func<ParseResult, Action<Screen, IProgress<DownloadProgress>?, CancellationToken>, int> interruptible
    )
    {
        var source = new Argument<string>("SOURCE")
        {
            Description =
                "A folder of pictures, of WebDataset .tar archives, of Parquet files with pictures, or of train_data_batch_*.npz "
                + "(downsampled ImageNet); one such file; a catalog name; or other data of pictures",
        };
        var file = new Argument<string>("FILE") { Description = "The file to write, as pictures.rote", HelpName = "FILE.rote" };
        var whole = new Option<bool>("--exact")
        {
            Description =
                "Decode JPEG files whole, for the very pixels that training on the folder gives [default: at the smallest of 1/8, 1/4, "
                + "1/2 and 1 of their size that is large enough, which is several times as fast]",
        };
        var ownData = new DataOptions(encoder: EncoderUse.Never);
        ownData.All.Single(option => option.Name == "--image-size").Aliases.Add("--size");
        var command = new Command("pack", "Make one file of many pictures; what trains, evaluates or audits reads it from the disk")
        {
            source,
            file,
            whole,
        };
        command.SetAction(parse =>
            interruptible(
                parse,
                (screen, progress, cancel) =>
                {
                    TorchLibrary.Load();
                    var options = new PackOptions { Reading = ownData.Read(parse), DecodeWhole = parse.GetValue(whole) };
                    var packed = Packer.Pack(
                        parse.GetRequiredValue(source),
                        parse.GetRequiredValue(file),
                        cache(),
                        options,
                        progress,
                        cancel
                    );
                    screen.Line(
                        $"Wrote {packed.Path}: {packed.Train:N0} pictures to train on and {packed.Test:N0} to test, {packed.Classes:N0} "
                            + $"classes, {packed.Height}×{packed.Width}×{packed.Channels}, {packed.Bytes / 1e9:F2} GB."
                    );
                    screen.Document(packed);
                }
            )
        );
        return ownData.AddTo(command);
    }
}
