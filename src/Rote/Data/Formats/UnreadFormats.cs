namespace Rote.Data.Formats;

/// <summary>Archives, packed files and other formats that Rote does not read and that are known by their names, each with what unpacks or
/// converts it. Their endings are not cut from the names of data sets.</summary>
internal static class UnreadFormats
{
    private const string Encoder =
        "which Rote does not read; vectors that a model made of its contents are read, as an .npz with arrays x and y";

    private static readonly (string[] Extensions, Func<string, string> Sentence)[] All =
    [
        (
            [".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"],
            path =>
                $"is an archive, and is not read; in Python: import shutil; shutil.unpack_archive({Quoted(path)}, {Quoted(Folder(path))}), "
                + "and give the folder or the file that comes out"
        ),
        ([".7z", ".rar"], path => $"is an archive, and is not read; unpack it with 7-Zip: 7z x {Quoted(path)} -o{Quoted(Folder(path))}"),
        ([".bz2"], path => Unpacked(path, "bz2")),
        ([".xz"], path => Unpacked(path, "lzma")),
        ([".zst"], path => $"is packed with Zstandard, and is not read; unpack it: zstd -d {Quoted(path)}"),
        ([".npy.gz", ".npz.gz", ".json.gz"], path => Unpacked(path, "gzip")),
        ([".pq", ".parq", ".pqt"], path => $"looks like Parquet; call it {Quoted(Path.ChangeExtension(path, ".parquet"))}"),
        ([".tab"], path => $"looks like a table; call it {Quoted(Path.ChangeExtension(path, ".tsv"))}"),
        ([".psv"], path => $"looks like a table; call it {Quoted(Path.ChangeExtension(path, ".txt"))}"),
        (
            [".rds"],
            path =>
                $"is a file of R's, and is not read; in R: write.csv(readRDS({Quoted(path)}), "
                + $"{Quoted(Path.ChangeExtension(path, ".csv"))}, row.names = FALSE)"
        ),
        ([".rdata", ".rda"], path => $"is a file of R's, and is not read; in R, after load({Quoted(path)}), write.csv saves a table of it"),
        ([".sas7bdat"], path => Frame(path, "read_sas", "a file of SAS's")),
        (
            [".avro", ".msgpack", ".lmdb", ".mdb"],
            _ => "is a database or a file of records, and is not read; a table of it as .csv or .jsonl is"
        ),
        ([".wav", ".mp3", ".flac", ".ogg", ".m4a"], _ => $"is sound, {Encoder}"),
        ([".mp4", ".avi", ".mov", ".mkv", ".webm"], _ => $"is a video, {Encoder}"),
        ([".pdf", ".docx", ".doc"], _ => "is a document, and is not read; its text is, as .txt, a file for each example"),
        ([".onnx", ".keras"], _ => "is a network, and not data"),
    ];

    /// <summary>Whether a name has the ending of such a format.</summary>
    public static bool Contain(string path) => Of(path) is not null;

    /// <summary>Whether a name has the ending of an archive or of a packed file.</summary>
    public static bool IsArchive(string path) => All.Take(5).Any(format => Has(format.Extensions, path));

    /// <summary>Returns a sentence that says what a file is and what to do with it.</summary>
    /// <param name="path">A file with one of these endings.</param>
    public static string Sentence(string path) => $"{path} {Of(path)!(path)}.";

    private static Func<string, string>? Of(string path) => All.FirstOrDefault(format => Has(format.Extensions, path)).Sentence;

    private static bool Has(string[] extensions, string path) => extensions.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    private static string Unpacked(string path, string module)
    {
        var plain = path[..path.LastIndexOf('.')];
        return $"is packed, and is not read; in Python: import {module}, shutil; shutil.copyfileobj({module}.open({Quoted(path)}), "
            + $"open({Quoted(plain)}, 'wb'))";
    }

    private static string Frame(string path, string function, string what) =>
        $"is {what}, and is not read; in Python: import pandas as pd; d = pd.{function}({Quoted(path)}); "
        + $"d.to_csv({Quoted(Path.ChangeExtension(path, ".csv"))}, index=False)";

    /// <summary>The path without the endings of an archive.</summary>
    private static string Folder(string path)
    {
        var folder = Path.ChangeExtension(path, null);
        return folder.EndsWith(".tar", StringComparison.OrdinalIgnoreCase) ? folder[..^4] : folder;
    }

    private static string Quoted(string path) => ForeignFormats.Quoted(path);
}
