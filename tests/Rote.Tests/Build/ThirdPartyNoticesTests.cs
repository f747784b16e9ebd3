using System.Text;
using System.Xml.Linq;
using Rote.Tests.Support;

namespace Rote.Tests.Build;

/// <summary>THIRD-PARTY-NOTICES.txt names every package that Rote's own packages bring or need.</summary>
public sealed class ThirdPartyNoticesTests
{
    private static string Notices => Path.Combine(Repository.Root, "THIRD-PARTY-NOTICES.txt");

    /// <summary>Where it differs, the text as it should be is written over it: read what changed, and commit it.</summary>
    [Fact]
    public void The_file_is_what_the_restored_packages_say_of_themselves()
    {
        var expected = ThirdPartyNotices.Text();
        var found = File.Exists(Notices) ? File.ReadAllText(Notices) : "";
        if (found != expected)
        {
            File.WriteAllText(Notices, expected, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        Assert.Equal(expected, found);
    }

    [Fact]
    public void Every_package_of_the_lock_files_is_in_it_with_a_license()
    {
        var used = ThirdPartyNotices.Used();
        Assert.True(used.Count > 25, $"{used.Count} packages");
        var text = File.ReadAllText(Notices);
        Assert.All(
            used,
            package => Assert.Contains($"\n{package.Name} {package.Version}\n    license    ", text, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("license    \n", text, StringComparison.Ordinal);
    }

    /// <summary>What is too long for the file lies beside the program: the command's project copies it, in the version that is
    /// used.</summary>
    [Fact]
    public void The_long_notices_are_copied_beside_the_command()
    {
        var copied = XDocument
            .Load(Path.Combine(Repository.Root, "src", "Rote.Cli", "Rote.Cli.csproj"))
            .Descendants("None")
            .Where(item => item.Attribute("Link")?.Value.StartsWith("notices/", StringComparison.Ordinal) == true)
            .ToDictionary(item => item.Attribute("Link")!.Value, item => item.Attribute("Include")!.Value, StringComparer.Ordinal);
        var asked = File.ReadLines(Notices)
            .Where(line => line.StartsWith("    notices    ", StringComparison.Ordinal))
            .Select(line => line.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1].TrimEnd(','));
        Assert.Equal(asked.Distinct().Order(StringComparer.Ordinal), copied.Keys.Order(StringComparer.Ordinal));
        Assert.All(
            copied.Values,
            path =>
                Assert.True(File.Exists(path.Replace("$(NuGetPackageRoot)", ThirdPartyNotices.Cache + "/", StringComparison.Ordinal)), path)
        );
    }
}
