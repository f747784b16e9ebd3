using System.Globalization;
using System.Text.RegularExpressions;
using Rote.Tests.Support;

namespace Rote.Tests.Cli.Advising;

/// <summary>A folder with small data and a store of runs that were trained on it: a copy, so that advice may be followed with a
/// hatchet.</summary>
internal sealed partial class AdviceFolder : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly PreparedFolder _prepared;

    public AdviceFolder(PreparedFolder prepared)
    {
        _prepared = prepared;
        Copy(prepared.Path, _folder.Path);
    }

    /// <summary>A path below the folder.</summary>
    public string File(string name) => _folder.File(name);

    /// <summary>The folder of a run.</summary>
    public string Run(string name) => File($"runs/{_prepared.Runs[name]}");

    /// <summary>Writes a text; folders on the way are made.</summary>
    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), text);
    }

    /// <summary>Writes a table.</summary>
    /// <param name="name">Its path below the folder.</param>
    /// <param name="head">Its first line.</param>
    /// <param name="rows">How many lines follow.</param>
    /// <param name="row">Each of them.</param>
    public void Table(string name, string head, int rows, Func<int, FormattableString> row) =>
        Write(
            name,
            $"{head}\n{string.Concat(Enumerable.Range(0, rows).Select(i => row(i).ToString(CultureInfo.InvariantCulture) + "\n"))}"
        );

    /// <summary>Draws pictures of noise, half of them of a class and half of the class dog.</summary>
    public void Pictures(string name, string first, int count, int side, uint seed = 0)
    {
        for (var i = 0; i < count; i++)
        {
            PictureFiles.Write(
                _folder,
                $"{name}/{(i < count / 2 ? first : "dog")}/{i}.png",
                PictureFiles.Noise(side, side, seed + (uint)i)
            );
        }
    }

    /// <summary>Removes a file of a run.</summary>
    public void RemovePart(string run, string part) => System.IO.File.Delete(Path.Combine(Run(run), part));

    /// <summary>Takes or gives the rights to a file or folder, as chmod does.</summary>
    public void Rights(string name, UnixFileMode mode) => _folder.Rights(name, mode);

    /// <summary>Leaves no more of it than a kill or a full disk may.</summary>
    public void CutPart(string run, string part) => System.IO.File.WriteAllText(Path.Combine(Run(run), part), "{");

    /// <summary>Types a line, which must do what it says.</summary>
    public void Do(string line)
    {
        var (code, _, error) = Command.Run(Words(line));
        Assert.True(code == 0, error);
    }

    /// <summary>A line with the paths and names of this folder, as words.</summary>
    public string[] Words(string line) => [.. Word().Matches(line).Select(word => Named(word.Value.Trim('\'')))];

    /// <summary>A text with them.</summary>
    public string Named(string text) =>
        _prepared.Runs.Aggregate(
            text.Replace("@", $"{_folder.Path}/", StringComparison.Ordinal),
            (line, run) => line.Replace($"{{{run.Key}}}", run.Value, StringComparison.Ordinal)
        );

    public void Dispose() => _folder.Dispose();

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            System.IO.File.Copy(file, target);
        }
    }

    [GeneratedRegex("'[^']*'|[^ ]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
