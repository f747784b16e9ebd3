using System.Text.RegularExpressions;
using Rote.Data;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Data.Advising;

/// <summary>What a message about data recommends is done, and the data is then read as it was meant.</summary>
public sealed partial class AdviceTests : IDisposable
{
    private static readonly Advice[] All =
    [
        .. AdviceOnTables.All,
        .. AdviceOnColumns.All,
        .. AdviceOnArrays.All,
        .. AdviceOnFolders.All,
        .. AdviceOnPictures.All,
        .. AdviceOnForms.All,
    ];

    /// <summary>Advice that takes a machine in want, by its file, and why no table of data can call it forth.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["Packing/PackWriter.cs"] = "needs a full disk; PackerTests",
        ["Packing/Sources/ParquetSource.cs"] = "of rote data pack; PackSourcesTests",
        ["Formats/Parquet/ParquetPictures.cs"] = "needs pictures larger than the memory",
        ["Formats/Pictures/PictureData.cs"] = "needs pictures larger than the memory",
        ["Download/Fetcher.cs"] = "needs every source to fail; FetcherTests",
    };

    private static readonly Sentence Links = $"; {Setting.FollowLinks} includes them.";

    private readonly TempFolder _folder = new();

    /// <summary>What the cases here have seen.</summary>
    public static IEnumerable<Sentence> Messages => All.Select(advice => advice.Message).Append(Links);

    public static TheoryData<string> Names => [.. All.Select(advice => advice.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Advice_that_is_followed_gives_the_right_data(string name)
    {
        var advice = All.Single(a => a.Name == name);
        foreach (var (path, content) in advice.Files)
        {
            PictureFiles.Write(_folder, path, content);
        }

        var (before, said) = Read(advice.Path, advice.Asked);
        var message = advice.Message.Format(Mark);
        Assert.Contains(message, said, StringComparison.Ordinal);
        Assert.NotEqual(advice.Right, before); // or there was nothing to advise

        foreach (var (path, content) in advice.Then)
        {
            if (content is null)
            {
                File.Delete(_folder.File(path));
                if (Path.GetDirectoryName(_folder.File(path)) is { } place && !Directory.EnumerateFileSystemEntries(place).Any())
                {
                    Directory.Delete(place); // whoever renames a folder leaves none behind
                }
            }
            else
            {
                PictureFiles.Write(_folder, path, content);
            }
        }

        var (after, saidThen) = Read(advice.ThenPath ?? advice.Path, advice.Followed ?? advice.Asked);
        Assert.DoesNotContain(message, saidThen, StringComparison.Ordinal);
        Assert.True(after is not null, saidThen);
        Assert.Equal(advice.Right, after);
    }

    [Fact]
    public void Links_that_are_followed_bring_their_pictures()
    {
        foreach (var (path, content) in AdviceOnFolders.Files("d", row => $"{Advice.Label(row)}/{row:D2}.png", AdviceOnFolders.Grey))
        {
            PictureFiles.Write(_folder, path, content);
        }

        PictureFiles.Write(_folder, "elsewhere.png", AdviceOnFolders.Grey(12));
        File.CreateSymbolicLink(_folder.File("d/y/99.png"), _folder.File("elsewhere.png"));
        var (before, said) = Read("d", new UserDataOptions());
        Assert.Contains(Links.Format(Mark), said, StringComparison.Ordinal);

        var (after, saidThen) = Read("d", new UserDataOptions { FollowLinks = true });
        Assert.DoesNotContain(Links.Format(Mark), saidThen, StringComparison.Ordinal);
        Assert.NotNull(after);
        Assert.Equal([.. before!, Advice.Line("y/99.png", ["8x8", 240], "y")], after);
    }

    /// <summary>Every text of the sources that names a setting is a part of a message that a case above has seen.</summary>
    [Fact]
    public void Every_message_about_data_that_names_a_setting_is_followed()
    {
        var seen = All.Select(advice => advice.Message).Append(Links).Select(message => message.ToString()).ToArray();
        var root = Path.Combine(Repository.Root, "src", "Rote", "Data");
        var missing =
            from path in Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            let file = Path.GetRelativePath(root, path).Replace('\\', '/')
            where !Elsewhere.ContainsKey(file)
            from text in Joins().Replace(File.ReadAllText(path), "").Split('\n')
            from use in Uses().Matches(text)
            from words in Recommended(use.Value)
            where !seen.Any(message => message.Contains(words, StringComparison.Ordinal))
            select $"{file}: {words}";
        var list = string.Join("\n", missing);
        Assert.True(list.Length == 0, list);
    }

    /// <summary>Shows that a setting is named as such, so that a command can name its option.</summary>
    private static string Mark(Setting setting) => $"<{setting}>";

    private static string Said(Recorder told) => string.Join("\n", told.All.Select(note => note.Sentence?.Format(Mark) ?? note.Text));

    /// <summary>Each setting that a piece of a text names, with the words before it; with those behind it if it stands first.</summary>
    private static IEnumerable<string> Recommended(string piece) =>
        SettingNames()
            .Matches(piece)
            .Select(match => (Before: InWords(piece[..match.Index]), Setting: match.Value, After: piece[(match.Index + match.Length)..]))
            .Select(at =>
                at.Before[^Math.Min(16, at.Before.Length)..] + InWords(at.Setting) + (at.Before.Length < 3 ? at.After.Split('{')[0] : "")
            );

    private static string InWords(string piece) => SettingNames().Replace(piece, match => WordsOf(match.Groups["name"].Value));

    private static string WordsOf(string setting) => $"{typeof(Setting).GetProperty(setting)!.GetValue(null)}";

    /// <summary>Reads data.</summary>
    /// <returns>Its lines, null if it is refused; and all that was said of it.</returns>
    private (string[]? Lines, string Said) Read(string path, UserDataOptions options)
    {
        var told = new Recorder();
        var resolved = options.Labels is { } labels ? options with { Labels = _folder.File(labels) } : options;
        try
        {
            using var data = DatasetLoader.Load(_folder.File(path), new DataFolder("/nowhere"), resolved, told);
            using var all = data.Data.Joined(Split.Train);
            return (LinesOf(all), Said(told));
        }
        catch (InputException refusal)
        {
            return (null, $"{Said(told)}\n{refusal.Format(Mark)}");
        }
    }

    private static string[] LinesOf(Dataset data)
    {
        using var scope = NewDisposeScope();
        var labels = data.Labels.data<long>().ToArray();
        return
        [
            data.FeatureNames is { } names ? string.Join(", ", names) : "",
            .. data.Rows.InOrder().Select(i => Advice.Line(data.Rows[i].Name, ValuesOf(data, i), data.ClassNames[(int)labels[i]])),
        ];
    }

    /// <summary>The text; or the features; or the mean of a picture, with its size.</summary>
    private static IEnumerable<object> ValuesOf(Dataset data, int example)
    {
        if (data.Texts is { } texts)
        {
            return [texts[example]];
        }

        var values = Vectors.Values(data.Pixels[example]);
        return data.Pixels.dim() == 2
            ? values.Cast<object>()
            : [$"{data.Pixels.shape[1]}x{data.Pixels.shape[2]}", Math.Round(values.Average())];
    }

    /// <summary>Where a text goes on in the next line.</summary>
    [GeneratedRegex(
        """
            "\s*\+\s*\$?"
            """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        1000
    )]
    private static partial Regex Joins();

    /// <summary>A setting in a text, with the words around it up to the next quote or other hole.</summary>
    [GeneratedRegex(
        """(?:[^"{}]|\{Setting\.\w+\})*[^"{}]*\{Setting\.\w+\}(?:[^"{}]|\{Setting\.\w+\})*""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Uses();

    [GeneratedRegex(@"\{Setting\.(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SettingNames();
}
