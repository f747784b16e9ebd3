using Rote.Data.Download;

namespace Rote.Data.Catalog;

/// <summary>MNIST: handwritten digits.</summary>
internal static class Mnist
{
    private static readonly string[] Classes = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    // Kept as served: the known checksums are those of the gzip files.
    private static readonly DataFile[] Four =
    [
        new("train-images-idx3-ubyte.gz", 9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
        new("train-labels-idx1-ubyte.gz", 28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
        new("t10k-images-idx3-ubyte.gz", 1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
        new("t10k-labels-idx1-ubyte.gz", 4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
    ];

    public static CatalogEntry Entry { get; } =
        new()
        {
            Name = "mnist",
            Title = "MNIST, handwritten digits",
            ClassNames = Classes,
            Height = 28,
            Width = 28,
            Channels = 1,
            TrainExamples = 60_000,
            TestExamples = 10_000,
            Terms = "CC BY-SA 3.0",
            Citation = "LeCun, Bottou, Bengio, Haffner 1998, Gradient-Based Learning Applied to Document Recognition",
            Page = "http://yann.lecun.com/exdb/mnist/",
            Files = Four,
            ByHand = "the four files named *-ubyte.gz",
            FetchBytes = 1_000_000,
            Origins =
            [
                new HttpFiles(new Uri("https://ossci-datasets.s3.amazonaws.com/mnist/")),
                new HttpFiles(new Uri("https://storage.googleapis.com/cvdf-datasets/mnist/")),
            ],
            Read = request => IdxSet.Read(request.Files, Four, Classes),
        };
}
