using Rote.Tests.Support;

namespace Rote.Tests;

public sealed class SourceSizeTests
{
    // Methods are held to 60 lines by the analyzer MA0051.
    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        var roots = new[] { "src", "tests", "bench", "build" }.Select(folder => Path.Combine(Repository.Root, folder));
        var tooLong = roots.SelectMany(root => Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories))
            .Where(path => File.ReadLines(path).Count() > 400)
            .Select(path => Path.GetRelativePath(Repository.Root, path));
        Assert.Empty(tooLong);
    }
}
