namespace Rote.Data.Formats;

/// <summary>Formats that Rote does not read, each with Python code that converts it.</summary>
internal static class ForeignFormats
{
    private const string Numpy = "import numpy as np; ";
    private const string Pandas = "import pandas as pd; ";

    private static readonly (string[] Extensions, string What, Func<string, string> Python)[] All =
    [
        (
            [".pkl", ".pickle", ".joblib"],
            "is a pickle, which is never opened, because unpickling can run any program",
            path =>
                Two($"{Pandas}d = pd.read_pickle({Quoted(path)})", $"d.to_csv({Quoted(path, ".csv")}, index=False)")
                + ", if it holds a table; a dictionary of arrays: "
                + $"{Numpy}np.savez({Quoted(path, ".npz")}, x=d['data'], y=d['labels']), with the names in d.keys()"
        ),
        (
            [".pt", ".pth"],
            "is a pickle of PyTorch's, which is never opened, because unpickling can run any program",
            path =>
                Two(
                    $"import torch; {Numpy}x, y = torch.load({Quoted(path)})[:2]",
                    $"np.savez({Quoted(path, ".npz")}, x=x.numpy(), y=y.numpy())"
                )
        ),
        (
            [".mat"],
            "is a file of MATLAB's",
            path =>
                Two(
                    $"import scipy.io; {Numpy}d = scipy.io.loadmat({Quoted(path)})",
                    $"np.savez({Quoted(path, ".npz")}, x=d['X'], y=d['y'].ravel()), with the names in d.keys()"
                )
        ),
        (
            [".h5", ".hdf5"],
            "is an HDF5 file",
            path =>
                Two(
                    $"import h5py; {Numpy}d = h5py.File({Quoted(path)})",
                    $"np.savez({Quoted(path, ".npz")}, x=d['x'][:], y=d['y'][:]), with the names in d.keys()"
                )
        ),
        (
            [".tfrecord", ".tfrecords"],
            "is a file of TensorFlow's records, whose fields only its writer knows",
            path => $"where TensorFlow has parsed them to arrays x and y, in Python: {Numpy}np.savez({Quoted(path, ".npz")}, x=x, y=y)"
        ),
        ([".svm", ".libsvm", ".svmlight"], "is in libsvm's format", Libsvm),
        (
            [".xlsx", ".xls", ".ods"],
            "is a workbook",
            path => Two($"{Pandas}d = pd.read_excel({Quoted(path)}, dtype=str)", $"d.to_csv({Quoted(path, ".csv")}, index=False)")
        ),
        ([".json"], "is one JSON text, and not an object a line", Json),
        (
            [".sqlite", ".sqlite3", ".db"],
            "is a database",
            path =>
                Two(
                    $"import sqlite3; {Pandas}d = pd.read_sql('select * from TABLE', sqlite3.connect({Quoted(path)}))",
                    $"d.to_csv({Quoted(path, ".csv")}, index=False), with the table's name for TABLE"
                )
        ),
        (
            [".dta"],
            "is a file of Stata's",
            path => Two($"{Pandas}d = pd.read_stata({Quoted(path)})", $"d.to_csv({Quoted(path, ".csv")}, index=False)")
        ),
        (
            [".sav"],
            "is a file of SPSS's",
            path =>
                $"save it as .csv in SPSS, or with PSPP's program: pspp-convert {Shell(path)} {Shell(Path.ChangeExtension(path, ".csv"))}"
        ),
        (
            [".orc"],
            "is an ORC file",
            path => $"write it as {Quoted(path, ".parquet")} or {Quoted(path, ".csv")} with the program that made it"
        ),
        (
            [".arff"],
            "is a file of Weka's",
            path =>
                Two(
                    $"d = [line for line in open({Quoted(path)}) if line.strip() and line[0] not in '%@']",
                    $"open({Quoted(path, ".csv")}, 'w').writelines(d)"
                )
        ),
        (
            [".safetensors"],
            "is a file of safetensors",
            path =>
                $"where safetensors.numpy.load_file has read it to d, in Python: {Numpy}"
                + $"np.savez({Quoted(path, ".npz")}, x=d['x'], y=d['y']), with the names in d.keys()"
        ),
    ];

    /// <summary>The extensions of these formats.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [.. All.SelectMany(f => f.Extensions)];

    /// <summary>Returns a sentence that says what a file is and how to convert it.</summary>
    /// <param name="path">A file with one of these extensions.</param>
    public static string Sentence(string path)
    {
        var (_, what, python) = All.First(f => f.Extensions.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase)));
        return $"{path} {what}, and is not read; {python(path)}.";
    }

    /// <summary>Returns Python code that converts libsvm's format.</summary>
    public static string Libsvm(string path) =>
        Two(
            $"from sklearn.datasets import load_svmlight_file; {Numpy}x, y = load_svmlight_file({Quoted(path)})",
            $"np.savez({Quoted(path, ".npz")}, x=x.toarray(), y=y)"
        );

    /// <summary>Returns Python code that converts fastText's format.</summary>
    public static string FastText(string path) =>
        Two(
            $"import csv; d = [line.strip()[9:].split(' ', 1) for line in open({Quoted(path)}, encoding='utf-8')]",
            $"csv.writer(open({Quoted(path, ".csv")}, 'w', encoding='utf-8', newline='')).writerows([['label', 'text']] + d)"
        );

    /// <summary>Returns Python code that converts one JSON text to an object per line.</summary>
    public static string Json(string path) =>
        Two(
            $"import json; d = json.load(open({Quoted(path)}, encoding='utf-8'))",
            $"open({Quoted(path, ".jsonl")}, 'w').writelines(json.dumps(row) + '\\n' for row in d), if it is a list of objects"
        );

    /// <summary>Returns a path as a Python string literal, with another extension if one is given.</summary>
    public static string Quoted(string path, string? extension = null)
    {
        var text = extension is null ? path : Path.ChangeExtension(path, extension);
        return $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
    }

    /// <summary>A path as one word of a shell's command.</summary>
    private static string Shell(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Two(string first, string second) => $"in Python: {first}; {second}";
}
