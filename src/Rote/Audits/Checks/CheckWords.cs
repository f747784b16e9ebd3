namespace Rote.Audits.Checks;

/// <summary>Numbers with their nouns, in sentences of checks.</summary>
internal static class CheckWords
{
    /// <summary>As <c>1 picture is</c> or <c>2,000 pictures are</c>.</summary>
    public static string Pictures(int count, string one, string many) => Count(count, "picture", one, many);

    /// <inheritdoc cref="Pictures"/>
    public static string Count(int count, string noun, string one, string many) =>
        count == 1 ? $"1 {noun} {one}" : $"{count:N0} {noun}s {many}";

    /// <summary>A share, as <c>12.3 %</c>.</summary>
    public static string Percent(double share) => $"{100 * share:0.0}\u00A0%";
}
