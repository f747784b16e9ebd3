namespace Rote.Studies.Claims;

/// <summary>Selects claims of a study.</summary>
public static class ClaimSelection
{
    /// <summary>Selects claims by name prefixes.</summary>
    /// <param name="claims">All claims of the study.</param>
    /// <param name="only">Comma-separated names of whole parts, as <c>table1</c> or <c>table1/mlp-1x512</c>, or full names; null or empty:
    /// every claim.</param>
    /// <param name="all">Whether to check claims outside the core too; a claim given by its full name is always checked.</param>
    /// <returns>The claims in the study's order; unchecked claims outside the core stay, with the reason.</returns>
    /// <exception cref="InputException">A name matches no claim.</exception>
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

    /// <summary>Whether a name matches a claim: it is the claim's full name, or a prefix that ends before a slash.</summary>
    internal static bool Fits(Claim claim, string name) => claim.Id == name || claim.Id.StartsWith($"{name}/", StringComparison.Ordinal);
}
