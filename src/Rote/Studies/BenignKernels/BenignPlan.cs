using Rote.Studies.BenignKernels.Claims;
using Rote.Studies.Claims;

namespace Rote.Studies.BenignKernels;

/// <summary>The study at one scale.</summary>
internal sealed class BenignPlan(BenignScale scale, int seeds) : StudyPlan(scale.Name, seeds)
{
    /// <summary>The sizes.</summary>
    public BenignScale Scale { get; } = scale;

    /// <inheritdoc/>
    public override string Purpose => Scale.Purpose;

    /// <inheritdoc/>
    public override string Data => Scale.Data;

    /// <inheritdoc/>
    public override bool IsRehearsal => Name == "smoke";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Thing, string Sentence)> Differences => BenignWords.Differences;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Thing, string Sentence)> Sizes => BenignWords.Sizes(Scale);

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims() =>
        [
            .. new KernelClaims(this).All(),
            .. new NormClaims(this).All(),
            .. new ControlClaims(this).All(),
            .. new ConvergenceClaims(this).All(),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<StudyFigure> Figures(Evidence evidence) => new BenignFigures(this, evidence).All();
}
