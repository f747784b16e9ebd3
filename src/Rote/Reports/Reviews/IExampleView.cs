using Rote.Audits.Review;

namespace Rote.Reports.Reviews;

/// <summary>Shows examples of one kind. Safe to call from several threads.</summary>
internal interface IExampleView : IDisposable
{
    /// <summary>The kind of the examples.</summary>
    ExampleKind Kind { get; }

    /// <summary>Returns an example's picture; null where there is none.</summary>
    ExamplePicture? Picture(ReviewedExample example);

    /// <summary>Returns an example's columns and their values; none where it has no columns.</summary>
    IReadOnlyList<(string Name, string Value)> Fields(ReviewedExample example);
}
