using static TorchSharp.torch;

namespace Rote.Networks;

/// <summary>A module that must know which examples it is given in training.</summary>
internal interface IExampleTied
{
    /// <summary>[B] int64 rows of the training set of the next batch in training; the giver's.</summary>
    Tensor? Rows { get; set; }
}
