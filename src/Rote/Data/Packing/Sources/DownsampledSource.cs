using System.Globalization;
using System.Text.RegularExpressions;
using Rote.Data.Formats.Numpy;
using Rote.Data.Formats.Pictures;
using Rote.Data.Labels;
using Rote.Data.Splitting;

namespace Rote.Data.Packing.Sources;

/// <summary>The batches of downsampled ImageNet: <c>train_data_batch_1.npz</c> and so on, and <c>val_data.npz</c>, read piece by
/// piece.</summary>
/// <remarks>Chrabaszcz, Loshchilov and Hutter 2017 (arXiv:1707.08819): <c>data</c> [N, 3·S·S] uint8, one channel after the other, and
/// <c>labels</c> [N] from 1 on.</remarks>
internal sealed partial class DownsampledSource : PackSource
{
    private const string Data = "data";
    private const string Labels = "labels";
    private const int Colors = 3;

    private readonly string[] _paths;
    private readonly int[] _counts;
    private readonly int _side;

    public DownsampledSource(string path, string[] batches, CancellationToken token)
    {
        _paths = batches;
        Shards.RequireAll([.. batches.Select(b => Path.GetFileNameWithoutExtension(b))]);
        var labels = new LabelTexts();
        var counts = new List<int>();
        foreach (var batch in batches)
        {
            token.ThrowIfCancellationRequested();
            var (count, side) = Look(batch, labels);
            _side =
                counts.Count == 0 || side == _side
                    ? side
                    : throw new InputException(
                        $"{batch} has pictures of {side}×{side}, and the first batch of {_side}×{_side}; expected one size."
                    );
            counts.Add(count);
        }

        _counts = [.. counts];
        var classes = ClassList.Of(labels.Distinct, path);
        var numbers = Array.ConvertAll(labels.Numbers(classes, path), n => (int)n);
        var trained = batches.Zip(_counts).Where(b => !IsTest(b.First)).Sum(b => b.Second);
        bool[]? isTest = batches.Any(IsTest) ? [.. numbers.Select((_, row) => row >= trained)] : null;
        var (train, test) = PackPlan.Order(numbers, classes.Names.Count, isTest);
        Shape = new PictureShape(null, _side, _side);
        Plan = new PackPlan
        {
            Name = DatasetLoader.ShortName(path),
            Source =
                $"{batches.Length} batches of downsampled pictures, packed, "
                + (isTest is null ? SplitOff.Words : "with their own test pictures"),
            ClassNames = classes.Names,
            Labels = numbers,
            Rows = SourceRows.OfFiles([.. batches.Select(b => Path.GetFileName(b)).Zip(_counts)]),
            Train = train,
            Test = test,
            TestIsSetAside = isTest is null,
        };
    }

    public override PackPlan Plan { get; }

    public override PictureShape Shape { get; }

    public override bool IsDecoded => false;

    /// <summary>The batches in a folder, training batches first, in the order of their numbers; null without a training batch.</summary>
    public static string[]? Batches(string path)
    {
        if (!Directory.Exists(path))
        {
            return null;
        }

        string[] found =
        [
            .. Directory
                .EnumerateFiles(path, "*.npz")
                .Where(f => Batch().IsMatch(Path.GetFileName(f)))
                .Select(f => Path.GetFullPath(f))
                .OrderBy(IsTest)
                .ThenBy(f => long.TryParse(Batch().Match(Path.GetFileName(f)).Groups["number"].ValueSpan, out var n) ? n : 0),
        ];
        return found.Any(f => !IsTest(f)) ? found : null;
    }

    public override void Each(TakePictures take, PictureShape shape, CancellationToken token)
    {
        var first = 0;
        foreach (var path in _paths)
        {
            using var store = ArrayStore.OfArchive(path);
            first = store.Guard(() => Each(store, first, take, token));
        }
    }

    /// <returns>The number of the first picture of the next batch.</returns>
    private int Each(ArrayStore store, int first, TakePictures take, CancellationToken token)
    {
        var (pixels, rest) = (_side * _side, Array.Empty<byte>());
        using var array = store.Open(Data);
        array.Read(
            (_, bytes) =>
            {
                token.ThrowIfCancellationRequested();
                byte[] all = [.. rest, .. bytes];
                var count = all.Length / (pixels * Colors);
                take(
                    first,
                    count,
                    (picture, rows, row) =>
                    {
                        var from = all.AsSpan(picture * pixels * Colors, pixels * Colors);
                        var to = rows[row];
                        for (var i = 0; i < to.Length; i++)
                        {
                            to[i] = from[(i % Colors * pixels) + (i / Colors)];
                        }

                        return default;
                    }
                );
                first += count;
                rest = all[(count * pixels * Colors)..];
            }
        );
        return first;
    }

    private static bool IsTest(string path) => Path.GetFileName(path).StartsWith("val", StringComparison.OrdinalIgnoreCase);

    private static (int Count, int Side) Look(string path, LabelTexts labels)
    {
        using var store = ArrayStore.OfArchive(path);
        return store.Guard(() => Look(store, path, labels));
    }

    private static (int Count, int Side) Look(ArrayStore store, string path, LabelTexts labels)
    {
        if (!store.Has(Data) || !store.Has(Labels))
        {
            throw new InputException(
                $"{path} has the arrays {string.Join(", ", store.Names)}, expected {Data} and {Labels}, as downsampled ImageNet has."
            );
        }

        using var data = store.Open(Data);
        var side = data.Header.Shape is [_, var values] ? (int)Math.Round(Math.Sqrt(values / (double)Colors)) : 0;
        if (
            data.Header is not { Kind: 'u', ItemBytes: 1, IsFortranOrder: false }
            || side is < 1 or > UserDataOptions.MaxImageSize
            || data.Header.Shape[1] != (long)side * side * Colors
            || data.Header.Shape[0] is < 1 or > int.MaxValue
        )
        {
            throw new InputException(
                $"{data.Label} is {data.Header.TypeName} of shape {data.ShapeText}, expected uint8 of [N, 3·S·S]: square pictures, one "
                    + $"colour after the other."
            );
        }

        using var numbers = store.Open(Labels);
        if (numbers.Header is not { Kind: 'i' or 'u', Shape.Length: 1 } || numbers.Header.Shape[0] != data.Header.Shape[0])
        {
            throw new InputException(
                $"{numbers.Label} is {numbers.Header.TypeName} of shape {numbers.ShapeText}, expected a whole number for each of "
                    + $"{data.Header.Shape[0]:N0} pictures."
            );
        }

        var size = numbers.Header.ItemBytes;
        numbers.Read(
            (_, bytes) =>
            {
                for (var at = 0; at < bytes.Length; at += size)
                {
                    labels.Add(Number(bytes.Slice(at, size), numbers.Header.Kind == 'i').ToString(CultureInfo.InvariantCulture));
                }
            }
        );
        return ((int)data.Header.Shape[0], side);
    }

    private static long Number(ReadOnlySpan<byte> bytes, bool isSigned)
    {
        var value = 0L;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | bytes[i];
        }

        var unused = 64 - (8 * bytes.Length);
        return isSigned ? value << unused >> unused : value;
    }

    [GeneratedRegex(
        @"^(train_data(_batch_(?<number>[0-9]{1,6}))?|val_data)\.npz$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Batch();
}
