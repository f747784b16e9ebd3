using Rote.Studies.Arpit2017.Claims;
using Rote.Studies.Claims;

namespace Rote.Studies.Arpit2017;

/// <summary>The study at one scale.</summary>
internal sealed class ArpitPlan(ArpitScale scale, int seeds) : StudyPlan(scale.Name, seeds)
{
    /// <summary>The sizes.</summary>
    public ArpitScale Scale { get; } = scale;

    /// <inheritdoc/>
    public override string Purpose => Scale.Purpose;

    /// <inheritdoc/>
    public override string Data => Scale.Data;

    /// <inheritdoc/>
    public override bool IsRehearsal => Name == "smoke";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Thing, string Sentence)> Differences => ArpitWords.Differences;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Thing, string Sentence)> Sizes => ArpitWords.Sizes(Scale);

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims()
    {
        var make = new ClaimFactory(this);
        return
        [
            .. EasyClaims.Of(make),
            .. SensitivityClaims.Of(make),
            .. CapacityClaims.Of(make),
            .. PatternClaims.Of(make),
            .. CriticalClaims.Of(make),
            .. RegularizerClaims.Of(make),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<StudyFigure> Figures(Evidence evidence) => new ArpitFigures(this, evidence).All();
}
