using System.Globalization;
using System.Text;
using Rote.Tests.Support;

namespace Rote.Tests.Docs.Recipes;

/// <summary>What a reader of a recipe has: a table of three classes, audited and trained on in a second.</summary>
internal sealed class RecipeFolder : IDisposable
{
    /// <summary>Rows of the table.</summary>
    public const int Rows = 60;

    private readonly TempFolder _folder = new();

    /// <summary>The folder, in which the reader works.</summary>
    public string Path => _folder.Path;

    /// <summary>A path in it.</summary>
    public string File(string name) => _folder.File(name);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    /// <summary>Writes a table: two numbers, and a label of which every tenth is wrong.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="label">The column of labels.</param>
    /// <param name="classes">Three class names.</param>
    public void Table(string name, string label = "label", string classes = "abc")
    {
        var text = new StringBuilder($"length,width,{label}\n");
        for (var i = 0; i < Rows; i++)
        {
            var (k, wrong) = (i % 3, i % 10 == 4);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{(2 * k) + (i * 37 % 11 / 11.0):0.00},{5 - k + (i * 53 % 17 / 17.0):0.00},{classes[wrong ? (k + 1) % 3 : k]}\n"
            );
        }

        System.IO.File.WriteAllText(File(name), text.ToString());
    }

    /// <summary>Audits data of the folder.</summary>
    /// <param name="data">Its name.</param>
    /// <param name="more">More of the command line.</param>
    /// <returns>The folder of the results.</returns>
    public string Audit(string data, params string[] more)
    {
        Run(
            "audit",
            [File(data), "--members", "3", "--network", "mlp-1x8", "--epochs", "5", "--embed", "none", "--audits", File("audits"), .. more]
        );
        var name = System.IO.Path.GetFileNameWithoutExtension(data);
        return Directory.GetDirectories(File("audits"), $"*-{name}").Single();
    }

    /// <summary>Trains on a table of the folder for two epochs.</summary>
    /// <param name="data">Its name.</param>
    public void Train(string data) =>
        Run("train", File(data), "--network", "mlp-1x8", "--epochs", "2", "--threads", "1", "--runs", File("runs"));

    /// <summary>Runs a command, which must succeed.</summary>
    public void Run(string command, params string[] words)
    {
        var (code, _, error) = Command.Run([command, .. words, "--quiet"]);
        Assert.True(code == 0, error);
    }

    /// <summary>The rows of a table of the folder, by the names of its columns. No field of these tables holds a comma.</summary>
    /// <param name="path">Its path.</param>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string path)
    {
        var lines = System.IO.File.ReadAllLines(path);
        var names = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => names.Zip(line.Split(',')).ToDictionary(field => field.First, field => field.Second))];
    }
}
