using System.Reflection;
using System.Text.RegularExpressions;
using Rote.Tensors;
using Rote.Tests.Support;

namespace Rote.Tests.Tensors;

public sealed partial class SeedStreamsTests
{
    [Fact]
    public void No_two_streams_have_one_name_and_no_name_is_the_beginning_of_one_that_is_made_of_parts()
    {
        string[] names =
        [
            .. typeof(SeedStreams)
                .GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => (string)field.GetRawConstantValue()!),
        ];
        Assert.NotEmpty(names);
        Assert.Equal(names.Length, names.Distinct().Count());
        var open = names.Where(name => name.EndsWith('/'));
        Assert.Empty(open.SelectMany(begin => names.Where(name => name != begin && name.StartsWith(begin, StringComparison.Ordinal))));
    }

    [Fact]
    public void Every_stream_is_drawn_by_a_name_of_the_table()
    {
        var wrong = Directory
            .GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(path => Literal().Matches(File.ReadAllText(path)).Select(match => $"{Path.GetFileName(path)}: {match.Value}"));
        Assert.Empty(wrong);
    }

    [GeneratedRegex(@"\.(Stream|Permutation|Number)\(\$?""[^""]*""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();
}
