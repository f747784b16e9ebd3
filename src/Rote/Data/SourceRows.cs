using System.Collections;

namespace Rote.Data;

/// <summary>Where each of N examples stands in its source. Not changed after construction.</summary>
/// <remarks>Holds two numbers per example, the file's and the row's, and makes texts on demand.</remarks>
public sealed class SourceRows : IReadOnlyList<RowIdentity>
{
    private const long None = -1; // the file is the example

    private readonly string[] _files; // in the order of the source
    private readonly int[] _file;
    private readonly long[] _row;
    private readonly (int Height, int Width)[]? _sizes;

    private SourceRows(string[] files, int[] file, long[] row, (int Height, int Width)[]? sizes = null) =>
        (_files, _file, _row, _sizes) = (files, file, row, sizes);

    /// <summary>[N] height and width in pixels of each picture in its file, upright, before scaling; null if unknown.</summary>
    public IReadOnlyList<(int Height, int Width)>? Sizes => _sizes;

    /// <summary>Number of examples.</summary>
    public int Count => _file.Length;

    /// <summary>The files that these examples come from, in the order of the source.</summary>
    public IReadOnlyList<string> Files => [.. _file.Distinct().Order().Select(file => _files[file])];

    /// <summary>Whether each example is a row of a file; if not, some examples are whole files.</summary>
    public bool HaveRows => !_row.Contains(None);

    /// <summary>[N] the user's name of each example, as <see cref="RowIdentity.Name"/> gives it.</summary>
    public IReadOnlyList<string> Names => field ??= [.. this.Select(row => row.Name)];

    /// <summary>Where an example stands.</summary>
    /// <param name="index">Which, from 0.</param>
    public RowIdentity this[int index] => new(_files[_file[index]], _row[index] == None ? null : _row[index]);

    /// <summary>All rows of one file, in their order.</summary>
    /// <param name="file">The user's name of the file; empty if there is none.</param>
    /// <param name="count">How many rows it has.</param>
    /// <returns>Rows 0 to <paramref name="count"/> − 1.</returns>
    public static SourceRows Of(string file, int count) => OfFiles([(file, count)]);

    /// <summary>The rows of several files, one file after the other.</summary>
    /// <param name="files">The user's name of each file, and its number of rows.</param>
    /// <returns>Each file's rows from 0 on.</returns>
    public static SourceRows OfFiles(IReadOnlyList<(string File, int Count)> files) =>
        new(
            [.. files.Select(f => f.File)],
            [.. files.SelectMany((f, number) => Enumerable.Repeat(number, f.Count))],
            [.. files.SelectMany(f => Enumerable.Range(0, f.Count).Select(row => (long)row))]
        );

    /// <summary>Files that are one example each.</summary>
    /// <param name="paths">The user's names of the files, in the order of the source.</param>
    /// <param name="sizes">[N] as <see cref="Sizes"/>; null: not known.</param>
    /// <returns>Identities without rows.</returns>
    public static SourceRows OfFiles(IEnumerable<string> paths, IReadOnlyList<(int Height, int Width)>? sizes = null)
    {
        string[] files = [.. paths];
        return new SourceRows(
            files,
            [.. Enumerable.Range(0, files.Length)],
            [.. Enumerable.Repeat(None, files.Length)],
            sizes is null ? null : [.. sizes]
        );
    }

    /// <summary>Examples as someone else's table names them.</summary>
    /// <param name="identities">[N] files and rows, in the order of the source; files are ordered by first appearance.</param>
    /// <returns>These identities.</returns>
    internal static SourceRows Of(IReadOnlyList<RowIdentity> identities)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var identity in identities)
        {
            numbers.TryAdd(identity.File, numbers.Count);
        }

        return new SourceRows(
            [.. numbers.Keys],
            [.. identities.Select(identity => numbers[identity.File])],
            [.. identities.Select(identity => identity.Row ?? None)]
        );
    }

    /// <summary>Examples as a packed file names them.</summary>
    /// <param name="files">The user's names of the files, in the order of the source.</param>
    /// <param name="file">[N] the index of each example's file.</param>
    /// <param name="row">[N] its row there; −1 if the file is the example.</param>
    internal static SourceRows Of(string[] files, int[] file, long[] row) => new(files, file, row);

    /// <summary>All files of the source, also those of other examples.</summary>
    internal IReadOnlyList<string> AllFiles => _files;

    /// <summary>[N] the index of each example's file in <see cref="AllFiles"/>.</summary>
    internal IReadOnlyList<int> FileNumbers => _file;

    /// <summary>[N] rows in these files; −1 if the file is the example.</summary>
    internal IReadOnlyList<long> RowNumbers => _row;

    /// <summary>Consecutive examples.</summary>
    internal SourceRows Slice(int start, int count) =>
        new(_files, _file[start..(start + count)], _row[start..(start + count)], _sizes?[start..(start + count)]);

    /// <summary>Some of the examples.</summary>
    /// <param name="rows">Which, in the order of the result; each in [0, <see cref="Count"/>).</param>
    /// <returns>Their identities, which keep their order in the source.</returns>
    public SourceRows Select(IReadOnlyList<long> rows) =>
        new(
            _files,
            [.. rows.Select(row => _file[row])],
            [.. rows.Select(row => _row[row])],
            _sizes is { } sizes ? [.. rows.Select(row => sizes[row])] : null
        );

    /// <summary>The first examples.</summary>
    /// <param name="count">How many, at most <see cref="Count"/>.</param>
    /// <returns>Their identities.</returns>
    public SourceRows Take(int count) => new(_files, _file[..count], _row[..count], _sizes?[..count]);

    /// <summary>These examples, then others.</summary>
    /// <param name="others">Examples of the same source, or of another that comes after it.</param>
    /// <returns>The identities of both.</returns>
    public SourceRows Concat(SourceRows others)
    {
        var isOne = ReferenceEquals(_files, others._files);
        return new SourceRows(
            isOne ? _files : [.. _files, .. others._files],
            [.. _file, .. others._file.Select(file => isOne ? file : file + _files.Length)],
            [.. _row, .. others._row],
            _sizes is { } sizes && others._sizes is { } more ? [.. sizes, .. more] : null
        );
    }

    /// <summary>The examples in the order of the source: file after file, row after row.</summary>
    /// <returns>[N] indices into this list.</returns>
    public int[] InOrder() => [.. Enumerable.Range(0, Count).OrderBy(i => _file[i]).ThenBy(i => _row[i])];

    /// <inheritdoc/>
    public IEnumerator<RowIdentity> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
