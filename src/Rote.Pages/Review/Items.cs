using Rote.Audits.Review;
using Rote.Reports.Reviews;

namespace Rote.Pages.Review;

/// <summary>Builds what the page shows of examples.</summary>
internal sealed class Items(ReviewSession session, ReviewContent content, ProbabilityRows? probabilities)
{
    /// <summary>Returns the example at a place of the queue.</summary>
    public async Task<ItemAnswer> At(int place)
    {
        var id = session.Queue[place];
        var (set, example, kind) = (session.Set, session.Set.Examples[id], await content.Kind());
        var beliefs = probabilities?.Of(id);
        var decisions = session.Log.All(id);
        var mine = decisions.FirstOrDefault(d => d.Reviewer == session.Reviewer);
        var suggested = example.Suggested;
        return new ItemAnswer
        {
            Place = place,
            Id = id,
            Name = content.NameOf(id),
            Label = set.ClassNames[example.Label],
            Suggested = suggested is { } k ? set.ClassNames[k] : null,
            Wrong = Known(example.WrongProbability),
            Belief = Known(beliefs?[example.Label] ?? example.SelfConfidence),
            SuggestedBelief = suggested is { } s ? Known(beliefs?[s] ?? example.SuggestedProbability) : null,
            Text = example.Text,
            Fields = await Fields(id),
            Near = await Near(example, kind),
            Mine = mine is null ? null : Answer(mine),
            Others = mine is null ? [] : [.. decisions.Where(d => d.Reviewer != session.Reviewer).Select(Answer)],
        };
    }

    /// <summary>Converts a decision for the page.</summary>
    public static DecisionAnswer Answer(ReviewDecision decision) =>
        new(decision.Reviewer, decision.Decision.ToString().ToLowerInvariant(), decision.NewLabel);

    private async Task<IReadOnlyList<NearAnswer>> Near(ReviewedExample example, ExampleKind kind)
    {
        var near = new List<NearAnswer>();
        foreach (
            var (id, words) in new[]
            {
                (example.DuplicateOf, "equals"),
                (example.Agreeing, "looks like, same label"),
                (example.Contradicting, "looks like, other label"),
            }
        )
        {
            if (id is { } other && near.All(n => n.Id != other))
            {
                var found = session.Set.Examples[other];
                near.Add(
                    new NearAnswer(
                        other,
                        content.NameOf(other),
                        session.Set.ClassNames[found.Label],
                        words,
                        found.Text,
                        kind == ExampleKind.Row ? await Fields(other) : []
                    )
                );
            }
        }

        return near;
    }

    private async Task<IReadOnlyList<FieldAnswer>> Fields(int id) =>
        [.. (await content.Fields(id)).Select(f => new FieldAnswer(f.Name, f.Value))];

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
