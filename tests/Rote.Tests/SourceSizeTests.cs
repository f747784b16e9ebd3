using Rote.Tests.Support;

namespace Rote.Tests;

public sealed class SourceSizeTests
{
    private const int Columns = 140;

    private static IEnumerable<string> Files =>
        new[] { "src", "tests", "bench", "build", "samples" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    // Methods are held to 60 lines by the analyzer MA0051.
    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        var tooLong = Files.Where(path => File.ReadLines(path).Count() > 400).Select(path => Path.GetRelativePath(Repository.Root, path));
        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_line_is_longer_than_140_columns()
    {
        var tooLong = Files.SelectMany(path =>
            File.ReadLines(path)
                .Index()
                .Where(line => line.Item.Length > Columns)
                .Select(line => $"{Path.GetRelativePath(Repository.Root, path)}:{line.Index + 1}")
        );
        Assert.Empty(tooLong);
    }
}
