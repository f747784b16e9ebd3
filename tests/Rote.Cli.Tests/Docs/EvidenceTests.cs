using System.Text.RegularExpressions;
using Rote.Tests.Support;

namespace Rote.Tests.Docs;

/// <summary>Results that the documentation rests on are copied from where they were made.</summary>
public sealed partial class EvidenceTests
{
    // A ledger holds the command that made it, with the folders that it was given.
    [Fact]
    public void Nothing_names_a_folder_of_the_machine_that_it_was_made_on()
    {
        var files = Directory
            .GetFiles(Path.Combine(Repository.Root, "docs"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".json" or ".md" or ".svg")
            .ToArray();
        Assert.Contains(files, file => file.EndsWith("zhang2017-laptop.json", StringComparison.Ordinal));
        Assert.All(files, file => Assert.DoesNotMatch(MachinePath(), File.ReadAllText(file)));
    }

    [GeneratedRegex(@"(?<![\w.~])/(work|home|root|tmp|mnt|Users|var)/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MachinePath();
}
