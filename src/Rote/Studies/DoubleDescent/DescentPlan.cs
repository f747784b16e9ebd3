using Rote.Studies.Claims;

namespace Rote.Studies.DoubleDescent;

/// <summary>The study at one scale.</summary>
internal sealed class DescentPlan(DescentScale scale, int seeds) : StudyPlan(scale.Name, seeds)
{
    /// <summary>The sizes.</summary>
    public DescentScale Scale { get; } = scale;

    /// <inheritdoc/>
    public override string Purpose => Scale.Purpose;

    /// <inheritdoc/>
    public override string Data => Scale.Data;

    /// <inheritdoc/>
    public override bool IsRehearsal => Name == "smoke";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Thing, string Sentence)> Differences => DescentWords.Differences;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Thing, string Sentence)> Sizes => DescentWords.Sizes(Scale);

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims() => [.. new DescentClaims(this).All()];

    /// <inheritdoc/>
    public override IReadOnlyList<StudyFigure> Figures(Evidence evidence) => new DescentFigures(this, evidence).All();
}
