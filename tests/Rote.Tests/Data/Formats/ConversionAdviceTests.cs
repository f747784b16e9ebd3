using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats;

/// <summary>The lines of Python that a message recommends are typed as they stand; what they make is read as what was meant.</summary>
public sealed class ConversionAdviceTests : IDisposable
{
    private const string Rows = "x = [[i + 0.1, 2.5 * i, -i] for i in range(20)]; y = [i % 2 for i in range(20)]; names = ['01', '2'];";
    private const string Frame = "import pandas as pd; d = pd.DataFrame(x, columns=['a', 'b', 'c']); d['label'] = [names[k] for k in y];";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("it's.pkl", "d.to_pickle(path)", "pandas")]
    [InlineData("t.xlsx", "d.to_excel(path, index=False)", "pandas", "openpyxl")]
    [InlineData("t.sqlite", "import sqlite3; d.to_sql('TABLE_', sqlite3.connect(path), index=False)", "pandas", "sqlite3")]
    [InlineData("t.dta", "d.to_stata(path, write_index=False)", "pandas")]
    [InlineData("t.json", "import json; json.dump(d.to_dict('records'), open(path, 'w'))", "pandas")]
    [InlineData(
        "t.arff",
        "open(path, 'w').write('% made\\n@relation t\\n' + ''.join(f'@attribute {c} numeric\\n' for c in 'abc') + '@attribute label "
            + "{01,2}\\n@data\\n' + d.to_csv(index=False, header=False))",
        "pandas"
    )]
    public void Tables_keep_their_columns_and_their_labels_as_written(string file, string write, params string[] modules)
    {
        var python = PythonLines.With(modules);
        var advice = Advice(file, Rows + Frame + write, python);
        PythonLines.Run(python, advice.Replace("from TABLE'", "from TABLE_'", StringComparison.Ordinal));
        RequireRead(file, ["01", "2"]);
    }

    [Theory]
    [InlineData("t.mat", "import scipy.io; scipy.io.savemat(path, {'X': x, 'y': y})", "numpy", "scipy")]
    [InlineData("t.h5", "import h5py; f = h5py.File(path, 'w'); f['x'] = x; f['y'] = y; f.close()", "numpy", "h5py")]
    [InlineData("t.svm", "from sklearn.datasets import dump_svmlight_file; dump_svmlight_file(x, y, path)", "numpy", "sklearn")]
    [InlineData("t.pt", "import torch; torch.save((torch.tensor(x), torch.tensor(y)), path)", "numpy", "torch")]
    public void Arrays_keep_their_numbers(string file, string write, params string[] modules)
    {
        var python = PythonLines.With(modules);
        PythonLines.Run(python, Advice(file, Rows + write, python));
        RequireRead(file, ["0", "1"]);
    }

    [Fact]
    public void A_dictionary_of_arrays_in_a_pickle_is_converted_too()
    {
        var python = PythonLines.With("pandas", "numpy");
        Write("d.pkl", Rows + "import pickle; pickle.dump({'data': x, 'labels': y}, open(path, 'wb'))", python);
        var (table, arrays) = Refused("d.pkl").Split(", if it holds a table; a dictionary of arrays: ") is [var a, var b]
            ? (a, b)
            : ("", "");
        var read = table.Split("; d.to_csv")[0].Split("in Python: ")[1];
        PythonLines.Run(python, $"{read}; {arrays.Split(", with the names in")[0]}");
        RequireRead("d.pkl", ["0", "1"]);
    }

    [Fact]
    public void A_file_of_spss_is_converted_by_pspp()
    {
        var rows = string.Join(
            '\n',
            Enumerable.Range(0, 20).Select(i => FormattableString.Invariant($"{i + 0.1} {2.5 * i} {-i} {(i % 2 == 0 ? "01" : "2")}"))
        );
        var program = $"DATA LIST LIST /a b c (F8.2) label (A8).\nBEGIN DATA\n{rows}\nEND DATA.\nSAVE OUTFILE='{_folder.File("t.sav")}'.\n";
        File.WriteAllText(_folder.File("t.sps"), program);
        Programs.Run("pspp", _folder.File("t.sps"));

        var advice = Refused("t.sav").Split("with PSPP's program: ")[1].TrimEnd('.');
        Programs.Run("sh", "-c", advice);
        RequireRead("t.sav", ["01", "2"]);
    }

    [Theory]
    [InlineData("csv", "pd.DataFrame({'a': range(20), 'b': range(20), 'price': y}).to_csv(path, index=False)")]
    [InlineData("npz", "np.savez(path, x=np.arange(40).reshape(20, 2), y=y)")]
    public void A_quantity_becomes_five_classes(string extension, string write)
    {
        const string made = "import numpy as np, pandas as pd; y = np.arange(20) ** 2 + 0.5; ";
        var python = PythonLines.With("pandas", "numpy");
        var file = $"q.{extension}";
        Write(file, made + write, python);
        var advice = Refused(file).Split("in pandas, ")[1].Split(" makes five")[0];

        Write(file, $"{made}y = {advice}; {write}", python);
        using var data = DatasetLoader.Load(_folder.File(file), new DataFolder("/nowhere"));
        using var all = data.Data.Joined(Split.Train);
        Assert.Equal(5, all.ClassNames.Count);
        var counts = all.Labels.data<long>().ToArray().CountBy(label => label).Select(pair => pair.Value);
        Assert.Equal([4, 4, 4, 4, 4], counts);
    }

    [Fact]
    public void Ages_become_five_classes()
    {
        const string made = "import numpy as np, pandas as pd; y = pd.Series(18 + np.arange(120) % 60); ";
        const string write = "pd.DataFrame({'a': range(120), 'b': range(120), 'age': y}).to_csv(path, index=False)";
        var python = PythonLines.With("pandas", "numpy");
        Write("q.csv", made + write, python);
        var advice = Assert.Single(Signs("q.csv").Said).Split("in pandas, ")[1].Split(" makes five")[0];

        Write("q.csv", $"{made}y = {advice}; {write}", python);
        var (said, counts) = Signs("q.csv");
        Assert.Empty(said);
        Assert.Equal([24, 24, 24, 24, 24], counts.Values);
    }

    [Theory]
    [InlineData(";")]
    [InlineData("; ")]
    [InlineData("|")]
    [InlineData(" | ")]
    [InlineData(",")]
    [InlineData(", ")]
    public void Of_several_labels_in_a_cell_the_first_is_kept_or_each_becomes_a_column(string by)
    {
        var made = $"import pandas as pd; y = pd.Series(['cat', 'dog', 'cat{by}dog', 'dog{by}fox', 'fox'] * 20); ";
        const string write = "pd.DataFrame({'a': range(100), 'b': range(100), 'kind': y}).to_csv(path, index=False)";
        var python = PythonLines.With("pandas");
        Write("t.csv", made + write, python);
        var advice = Assert.Single(Signs("t.csv").Said).Split("In pandas, ")[1];
        var (first, each) = (advice.Split(" keeps the first")[0], advice.Split("of each, and ")[1].Split(" makes a column")[0]);

        Write("t.csv", $"{made}y = {first}; {write}", python);
        var (said, counts) = Signs("t.csv");
        Assert.Empty(said);
        Assert.Equal(
            new Dictionary<string, int>
            {
                ["cat"] = 40,
                ["dog"] = 40,
                ["fox"] = 20,
            },
            counts
        );

        foreach (var (name, count) in new[] { ("cat", 40), ("dog", 60), ("fox", 40) })
        {
            Write("t.csv", $"{made}y = {each}['{name}']; {write}", python);
            (said, counts) = Signs("t.csv");
            Assert.Empty(said);
            Assert.Equal(new Dictionary<string, int> { ["0"] = 100 - count, ["1"] = count }, counts);
        }
    }

    [Theory]
    [InlineData("t.tfrecord", "")]
    [InlineData("t.safetensors", "d = {'x': x, 'y': y}; ")]
    public void What_another_library_has_read_is_saved_as_arrays(string file, string read)
    {
        var python = PythonLines.With("numpy");
        File.WriteAllBytes(_folder.File(file), [1, 2, 3]);
        PythonLines.Run(python, Rows + read + Refused(file).Split("in Python: ")[1].TrimEnd('.').Split(", with the ")[0]);
        RequireRead(file, ["0", "1"]);
    }

    /// <summary>What is said of the labels of a file that is read, and how many examples each has.</summary>
    private (string[] Said, Dictionary<string, int> Counts) Signs(string file)
    {
        var told = new Recorder();
        using var data = DatasetLoader.Load(_folder.File(file), new DataFolder("/nowhere"), progress: told);
        using var all = data.Data.Joined(Split.Train);
        var counts = all.Labels.data<long>().ToArray().CountBy(label => label);
        string[] said =
        [
            .. told.All.Select(note => note.Text).Where(text => text.Contains("in pandas, ", StringComparison.OrdinalIgnoreCase)),
        ];
        return (said, counts.OrderBy(pair => pair.Key).ToDictionary(pair => all.ClassNames[(int)pair.Key], pair => pair.Value));
    }

    /// <summary>The recommended program for a file that one of Python's made.</summary>
    private string Advice(string file, string write, string python)
    {
        Write(file, write, python);
        var lines = Refused(file).Split("in Python: ")[1].TrimEnd('.');
        return lines.Split(", with the ")[0].Split(", if it ")[0];
    }

    private void Write(string file, string write, string python) => PythonLines.Run(python, $"path = r\"{_folder.File(file)}\"; {write}");

    private string Refused(string file) =>
        Assert.Throws<InputException>(() => DatasetLoader.Load(_folder.File(file), new DataFolder("/nowhere"))).Message;

    private void RequireRead(string file, string[] classes)
    {
        var made = Array.Find([".csv", ".npz", ".jsonl", ".parquet"], e => File.Exists(Path.ChangeExtension(_folder.File(file), e)));
        using var data = DatasetLoader.Load(Path.ChangeExtension(_folder.File(file), made), new DataFolder("/nowhere"));
        using var all = data.Data.Joined(Split.Train);
        Assert.Equal(classes, all.ClassNames);
        Assert.Equal(20, all.Count);
        var values = all.Pixels.to(TorchSharp.torch.float64).data<double>().ToArray();
        var labels = all.Labels.data<long>().ToArray();
        Assert.Equal(
            Enumerable.Range(0, 20).Select(i => ((float)(i + 0.1), (float)(2.5 * i), (float)-i, i % 2)),
            Enumerable
                .Range(0, 20)
                .Select(row => ((float)values[3 * row], (float)values[(3 * row) + 1], (float)values[(3 * row) + 2], (int)labels[row]))
                .OrderBy(row => row.Item1)
        );
    }
}
