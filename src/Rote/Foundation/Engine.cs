namespace Rote.Foundation;

/// <summary>The version of everything that computes results: training, the dial, audits.</summary>
public static class Engine
{
    /// <summary>Incremented whenever a code change alters any result, so that a fixed bug's old results are never served.</summary>
    /// <remarks>
    /// 6: of 20,000 and more pictures that are cropped anew every epoch a share m* is shown as it is while labels are let through; with an
    /// odd number of classes canaries have other labels; nothing else differs from 5. 5: where pictures are cropped anew every epoch the
    /// learning phase of a dial above 0.6 is longer; adjustable memorization has the degrees that its second network alone does not
    /// reach, and, where canaries come in together, an opening above theirs; nothing else
    /// differs from 4. 4: the learning phase of the dial on many cropped pictures ends with smaller steps, and that of adjustable
    /// memorization on cropped pictures is longer; nothing else differs from 3. 3: a part of rows grouped by label is a fair sample of all
    /// of them. Until 2, trainings, the dial and audits had numbers of their own. Going round libtorch's wrong kernel
    /// (<c>CheckedConvolution</c>) has no number: where the kernel is right, every bit is as before.
    /// </remarks>
    public const int Current = 6;
}
