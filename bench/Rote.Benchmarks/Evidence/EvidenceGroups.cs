namespace Rote.Benchmarks.Evidence;

/// <summary>Names for several files or planted sets, so that a mark in a page stays short.</summary>
internal static class EvidenceGroups
{
    private static readonly string[] Bars =
    [
        "symmetric-0.05",
        "symmetric-0.1",
        "symmetric-0.2",
        "class-dependent-0.2",
        "image-dependent-0.1",
        "image-dependent-0.2",
    ];

    private static readonly string[] Rates = ["0.05", "0.1", "0.15", "0.2"];

    private static readonly string[] PlantedKinds = ["symmetric", "pair-flip", "class-dependent", "image-dependent"];

    private static readonly Dictionary<string, string[]> All = new(StringComparer.Ordinal)
    {
        // One seed of each: the MLP and then the residual network, on four data sets.
        ["set-points"] =
        [
            "frontier-cifar10-mlp@1",
            "frontier-cifar10-resnet@1",
            "frontier-cifar10-pair",
            "dial-resnet-pair",
            "frontier-fashion-mnist",
            "dial-resnet-fashion-mnist",
            "dial-shapes",
            "dial-resnet-shapes",
        ],
        ["set-points-mlp"] = ["frontier-cifar10-mlp@1", "frontier-cifar10-pair", "frontier-fashion-mnist", "dial-shapes"],
        ["set-points-resnet"] = ["frontier-cifar10-resnet@1", "dial-resnet-pair", "dial-resnet-fashion-mnist", "dial-resnet-shapes"],

        // Every seed; the first of dial-shapes-clean is that of dial-shapes.
        ["every-dial"] =
        [
            "frontier-cifar10-mlp",
            "frontier-cifar10-resnet",
            "frontier-cifar10-pair",
            "dial-resnet-pair",
            "frontier-fashion-mnist",
            "dial-resnet-fashion-mnist",
            "dial-shapes-clean",
            "dial-resnet-shapes",
        ],
        ["cifar10-bars"] = [.. Bars.Select(set => $"cifar10-{set}-1-10")],
        ["cifar10-counted"] =
        [
            "cifar10-symmetric-0.05-1-10",
            "cifar10-symmetric-0.1-1-10",
            "cifar10-symmetric-0.1-2-10",
            "cifar10-symmetric-0.2-1-10",
            "cifar10-class-dependent-0.2-1-10",
            "cifar10-image-dependent-0.1-1-10",
            "cifar10-image-dependent-0.2-1-10",
        ],
        ["fashion-mnist-bars"] = [.. Bars.Select(set => $"fashion-mnist-{set}-1-10")],
        ["fashion-mnist-counted"] =
        [
            .. Enumerable.Range(1, 4).Select(seed => $"fashion-mnist-none-0-{seed}-10"),
            .. PlantedKinds.SelectMany(kind => Rates.Select(rate => $"fashion-mnist-{kind}-{rate}-1-10")),
        ],
        ["fashion-mnist-uncertain"] = [.. Rates.Select(rate => $"fashion-mnist-uncertain-{rate}-1-10")],
    };

    /// <summary>The words of a query, each name of a group replaced by what it stands for.</summary>
    /// <param name="words">The words.</param>
    public static string[] Expand(IEnumerable<string> words) => [.. words.SelectMany(word => All.GetValueOrDefault(word) ?? [word])];
}
