using Rote.Audits.Review;

namespace Rote.Pages.Review;

/// <summary>The data that the page starts with.</summary>
/// <remarks>The key is random digits of this session: part of the address of a picture, by which browsers keep it.</remarks>
internal sealed record SessionAnswer(
    string Key,
    string Title,
    string Folder,
    string Reviewer,
    string Kind,
    string? Problem,
    IReadOnlyList<string> Classes,
    int Count,
    int Suspects,
    int Start,
    IReadOnlyList<ExportAnswer> Exports,
    ProgressAnswer Progress
);

/// <summary>Why only names are shown; null where there is more to see.</summary>
internal sealed record ProblemAnswer(string? Problem);

/// <summary>A format for export.</summary>
internal sealed record ExportAnswer(string Name, string File, string Words);

/// <summary>A named value of a row.</summary>
internal sealed record FieldAnswer(string Name, string Value);

/// <summary>A decision in force.</summary>
internal sealed record DecisionAnswer(string Reviewer, string Decision, string? NewLabel);

/// <summary>An example shown beside the current one.</summary>
internal sealed record NearAnswer(int Id, string Name, string Label, string How, string? Text, IReadOnlyList<FieldAnswer> Fields);

/// <summary>An example at a place of the queue. It hides whether it is a control item: reviewers who know decide differently.</summary>
internal sealed record ItemAnswer
{
    public required int Place { get; init; }
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required string Label { get; init; }
    public string? Suggested { get; init; }

    /// <summary>Probability that the label is wrong; null where it is not known.</summary>
    public double? Wrong { get; init; }

    /// <summary>The probability that networks give the label, and the suggested label.</summary>
    public double? Belief { get; init; }
    public double? SuggestedBelief { get; init; }
    public string? Text { get; init; }
    public IReadOnlyList<FieldAnswer> Fields { get; init; } = [];
    public IReadOnlyList<NearAnswer> Near { get; init; } = [];
    public DecisionAnswer? Mine { get; init; }

    /// <summary>The decisions of others; shown only after this reviewer has decided.</summary>
    public IReadOnlyList<DecisionAnswer> Others { get; init; } = [];
}

/// <summary>The progress of the review, and what it shows.</summary>
internal sealed record ProgressAnswer
{
    public required int Decided { get; init; }
    public required int Suspects { get; init; }
    public required int SuspectsDecided { get; init; }
    public required int Reviewed { get; init; }
    public required int Wrong { get; init; }
    public required int Unsure { get; init; }
    public required int Controls { get; init; }
    public required int ControlsWrong { get; init; }

    /// <summary>The estimated number of wrong labels in all; null before the first control item.</summary>
    public double? Total { get; init; }
    public required int Low { get; init; }
    public required int High { get; init; }
    public required int Examples { get; init; }

    /// <summary>How many more control items would halve the interval, and how many more decisions that takes.</summary>
    public required int ControlsToHalve { get; init; }
    public int? DecisionsToHalve { get; init; }
    public required int Disputed { get; init; }

    public static ProgressAnswer Of(ReviewSession session)
    {
        var estimate = session.Estimate();
        var decisions = session.Log.All();
        var mine = decisions.Where(d => d.Any(x => x.Reviewer == session.Reviewer)).Select(d => d.Key).ToArray();
        var share = session.Queue.ControlShare;
        return new ProgressAnswer
        {
            Decided = mine.Length,
            Suspects = session.Set.Suspects,
            SuspectsDecided = mine.Count(id => session.Set.Examples[id].IsSuspect),
            Reviewed = estimate.Reviewed,
            Wrong = estimate.Wrong,
            Unsure = estimate.Unsure,
            Controls = estimate.Controls,
            ControlsWrong = estimate.ControlsWrong,
            Total = double.IsNaN(estimate.Total) ? null : estimate.Total,
            Low = estimate.Low,
            High = estimate.High,
            Examples = estimate.Examples,
            ControlsToHalve = estimate.ControlsToHalve,
            DecisionsToHalve = share > 0 ? (int)Math.Min(int.MaxValue, Math.Ceiling(estimate.ControlsToHalve / share)) : null,
            Disputed = decisions.Count(d => Consensus.Of(d).IsDisputed),
        };
    }
}

/// <summary>The page's request to decide.</summary>
internal sealed record DecisionRequest(int Id, string Decision, string? Label);

/// <summary>The answer to a decision or to its withdrawal.</summary>
internal sealed record DecidedAnswer(int? Place, int? Next, ProgressAnswer Progress);
