using Rote.Data.Formats.Pictures;
using Rote.Tensors;

namespace Rote.Data.Packing;

/// <summary>Gives out the pictures to pack: some at a time, never all.</summary>
internal abstract class PackSource : IDisposable
{
    /// <summary>What is known before a picture is opened.</summary>
    public abstract PackPlan Plan { get; }

    /// <summary>Rows and columns of what is stored.</summary>
    public abstract PictureShape Shape { get; }

    /// <summary>Whether pictures are decoded and scaled, so that notes can say how.</summary>
    public virtual bool IsDecoded => true;

    /// <summary>Gives out the pictures in the order of the source.</summary>
    /// <param name="take">Receives the number of the first of some pictures, their count, and what makes one of them: given its place among
    /// these, and its target. Several threads may make pictures until <paramref name="take"/> returns.</param>
    /// <param name="shape">What they become.</param>
    /// <param name="token">Cancels.</param>
    public abstract void Each(TakePictures take, PictureShape shape, CancellationToken token);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes files.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected virtual void Dispose(bool disposing) { }
}

/// <summary>Makes one picture.</summary>
/// <param name="picture">Its place among those that are given out, from 0.</param>
/// <param name="target">Rows of [height, width, 3].</param>
/// <param name="row">Which of them it fills.</param>
/// <returns>What is wrong with it, or what there is to report on it.</returns>
internal delegate PictureFacts MakePicture(int picture, Rows<byte> target, long row);

/// <summary>Takes some pictures.</summary>
/// <param name="first">The number of the first in the source.</param>
/// <param name="count">How many.</param>
/// <param name="make">Makes one.</param>
internal delegate void TakePictures(int first, int count, MakePicture make);
