using Rote.Data.Download;

namespace Rote.Data.Catalog;

/// <summary>Fashion-MNIST: pictures of clothes in the form of MNIST.</summary>
internal static class FashionMnist
{
    private static readonly string[] Classes =
    [
        "T-shirt/top",
        "Trouser",
        "Pullover",
        "Dress",
        "Coat",
        "Sandal",
        "Shirt",
        "Sneaker",
        "Bag",
        "Ankle boot",
    ];

    // Kept unpacked: the gzip files of the two sources differ, their content does not.
    private static readonly DataFile[] Four =
    [
        new("train-images-idx3-ubyte", 16 + (60_000 * 784), "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
        new("train-labels-idx1-ubyte", 8 + 60_000, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
        new("t10k-images-idx3-ubyte", 16 + (10_000 * 784), "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
        new("t10k-labels-idx1-ubyte", 8 + 10_000, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
    ];

    public static CatalogEntry Entry { get; } =
        new()
        {
            Name = "fashion-mnist",
            Title = "Fashion-MNIST, pictures of clothes",
            ClassNames = Classes,
            Height = 28,
            Width = 28,
            Channels = 1,
            TrainExamples = 60_000,
            TestExamples = 10_000,
            Terms = "MIT licence, Zalando SE",
            Citation = "Xiao, Rasul, Vollgraf 2017, Fashion-MNIST (arXiv:1708.07747)",
            Page = "https://github.com/zalandoresearch/fashion-mnist",
            Files = Four,
            ByHand = "the four files named *-ubyte.gz",
            FetchBytes = 30_000_000,
            Origins =
            [
                new LocalFiles("files put into the data folder", folder: null),
                new LocalFiles("Debian's package dataset-fashion-mnist", "/usr/share/datasets/fashion-mnist"),
                new HttpFiles(new Uri("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"), isGzip: true),
            ],
            Read = request => IdxSet.Read(request.Files, Four, Classes),
        };
}
