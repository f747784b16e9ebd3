namespace Rote.Studies.Claims;

/// <summary>Which claims of a study are asked for.</summary>
public static class ClaimSelection
{
    /// <summary>Picks claims by the beginnings of their names.</summary>
    /// <param name="claims">All claims of the study.</param>
    /// <param name="only">Names with commas: whole parts, as <c>table1</c>, <c>table1/mlp-1x512</c> or a whole name; null or empty: every
    /// claim.</param>
    /// <param name="all">Whether claims outside the core are looked at too; one that is named in whole always is.</param>
    /// <returns>In the study's order; those outside the core stay among them with the reason why they are not looked at.</returns>
    /// <exception cref="InputException">A name fits no claim.</exception>
    public static IReadOnlyList<Claim> Of(IReadOnlyList<Claim> claims, string? only, bool all)
    {
        var names = (only ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length == 0 && only is { Length: > 0 })
        {
            throw new InputException($"{Setting.Only} is '{only}', expected names of claims with commas between them.");
        }

        if (names.FirstOrDefault(name => !claims.Any(claim => Fits(claim, name))) is { } unknown)
        {
            throw Nearest.Unknown("claim", unknown, [.. claims.Select(claim => claim.Group).Distinct()]);
        }

        return
        [
            .. claims
                .Where(claim => names.Length == 0 || names.Any(name => Fits(claim, name)))
                .Select(claim => IsLeftOut(claim) ? claim with { NotAtThisScale = $"Only with --all. {claim.Extra}" } : claim),
        ];

        bool IsLeftOut(Claim claim) => !all && claim is { Extra: not null, NotAtThisScale: null } && !names.Contains(claim.Id);
    }

    /// <summary>Whether a name means a claim: it is its own, or the beginning of it up to a slash.</summary>
    internal static bool Fits(Claim claim, string name) => claim.Id == name || claim.Id.StartsWith($"{name}/", StringComparison.Ordinal);
}
