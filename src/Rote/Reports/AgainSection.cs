namespace Rote.Reports;

/// <summary>The end of a page: the command that makes it again, and the facts that it depends on.</summary>
internal static class AgainSection
{
    /// <summary>Adds the commands as the user types them, then the other facts.</summary>
    /// <param name="page">The page.</param>
    /// <param name="provenance">Names and values; one named "Command" is a command.</param>
    /// <returns>The page.</returns>
    public static HtmlPage Add(HtmlPage page, IReadOnlyList<(string Name, string Value)> provenance)
    {
        foreach (var (_, command) in provenance.Where(IsCommand))
        {
            page.Code(command);
        }

        return page.Definitions(provenance.Where(pair => !IsCommand(pair)));
    }

    private static bool IsCommand((string Name, string Value) pair) => pair.Name.Equals("command", StringComparison.OrdinalIgnoreCase);
}
