using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Data.Formats.Pictures;

/// <summary>The files of a folder of pictures that were made smaller, to be decoded again at another side.</summary>
/// <remarks>An encoder sees larger pictures than the networks that are trained, and needs them only part by part: 50,000 of 128×128 pixels
/// together are 2.5 GB.</remarks>
/// <param name="root">The folder, absolute.</param>
/// <param name="shape">How they were read.</param>
internal sealed class FolderPictures(string root, PictureShape shape)
{
    /// <summary>The bytes of decoded pictures that all threads may hold together; the largest allowed picture fits.</summary>
    public const long DecodedBytes = 512L << 20;

    private readonly MemoryGate _gate = new(DecodedBytes);

    /// <summary>Decodes some of them.</summary>
    /// <param name="rows">[n] the examples; their files are paths in the folder.</param>
    /// <param name="side">Rows and columns of the result, in pixels.</param>
    /// <param name="cancel">Cancels.</param>
    /// <returns>[n, side, side, 3] uint8, which the caller owns.</returns>
    /// <exception cref="InputException">A file cannot be read any more.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Tensor Read(SourceRows rows, int side, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        var pixels = empty([rows.Count, side, side, 3], uint8);
        var target = new Rows<byte>(pixels);
        var at = shape with { Size = side, Height = side, Width = side };
        var problems = new string?[rows.Count];
        Parallel.For(
            0,
            rows.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel },
            i => problems[i] = Read(PathOf(rows[i]), at, target, i)
        );
        if (Array.FindIndex(problems, problem => problem is not null) is >= 0 and var bad)
        {
            throw new InputException(
                $"{PathOf(rows[bad])} {problems[bad]}, and it was whole when it was first read; put it back, and run the command again."
            );
        }

        return pixels.MoveToOuterDisposeScope();
    }

    private string PathOf(RowIdentity example) => Path.Combine(root, example.File);

    /// <summary>Returns the problem; null if there is none.</summary>
    private string? Read(string path, PictureShape at, Rows<byte> target, int row)
    {
        try
        {
            return Picture.Read(new PictureSource(path), at, target, row, _gate).Problem;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "cannot be read";
        }
    }
}
