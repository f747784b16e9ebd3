using Rote.Audits.Review;

namespace Rote.Reports.Reviews;

/// <summary>Shows examples of one kind. Safe to call from several threads.</summary>
internal interface IExampleView : IDisposable
{
    /// <summary>What it shows.</summary>
    ExampleKind Kind { get; }

    /// <summary>An example's picture; null where there is none.</summary>
    ExamplePicture? Picture(ReviewedExample example);

    /// <summary>An example's columns and their values, none where it has no columns.</summary>
    IReadOnlyList<(string Name, string Value)> Fields(ReviewedExample example);
}
