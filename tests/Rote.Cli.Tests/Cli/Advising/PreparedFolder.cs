using Rote.Tests.Support;

namespace Rote.Tests.Cli.Advising;

/// <summary>The folder that is copied; made once.</summary>
public sealed class PreparedFolder : IDisposable
{
    private readonly TempFolder _folder = new();

    public PreparedFolder()
    {
        File.WriteAllLines(_folder.File("t.csv"), ["a,b,label", .. Enumerable.Range(0, 400).Select(Row)]);
        for (uint i = 0; i < 24; i++)
        {
            PictureFiles.Write(_folder, $"pets/{(i < 12 ? "cat" : "dog")}/{i}.png", PictureFiles.Noise(9, 9, i));
        }

        var model = new OwnModels();
        File.WriteAllText(_folder.File("y.txt"), model.LabelText());
        File.WriteAllText(_folder.File("log.csv"), model.Csv());
        _folder.Put("p.npy", model.Npy());
        Runs = new Dictionary<string, string>
        {
            ["plain"] = Train("t.csv", ""),
            ["other"] = Train("t.csv", "--seed 2"),
            ["random"] = Train("t.csv", "--corruption random-labels"),
            ["held"] = Train("t.csv", "--hold-out 0.25"),
            ["few"] = Train("t.csv", "--examples 100"),
            ["pets"] = Train("pets", ""),
        };
        File.WriteAllText(_folder.File("list.txt"), "0\n");
        var forgetting = $"forget {Runs["plain"]} {_folder.File("t.csv")} --examples {_folder.File("list.txt")} --runs";
        Runs["forgetful"] = Made([.. forgetting.Split(' '), _folder.File("runs")]);
    }

    public string Path => _folder.Path;

    /// <summary>What a line calls a run, and its folder's name.</summary>
    internal Dictionary<string, string> Runs { get; }

    public void Dispose() => _folder.Dispose();

    private static string Row(int i) => FormattableString.Invariant($"{i * 37 % 101}.5,{i * 53 % 89}.5,c{i * 37 % 101 / 51}");

    private string Train(string data, string options) =>
        Made([
            .. $"train {_folder.File(data)} --network mlp-1x8 --epochs 1 --threads 1 --precision float32".Split(' '),
            "--runs",
            _folder.File("runs"),
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ]);

    /// <summary>The last of the runs that a line makes: it is named after those it began with.</summary>
    private string Made(string[] line)
    {
        var before = Names();
        var (code, output, error) = Command.Run(line);
        Assert.True(code == 0, error);
        return Names().Except(before).Single(name => output.Contains(name, StringComparison.Ordinal));
    }

    private string[] Names() =>
        Directory.Exists(_folder.File("runs"))
            ?
            [
                .. Directory
                    .GetDirectories(_folder.File("runs"))
                    .Select(path => System.IO.Path.GetFileName(path))
                    .Where(name => !name.StartsWith('.')),
            ]
            : [];
}
