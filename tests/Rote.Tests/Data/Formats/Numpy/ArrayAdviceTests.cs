using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Numpy;

/// <summary>Every expression of Python that a message about arrays recommends is run as it stands, on the array that was refused.</summary>
public sealed class ArrayAdviceTests : IDisposable
{
    private const string Arrays =
        "import numpy as np; x = np.array([[i + 0.5, -2.0 * i] for i in range(20)]); y = np.array(['é', 'b'])[np.arange(20) % 2]; ";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("y = y.astype(object)", "y", "y.astype(str)")]
    [InlineData("x = x.astype(object)", "x", "x.astype(float)")]
    [InlineData("y = np.char.encode(y, 'latin-1')", "y", "np.char.decode(y, 'latin-1')")]
    [InlineData("x = x.astype(np.longdouble)", "x", "x.astype('float64')")]
    [InlineData("x = x[:, 0] + 1j * x[:, 1]; x = x[:, None]", "x", "np.concatenate([x.real, x.imag], axis=1)")]
    [InlineData(
        "import numpy.lib.recfunctions; x = np.array([tuple(r) for r in x], dtype=[('a', float), ('b', float)])",
        "x",
        "numpy.lib.recfunctions.structured_to_unstructured",
        "(x)"
    )]
    public void What_an_array_is_turned_into_is_read(string spoil, string name, string advice, string call = "")
    {
        var python = PythonLines.With("numpy");
        var path = _folder.File("a.npz");
        var save = $"np.savez(r'{path}', x=x, y=y)";
        PythonLines.Run(python, $"{Arrays}{spoil}; {save}");
        Assert.Contains(advice, Refused(path), StringComparison.Ordinal);

        PythonLines.Run(python, $"{Arrays}{spoil}; {name} = {advice}{call}; {save}");
        RequireRead(path, ["b", "é"], Enumerable.Range(0, 20).Select(i => (i + 0.5f, -2f * i, (i + 1) % 2)));
    }

    [Theory]
    [InlineData("y = np.eye(2)[np.arange(20) % 2] * 0.9 + 0.05", "y.argmax(axis=1)")]
    [InlineData("y = np.eye(2)[np.arange(20) % 2] * 2 - 1", "y.argmax(axis=1)")]
    [InlineData("y = (np.arange(20) % 2)[None]", "y.ravel()")]
    [InlineData("y = np.stack([np.arange(20) % 2, np.arange(20)], axis=1)", "y[:, 0]")]
    public void Labels_in_other_shapes_become_one_an_example(string spoil, string advice)
    {
        var python = PythonLines.With("numpy");
        var path = _folder.File("a.npz");
        PythonLines.Run(python, $"{Arrays}{spoil}; np.savez(r'{path}', x=x, y=y)");
        Assert.Contains(advice, Refused(path), StringComparison.Ordinal);

        PythonLines.Run(python, $"{Arrays}{spoil}; y = {advice}; np.savez(r'{path}', x=x, y=y)");
        RequireRead(path, ["0", "1"], Enumerable.Range(0, 20).Select(i => (i + 0.5f, -2f * i, i % 2)));
    }

    /// <summary>What cannot be read as pictures becomes pictures or vectors.</summary>
    [Theory]
    [InlineData("np.arange(320).reshape(20, 4, 2, 2).astype('uint8')", "x.transpose(0, 2, 3, 1)", "20 2 2 1 or 3")]
    [InlineData("np.arange(320).reshape(20, 4, 2, 2).astype('uint8')", "x[:, :3]", "3 channels")]
    [InlineData("np.arange(400).reshape(20, 2, 2, 5).astype('uint8')", "x[..., :3]", "3 channels")]
    [InlineData("np.arange(1000).reshape(20, 5, 5, 2).astype('uint8')", "x[..., :1]", "1 channel")]
    [InlineData("np.arange(1000).reshape(20, 2, 5, 5).astype('uint8')", "x[:, :1]", "1 channel")]
    [InlineData("np.arange(400).reshape(20, 2, 2, 5).astype('uint8')", "x.reshape(len(x), -1)", "vectors")]
    [InlineData("np.arange(480).reshape(20, 2, 2, 2, 3)", "x.reshape(len(x), -1)", "vectors")]
    [InlineData("np.linspace(-3, 3, 240).reshape(20, 3, 4)", "x.reshape(len(x), -1)", "vectors")]
    [InlineData("np.linspace(-0.05, 1.05, 240).reshape(20, 3, 4)", "np.clip(x, 0, 1)", "pictures")]
    public void Other_shapes_and_scales_become_what_is_read(string made, string advice, string what)
    {
        var python = PythonLines.With("numpy");
        var path = _folder.File("a.npz");
        PythonLines.Run(python, $"{Arrays}x = {made}; np.savez(r'{path}', x=x, y=y)");
        Assert.Contains(advice, Refused(path), StringComparison.Ordinal);

        PythonLines.Run(python, $"{Arrays}x = {made}; x = {advice}; np.savez(r'{path}', x=x, y=y)");
        using var data = DatasetLoader.Load(path, new DataFolder("/nowhere"));
        Assert.Equal(what == "vectors", data.Data.Train.IsVectors);
        Assert.Equal(16, data.Data.Train.Count);
    }

    [Theory]
    [InlineData("np.arange(240).reshape(20, 12, 1) / 240", true)]
    [InlineData("np.arange(240).reshape(20, 1, 12) / 240", true)]
    [InlineData("np.arange(240).reshape(20, 6, 2) / 240", true)]
    [InlineData("np.arange(320).reshape(20, 4, 4) / 320", false)]
    [InlineData("np.arange(160).reshape(20, 4, 2) / 160", false)]
    [InlineData("np.arange(720).reshape(20, 6, 2, 3) / 720", false)]
    public void Long_grey_pictures_may_be_sequences(string made, bool isSaid)
    {
        var python = PythonLines.With("numpy");
        var (path, told) = (_folder.File("a.npz"), new Recorder());
        PythonLines.Run(python, $"{Arrays}x = {made}; np.savez(r'{path}', x=x, y=y)");
        using (var data = DatasetLoader.Load(path, new DataFolder("/nowhere"), null, told))
        {
            Assert.False(data.Data.Train.IsVectors);
        }

        const string advice = "if they are sequences or signals, in NumPy x.reshape(len(x), -1) makes vectors of them.";
        Assert.Equal(isSaid, told.Notes.Contains(advice, StringComparison.Ordinal));

        PythonLines.Run(python, $"{Arrays}x = {made}; np.savez(r'{path}', x=x.reshape(len(x), -1), y=y)");
        using var vectors = DatasetLoader.Load(path, new DataFolder("/nowhere"));
        Assert.True(vectors.Data.Train.IsVectors);
    }

    /// <summary>Arrays of a whole table hold its label and its row numbers, too.</summary>
    [Theory]
    [InlineData("x = np.c_[x, y == 'b']", "np.delete(x, 2, axis=1)")]
    [InlineData("y = np.sort(y); x = np.c_[x[::-1] * np.array([1, -1]) % 7, np.arange(20)]", "np.delete(x, 2, axis=1)")]
    public void A_column_that_says_the_label_is_named(string spoil, string advice)
    {
        var python = PythonLines.With("numpy");
        var path = _folder.File("a.npz");
        PythonLines.Run(python, $"{Arrays}{spoil}; np.savez(r'{path}', x=x, y=y)");
        Assert.Contains(advice, Told(path), StringComparison.Ordinal);

        PythonLines.Run(python, $"{Arrays}{spoil}; x = {advice}; np.savez(r'{path}', x=x, y=y)");
        Assert.DoesNotContain("np.delete", Told(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_become_numbers()
    {
        var python = PythonLines.With("numpy");
        var path = _folder.File("a.npz");
        const string spoil = "x = (np.arange(40) * 3).astype('datetime64[D]').reshape(20, 2)";
        PythonLines.Run(python, $"{Arrays}{spoil}; np.savez(r'{path}', x=x, y=y)");
        Assert.Contains("x.astype('int64')", Refused(path), StringComparison.Ordinal);

        PythonLines.Run(python, $"{Arrays}{spoil}; x = x.astype('int64'); np.savez(r'{path}', x=x, y=y)");
        RequireRead(path, ["b", "é"], Enumerable.Range(0, 20).Select(i => (6f * i, (6f * i) + 3, (i + 1) % 2)));
    }

    [Fact]
    public void Arrays_without_names_are_named()
    {
        var python = PythonLines.With("numpy");
        var path = _folder.File("a.npz");
        PythonLines.Run(python, $"{Arrays}np.savez(r'{path}', x[:, 0], y)");
        Assert.Contains("np.savez(file, x=x, y=y)", Refused(path), StringComparison.Ordinal);

        PythonLines.Run(python, $"{Arrays}file = r'{path}'; np.savez(file, x=x, y=y)");
        RequireRead(path, ["b", "é"], Enumerable.Range(0, 20).Select(i => (i + 0.5f, -2f * i, (i + 1) % 2)));
    }

    [Theory]
    [InlineData("labels", "data_batch_1", "data_batch_2")]
    [InlineData("fine_labels", "train")]
    public void The_pickles_of_cifar_become_one_file(string labels, params string[] files)
    {
        var python = PythonLines.With("numpy");
        var folder = Directory.CreateDirectory(_folder.File("cifar")).FullName;
        var write = string.Join(
            "; ",
            files.Select(
                (file, i) =>
                    $"pickle.dump({{b'data': (np.arange(10 * 3072) + {i}).astype('uint8').reshape(10, 3072), b'{labels}': "
                    + $"[(k + {i}) % 2 for k in range(10)]}}, open(r'{Path.Combine(folder, file)}', 'wb'))"
            )
        );
        PythonLines.Run(python, $"import pickle, numpy as np; {write}");
        File.WriteAllBytes(Path.Combine(folder, "meta"), []); // stands beside CIFAR-100's files
        var advice = Refused(folder).Split("or in Python: ")[1].TrimEnd('.');

        PythonLines.Run(python, $"import os; os.chdir(r'{folder}'); {advice}");
        using var data = DatasetLoader.Load(Path.Combine(folder, "cifar.npz"), new DataFolder("/nowhere"));
        using var all = data.Data.Joined(Split.Train);
        Assert.Equal(new long[] { 32, 32, 3 }, all.Pixels.shape[1..]);
        var numbers = all.Pixels.permute(0, 3, 1, 2).flatten(1).to(TorchSharp.torch.float32).data<float>().ToArray();
        var read = Enumerable.Range(0, all.Count).Select(i => (numbers[i * 3072], numbers[(i * 3072) + 3071])).Order();
        var meant = files.SelectMany((_, i) => Enumerable.Range(0, 10).Select(k => (At(k * 3072, i), At((k * 3072) + 3071, i)))).Order();
        Assert.Equal(meant, read);

        static float At(int index, int batch) => (index + batch) % 256;
    }

    private static string Told(string path)
    {
        var told = new Recorder();
        using var data = DatasetLoader.Load(path, new DataFolder("/nowhere"), null, told);
        return told.Notes;
    }

    private static string Refused(string path) =>
        Assert.Throws<InputException>(() => DatasetLoader.Load(path, new DataFolder("/nowhere"))).Message;

    private static void RequireRead(string path, string[] classes, IEnumerable<(float, float, int)> rows)
    {
        using var data = DatasetLoader.Load(path, new DataFolder("/nowhere"));
        using var all = data.Data.Joined(Split.Train);
        Assert.Equal(classes, all.ClassNames);
        var values = all.Pixels.to(TorchSharp.torch.float32).data<float>().ToArray();
        var labels = all.Labels.data<long>().ToArray();
        Assert.Equal(
            rows.Order(),
            Enumerable.Range(0, all.Count).Select(i => (values[2 * i], values[(2 * i) + 1], (int)labels[i])).Order()
        );
    }
}
