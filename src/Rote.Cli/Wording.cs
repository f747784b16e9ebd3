namespace Rote.Cli;

/// <summary>Numbers in sentences.</summary>
internal static class Wording
{
    /// <summary>A number and its noun, as "1 epoch" or "14 epochs".</summary>
    public static string Count(long count, string noun) => $"{count:N0} {noun}{(count == 1 ? "" : "s")}";
}
