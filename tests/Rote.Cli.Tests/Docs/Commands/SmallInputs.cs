using System.Globalization;
using System.Text;
using Rote.Tests.Support;
using SkiaSharp;

namespace Rote.Tests.Docs.Commands;

/// <summary>The files and folders that commands of the pages name, made small: four classes of 70 examples, 16×16 pixels or four
/// numbers.</summary>
internal static class SmallInputs
{
    private const int Classes = 4;
    private const int PerClass = 70;
    private const int Count = Classes * PerClass;
    private const int Side = 16;

    private static readonly string[] _names = ["bird", "cat", "dog", "frog"];

    private static readonly SKColor[] _colours = [SKColors.Red, SKColors.Green, SKColors.Blue, SKColors.White];

    private static readonly Lazy<byte[][]> _pictures = new(() =>
        [
            .. Enumerable
                .Range(0, Count)
                .Select(i =>
                    PictureFiles.Draw(Side, Side, (x, y) => (x + (i / PerClass * 3)) % 12 < 5 ? _colours[i / PerClass] : Grey(x, y, i))
                ),
        ]
    );

    /// <summary>Every name that is known, and what makes it at a path.</summary>
    private static readonly Dictionary<string, Action<string>> _makers = new(StringComparer.Ordinal)
    {
        ["DATA"] = Pictures,
        ["OTHER"] = Pictures,
        ["photos"] = Pictures,
        ["my-photos"] = Pictures,
        ["more-photos"] = Pictures,
        ["my-pictures"] = Pictures,
        ["imagenet"] = Pictures,
        ["my-cifar"] = folder => Pictures(folder, ["circle", "ring", "square", "triangle"], 32),
        ["aclImdb"] = folder => Each(folder, _names, i => ($"{i}.txt", Encoding.UTF8.GetBytes(Text(i)))),
        ["my-arrays.npz"] = file =>
            File.WriteAllBytes(
                file,
                NpyFiles.Npz(isPacked: true, ("images.npy", NpyFiles.Bytes(Pixels(Count), Count, 8, 8)), ("labels.npy", Labels()))
            ),
        ["embeddings.npy"] = file => File.WriteAllBytes(file, NpyFiles.Floats([.. Enumerable.Range(0, Count * 4).Select(Value)], Count, 4)),
        ["y.csv"] = file => Lines(file, "label", Name),
        ["tickets.csv"] = file =>
            Lines(
                file,
                "id,note,length,width,label",
                i => $"T-{i:0000},{Text(i)},{Written(Value(4 * i))},{Written(Value((4 * i) + 1))},{Name(i)}"
            ),
        ["names.txt"] = file => File.WriteAllLines(file, Enumerable.Range(0, Count).Select(i => $"{Name(i)}/{i}.png")),
        ["y.txt"] = file => File.WriteAllLines(file, Enumerable.Range(0, Count).Select(Name)),
        ["iris.csv"] = file => Table(file, "species"),
        ["customers.csv"] = file => Table(file, "churn,label"),
        ["reviews.csv"] = file => Lines(file, "review,sentiment", i => $"{Text(i)},{(i / PerClass % 2 == 0 ? "bad" : "good")}"),
        ["P.npy"] = file =>
            File.WriteAllBytes(
                file,
                NpyFiles.Floats(
                    [.. Enumerable.Range(0, Count * Classes).Select(i => i % Classes == i / Classes / PerClass ? 0.7f : 0.1f)],
                    Count,
                    Classes
                )
            ),
        ["train.jsonl"] = Log,
        ["suspects.csv"] = file => File.WriteAllLines(file, ["file,row", .. Enumerable.Range(0, 9).Select(i => $"train,{7 * i}")]),
        ["decisions.csv"] = file => File.WriteAllText(file, "file,decision,newLabel\nbird/3.png,change,cat\ncat/75.png,keep,\n"),
        ["cats-and-dogs/data"] = folder =>
        {
            HuggingFace(Path.Combine(folder, "train-00000-of-00001.parquet"), 0, Count);
            HuggingFace(Path.Combine(folder, "test-00000-of-00001.parquet"), 0, Count);
        },
        ["data"] = folder =>
        {
            for (var i = 0; i < 5; i++)
            {
                HuggingFace(Path.Combine(folder, $"train-0000{i}-of-00005.parquet"), i, 5);
            }
        },
        ["shards"] = folder =>
            Make(
                folder,
                "train-000000.tar",
                TarFiles.Of([
                    .. Enumerable
                        .Range(0, Count)
                        .SelectMany(i =>
                            new[] { ($"{i:0000}.png", _pictures.Value[i]), ($"{i:0000}.cls", Encoding.ASCII.GetBytes($"{i / PerClass}")) }
                        ),
                ])
            ),
        ["Imagenet32_npz"] = folder =>
        {
            Make(folder, "train_data_batch_1.npz", Downsampled());
            Make(folder, "val_data.npz", Downsampled());
        },
    };

    /// <summary>Makes what a line names and is not there yet.</summary>
    /// <param name="line">The line of a page.</param>
    /// <param name="folder">Where it is run.</param>
    public static void Make(string line, string folder)
    {
        foreach (var word in PageLine.Split(line))
        {
            var name = word.StartsWith("./", StringComparison.Ordinal) ? word[2..] : word;
            if (_makers.TryGetValue(name, out var make) && !Path.Exists(Path.Combine(folder, name)))
            {
                make(Path.Combine(folder, name));
            }
        }
    }

    private static void Pictures(string folder) => Each(folder, _names, i => ($"{i}.png", _pictures.Value[i]));

    private static void Pictures(string folder, string[] names, int side) =>
        Each(folder, names, i => ($"{i}.png", PictureFiles.Noise(side, side, (uint)i)));

    private static void Each(string folder, string[] names, Func<int, (string Name, byte[] Content)> file)
    {
        for (var i = 0; i < Count; i++)
        {
            var (name, content) = file(i);
            Make(Path.Combine(folder, names[i / PerClass]), name, content);
        }
    }

    private static void Make(string folder, string name, byte[] content)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, name), content);
    }

    private static void HuggingFace(string file, int first, int step)
    {
        int[] rows = [.. Enumerable.Range(0, Count).Where(i => step == Count ? i % 2 == 0 : i % step == first)];
        Make(
            Path.GetDirectoryName(file)!,
            Path.GetFileName(file),
            ParquetFiles.Write(
                [
                    ParquetFiles.Pictures("image", [.. rows.Select(i => _pictures.Value[i])]),
                    ParquetFiles.Plain<long>("label", [.. rows.Select(i => (long?)(i / PerClass))]),
                ],
                huggingFace: ParquetFiles.ClassLabel("label", _names)
            )
        );
    }

    private static byte[] Downsampled() =>
        NpyFiles.Npz(
            isPacked: true,
            ("data.npy", NpyFiles.Bytes([.. Pixels(Count).Chunk(64).SelectMany(p => p.Concat(p).Concat(p))], Count, 3 * 64)),
            ("labels.npy", NpyFiles.Labels([.. Enumerable.Range(0, Count).Select(i => 1L + (i / PerClass))]))
        );

    private static void Log(string file)
    {
        using var log = new StreamWriter(file);
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            for (var i = 0; i < Count; i++)
            {
                var logits = Enumerable.Range(0, Classes).Select(k => k == i / PerClass ? epoch : Value(i + k) / 10).Select(Written);
                log.Write(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{{\"id\": {i}, \"epoch\": {epoch}, \"label\": {i / PerClass}, \"logits\": [{string.Join(", ", logits)}]}}\n"
                    )
                );
            }
        }
    }

    private static void Table(string file, string labels) =>
        Lines(
            file,
            $"length,width,{labels}",
            i => $"{Written(Value(4 * i))},{Written(Value((4 * i) + 1))}{(labels.Contains(',') ? $",{i % 2}" : "")},{Name(i)}"
        );

    private static void Lines(string file, string head, Func<int, string> line) =>
        File.WriteAllLines(file, [head, .. Enumerable.Range(0, Count).Select(line)]);

    private static byte[] Labels() => NpyFiles.Labels([.. Enumerable.Range(0, Count).Select(i => (long)(i / PerClass))]);

    private static byte[] Pixels(int count) =>
        [.. Enumerable.Range(0, count * 64).Select(i => (byte)((i / 64 / PerClass * 60) + (i % 64 % ((i / 64 / PerClass) + 2) * 20)))];

    private static string Name(int i) => _names[i / PerClass];

    // Of example i the numbers 4 i to 4 i + 3: around its class, with what looks like chance.
    private static float Value(int i) => (i / 4 / PerClass % Classes) + (i * 7919 % 101 / 100f);

    private static string Written(float value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Text(int i) =>
        (i / PerClass % 2 == 0 ? "a dull and lifeless film without an idea of its own" : "a warm and clever film that I will watch again")
        + $" number {i} of the {(i * 7919 % 101) + 100} that I saw in this year of good cinema";

    private static SKColor Grey(int x, int y, int i)
    {
        var value = (byte)(((x * 31) + (y * 17) + (i * 13)) % 97);
        return new SKColor(value, value, value);
    }
}
