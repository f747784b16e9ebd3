using Rote.Corruptions;
using Rote.Experiments;
using Rote.Recipes;
using Rote.Studies.Claims;
using Rote.Studies.Zhang2017.Claims;
using Rote.Training.Optimizers;
using Rote.Workers;

namespace Rote.Studies.Zhang2017;

/// <summary>The study of Zhang et al. 2017: its claims at one scale, and the runs they rest on.</summary>
public static class ZhangStudy
{
    /// <summary>All claims of the paper that this study knows, in the paper's order.</summary>
    /// <param name="plan">Sizes and tolerances.</param>
    /// <returns>Every claim, extra ones and those that are not looked at at this scale among them.</returns>
    public static IReadOnlyList<Claim> Claims(Plan plan)
    {
        var make = new ClaimFactory(plan);
        Claim[] claims =
        [
            .. Figure1Claims.Of(make),
            .. SpeedClaims.Of(make),
            .. ParameterClaims.Of(make),
            .. TableClaims.Of(make),
            .. RegularizerClaims.Of(make),
            .. ComplexityClaims.Of(make),
            .. TheoryClaims.Of(make),
            .. ImageNetClaims.Of(make),
        ];
        return [.. claims.Select(claim => claim with { Extra = plan.Scale.Extra.FirstOrDefault(extra => ClaimSelection.Fits(claim, extra.Key)).Value })];
    }

    /// <summary>The runs that claims rest on.</summary>
    /// <param name="claims">The claims asked for.</param>
    /// <returns>Each run once; those of the fastest networks first, so that the first results come early, and of a network those first that fit last, so that at the end no worker waits for long.</returns>
    public static IReadOnlyList<RunRequest> Requests(IEnumerable<Claim> claims) =>
    [
        .. claims.Where(claim => claim.NotAtThisScale is null)
            .SelectMany(claim => claim.Needs)
            .DistinctBy(experiment => experiment.Identity)
            .OrderBy(experiment => NetworkRecipes.Of(experiment.Network).Cost)
            .ThenBy(experiment => experiment.Corruption is RandomLabels ? 0 : experiment.Corruption.ReplacesPixels ? 2 : 1)
            .Select(experiment => new RunRequest(experiment) { Title = Title(experiment) }),
    ];

    /// <summary>Judges claims by what came of their runs.</summary>
    /// <param name="claims">The claims asked for.</param>
    /// <param name="evidence">The runs.</param>
    /// <returns>One finding a claim, in their order.</returns>
    public static Ledger Judge(IEnumerable<Claim> claims, Evidence evidence) => new([.. claims.Select(claim => Finding.Of(claim, evidence))]);

    /// <summary>Everything that a report of the study shows.</summary>
    /// <param name="plan">Sizes and tolerances.</param>
    /// <param name="claims">The claims asked for.</param>
    /// <param name="evidence">The runs.</param>
    /// <param name="command">The command that looks at one claim alone.</param>
    /// <param name="provenance">What makes the result reproducible, as (name, value).</param>
    /// <returns>Ledger, figures and times.</returns>
    public static Reproduction Gather(
        Plan plan, IReadOnlyList<Claim> claims, Evidence evidence, Func<Claim, string> command, IReadOnlyList<(string Name, string Value)> provenance)
    {
        var figures = new StudyFigures(plan, evidence);
        return new Reproduction
        {
            ScaleName = plan.Name,
            Scale = plan.Scale,
            Seeds = plan.Seeds,
            Ledger = Judge(claims, evidence),
            Figures = figures.All(),
            FittingTimes = figures.FittingTimes(),
            Command = command,
            Provenance = provenance,
        };
    }

    private static string Title(Experiment experiment)
    {
        var recipe = experiment.Recipe;
        string[] parts =
        [
            $"{experiment.Network.Title}, {Names.Data(experiment.Corruption)}",
            recipe.WeightDecay > 0 ? "weight decay" : "",
            recipe.Augmentation?.Describe() ?? "",
            recipe.Optimizer is Adam ? "Adam" : "",
            $"seed {experiment.Seed}",
        ];
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }
}
