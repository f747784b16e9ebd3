namespace Rote.Benchmarks.Evidence;

/// <summary>Every file of docs/evidence and every picture of docs/pictures that is drawn from evidence, with the command that makes
/// it.</summary>
internal static class EvidenceCatalog
{
    private const string Symmetric = "--corruption corrupted-labels=0.4444";
    private const string Flipped = "--corruption pair-flipped-labels=0.2";
    private const string FashionNoise = "--corruption corrupted-labels=0.2222";
    private const string Attacked = "--examples 4000 --test-examples 2000 --corruption true-labels --attack 8";
    private const string Mlp = "--network mlp-256 --epochs 20";

    private static readonly string[] Every = ["audit", "self-confidence", "aum"];
    private static readonly string[] Bars =
    [
        "symmetric-0.05",
        "symmetric-0.1",
        "symmetric-0.2",
        "class-dependent-0.2",
        "image-dependent-0.1",
        "image-dependent-0.2",
    ];

    /// <summary>The sets of <c>--set coverage</c> that are not among the bars.</summary>
    private static readonly string[] Coverage =
    [
        "none-0",
        "symmetric-0.15",
        "pair-flip-0.05",
        "pair-flip-0.1",
        "pair-flip-0.15",
        "pair-flip-0.2",
        "class-dependent-0.05",
        "class-dependent-0.1",
        "class-dependent-0.15",
        "image-dependent-0.05",
        "image-dependent-0.15",
    ];

    private static readonly int[] MoreSeeds = [2, 3, 4];

    private static readonly string[] Uncertain = ["uncertain-0.05", "uncertain-0.1", "uncertain-0.15", "uncertain-0.2"];

    /// <summary>Pictures that show one run or one screen and are made by hand, with why.</summary>
    public static IReadOnlyDictionary<string, string> ByHand { get; } =
        new Dictionary<string, string>
        {
            ["features.svg"] = "a chart of rote features of one run, cut out of its page",
            ["review.png"] = "a picture of the screen",
        };

    /// <summary>All entries, the cheapest first; those that were not measured last.</summary>
    public static IReadOnlyList<EvidenceEntry> All { get; } =
    [
        .. Studies()
            .Concat(Memorization())
            .Concat(Dials())
            .Concat(Frontiers())
            .Concat(ResidualFrontiers())
            .Concat(Audits())
            .Concat(Privacy())
            .OrderBy(entry => entry.Minutes ?? double.MaxValue)
            .ThenBy(entry => entry.Name, StringComparer.Ordinal),
    ];

    private static IEnumerable<EvidenceEntry> Studies() =>
        [
            new(
                "quickstart",
                "rote quickstart --json --picture quickstart.svg --rule-picture rule-after-rote.svg",
                4,
                [
                    new(EvidenceRun.Printed("quickstart"), "evidence/quickstart.json"),
                    new("quickstart.svg", "pictures/quickstart.svg"),
                    new("rule-after-rote.svg", "pictures/rule-after-rote.svg"),
                ]
            ),
            Study("rule-after-rote", "rule-after-rote-laptop-3-seeds", "--seeds 3", 2.5),
            Study(
                "double-descent",
                "double-descent-laptop",
                "--pictures figures",
                3.5,
                new("figures/fourier-loss.svg", "pictures/double-descent.svg"),
                new("figures/fourier-error.svg", "pictures/double-descent-error.svg")
            ),
            Study("double-descent", "double-descent-laptop-2-seeds", "--seeds 2", 4),
            Study(
                "benign-kernels",
                "benign-kernels-laptop",
                "--pictures figures",
                4,
                new("figures/laplacian-error.svg", "pictures/benign-kernels.svg"),
                new("figures/laplacian-norm.svg", "pictures/benign-kernels-norm.svg"),
                new("figures/gaussian-error.svg", "pictures/benign-kernels-gaussian.svg"),
                new("figures/spheres.svg", "pictures/benign-kernels-spheres.svg"),
                new("figures/networks.svg", "pictures/benign-kernels-networks.svg")
            ),
            Study("zhang2017", "zhang2017-laptop", "", 30),
            Study(
                "imagenet-sized",
                "imagenet-sized-laptop",
                "--scale laptop --pictures figures",
                4,
                new EvidenceProduct("figures/accuracy.svg", "pictures/imagenet-sized.svg")
            ),
            Study(
                "imagenet-sized",
                "imagenet-sized-quarter",
                "--scale quarter --pictures figures",
                20,
                new EvidenceProduct("figures/accuracy.svg", "pictures/imagenet-sized-quarter.svg")
            ),
        ];

    /// <summary>What networks memorize, and what predicts how they generalize.</summary>
    private static IEnumerable<EvidenceEntry> Memorization() =>
        [
            Study(
                "complexity-measures",
                "complexity-measures-laptop",
                "--pictures figures",
                33,
                new EvidenceProduct("figures/measures.svg", "pictures/complexity-measures.svg")
            ),
            Study(
                "arpit2017",
                "arpit2017-laptop",
                "--pictures figures",
                12,
                new("figures/easy.svg", "pictures/arpit2017.svg"),
                new("figures/sensitivity.svg", "pictures/arpit2017-sensitivity.svg"),
                new("figures/units.svg", "pictures/arpit2017-units.svg"),
                new("figures/time.svg", "pictures/arpit2017-time.svg"),
                new("figures/examples.svg", "pictures/arpit2017-examples.svg"),
                new("figures/validation.svg", "pictures/arpit2017-validation.svg"),
                new("figures/course.svg", "pictures/arpit2017-course.svg"),
                new("figures/critical.svg", "pictures/arpit2017-critical.svg"),
                new("figures/regularizers.svg", "pictures/arpit2017-regularizers.svg")
            ),
            Study(
                "feldman2020",
                "feldman2020-laptop",
                "--pictures figures",
                20,
                new("figures/values.svg", "pictures/feldman2020.svg"),
                new("figures/utility.svg", "pictures/feldman2020-utility.svg"),
                new("figures/overlap.svg", "pictures/feldman2020-overlap.svg"),
                new("figures/alike.svg", "pictures/feldman2020-alike.svg")
            ),
            Study(
                "nakkiran2020",
                "nakkiran2020-laptop",
                "--pictures figures",
                5,
                new("figures/width.svg", "pictures/nakkiran2020.svg"),
                new("figures/epochs.svg", "pictures/nakkiran2020-epochs.svg")
            ),
        ];

    /// <summary>Set-points: the dial alone.</summary>
    private static IEnumerable<EvidenceEntry> Dials() =>
        [
            Frontier("dial-shapes", "shapes", $"--corruption true-labels --tools dial", "mlp-1x512"),
            Frontier("dial-shapes-clean", "shapes", "--corruption true-labels --tools dial,two-phases --seeds 3", "mlp-1x512"),
            Frontier("dial-parts", "cifar10", $"{Symmetric} --tools parts --targets 0.1,0.5 --test-from 5000", "mlp-1x512"),
            Frontier("dial-resnet-shapes", "shapes", "--network resnet-16 --corruption true-labels --tools dial", "resnet-16"),
            Frontier("dial-resnet-pair", "cifar10", $"--network resnet-16 {Flipped} --tools dial --test-from 5000", "resnet-16"),
            Frontier("dial-resnet-fashion-mnist", "fashion-mnist", $"--network resnet-16 {FashionNoise} --tools dial", "resnet-16"),
        ];

    /// <summary>The dial beside other tools, with MLPs.</summary>
    private static IEnumerable<EvidenceEntry> Frontiers() =>
        [
            Frontier(
                "frontier-cifar10-mlp",
                "cifar10",
                $"{Symmetric} --tools dial,elr,gce,label-smoothing,two-phases --seeds 3 --test-from 5000",
                "mlp-1x512",
                "frontier"
            ),
            Frontier(
                "frontier-cifar10-adjustable",
                "cifar10",
                $"{Symmetric} --tools dial,adjustable,selc,sop --seeds 3 --test-from 5000",
                "mlp-1x512",
                "frontier-adjustable"
            ),
            Frontier(
                "frontier-cifar10-rivals",
                "cifar10",
                $"{Symmetric} --tools co-teaching,example-tied,dividemix,dp-sgd --seeds 3 --test-from 5000 --precision float32",
                "mlp-1x512"
            ),
            Frontier(
                "frontier-cifar10-frozen",
                "cifar10",
                $"--embed resnet18 --examples 50000 {Symmetric} --tools dial,adjustable,gce,elr,selc,sop "
                    + "--targets 0,0.05,0.1,0.25,0.5,0.75,1 --test-from 5000",
                "mlp-1x512",
                "frontier-frozen"
            ),
            Frontier("frontier-cifar10-pair", "cifar10", $"{Flipped} --tools dial,elr,gce,label-smoothing --test-from 5000", "mlp-1x512"),
            Frontier(
                "frontier-cifar10-pair-40",
                "cifar10",
                "--corruption pair-flipped-labels=0.4 --tools dial,adjustable,elr,gce,selc,sop --test-from 5000 --precision float32",
                "mlp-1x512"
            ),
            Frontier(
                "frontier-fashion-mnist",
                "fashion-mnist",
                $"{FashionNoise} --tools dial,elr,gce,label-smoothing --epochs 200",
                "mlp-1x512"
            ),
        ];

    /// <summary>The same of residual networks.</summary>
    private static IEnumerable<EvidenceEntry> ResidualFrontiers() =>
        [
            Frontier(
                "frontier-cifar10-resnet",
                "cifar10",
                $"--network resnet-16 {Symmetric} --tools dial,gce,elr,average,augmentation,label-smoothing --seeds 3 --test-from 5000",
                "resnet-16",
                "frontier-resnet"
            ),
            Frontier(
                "frontier-cifar10-resnet-long",
                "cifar10",
                $"--network resnet-16 {Symmetric} --tools dial --targets 0.75,1 --seeds 3 --test-from 5000",
                "resnet-16"
            ),
            Frontier(
                "frontier-cifar10-resnet-full",
                "cifar10",
                $"--network resnet-16 --examples 50000 {Symmetric} --tools gce,elr,sop,dial "
                    + "--targets 0.05,0.1 --epochs 40 --test-from 5000",
                "resnet-16"
            ),
            Frontier(
                "frontier-cifar10-resnet-full-seed-2",
                "cifar10",
                $"--network resnet-16 --examples 50000 {Symmetric} --tools gce,dial "
                    + "--targets 0.05 --epochs 40 --test-from 5000 --seed 2",
                "resnet-16"
            ),
        ];

    private static IEnumerable<EvidenceEntry> Privacy() =>
        [
            new(
                "dial-privacy-dpsgd",
                "bench/run privacy dial-privacy-dpsgd.json",
                null,
                [new EvidenceProduct("dial-privacy-dpsgd.json", "evidence/dial-privacy-dpsgd.json")]
            ),
            Frontier(
                "dial-privacy-fashion-mnist",
                "fashion-mnist",
                $"{Attacked} --epochs 40 --tools dial --targets 0.05,0.1,0.25,0.5,0.75,1",
                "mlp-1x512"
            ),
            Frontier("dial-privacy-long", "fashion-mnist", $"{Attacked} --epochs 300 --tools dial --targets 0.1,0.5,1", "mlp-1x512"),
            Frontier(
                "dial-privacy-adjustable",
                "fashion-mnist",
                $"{Attacked} --epochs 300 --tools adjustable --targets 0,0.03,0.1,0.25,0.5,0.75,0.9,1",
                "mlp-1x512",
                "privacy-adjustable",
                "-privacy-adjustable"
            ),
        ];

    private static IEnumerable<EvidenceEntry> Audits() =>
        [
            Audit("audit-cifar10", "cifar10", "--set bars", null, 10, Bars, Every),
            Audit("audit-cifar10-seed-2", "cifar10", "--set symmetric=0.1 --seeds 2 --methods audit", 5.6, 10, ["symmetric-0.1"], seed: 2),
            Audit("audit-cifar10-resnet18", "cifar10", "--set bars --methods audit --embed resnet18", null, 10, Bars, encoder: "resnet18"),
            Audit(
                "audit-cifar10-50000",
                "cifar10",
                "--examples 50000 --members 8 --set class-dependent=0.2 --methods audit",
                10.7,
                8,
                ["class-dependent-0.2"]
            ),
            Audit("audit-fashion-mnist", "fashion-mnist", $"{Mlp} --set bars", null, 10, Bars, Every),
            Audit("audit-fashion-mnist-rare", "fashion-mnist", $"{Mlp} --set rare", null, 10, ["rare-0.1"], Every),
            Audit("audit-fashion-mnist-coverage", "fashion-mnist", $"{Mlp} --set {Set(Coverage)} --methods audit", null, 10, Coverage),
            Audit("audit-fashion-mnist-uncertain", "fashion-mnist", $"{Mlp} --set {Set(Uncertain)} --methods audit", null, 10, Uncertain),
            .. MoreSeeds.Select(seed =>
                Audit(
                    $"audit-fashion-mnist-clean-seed-{seed}",
                    "fashion-mnist",
                    $"{Mlp} --set none=0 --seeds {seed} --methods audit",
                    null,
                    10,
                    ["none-0"],
                    seed: seed
                )
            ),
        ];

    /// <summary>As <c>--set</c> takes them: the last dash parts the kind from its rate.</summary>
    private static string Set(IEnumerable<string> sets) =>
        string.Join(',', sets.Select(set => $"{set[..set.LastIndexOf('-')]}={set[(set.LastIndexOf('-') + 1)..]}"));

    private static EvidenceEntry Study(string study, string file, string options, double? minutes, params EvidenceProduct[] pictures) =>
        new(
            file,
            $"rote reproduce {study} {options}".TrimEnd(),
            minutes,
            [new EvidenceProduct($"reports/{file}.json", $"evidence/{file}.json"), .. pictures]
        );

    private static EvidenceEntry Frontier(
        string name,
        string data,
        string options,
        string network,
        string? picture = null,
        string drawn = ""
    )
    {
        var made = $"reports/{name}";
        return new EvidenceEntry(
            name,
            $"rote frontier {data} {options} --report {made}.html",
            null,
            [
                new EvidenceProduct($"{made}.json", $"evidence/{name}.json"),
                .. picture is null
                    ? Array.Empty<EvidenceProduct>()
                    : [new EvidenceProduct($"{made}{drawn}.svg", $"pictures/{picture}.svg")],
            ]
        );
    }

    private static EvidenceEntry Audit(
        string name,
        string data,
        string options,
        double? minutes,
        int members,
        IEnumerable<string> sets,
        string[]? methods = null,
        int seed = 1,
        string? encoder = null
    ) =>
        new(
            name,
            $"bench/run audit --data {data} {options}",
            minutes,
            [
                .. sets.SelectMany(set =>
                        (methods ?? ["audit"]).Select(method =>
                            $"audit/*-{(encoder is null ? data : $"{data}-{encoder}")}-{set}-{seed}-{members}-{method}.json"
                        )
                    )
                    .Select(file => new EvidenceProduct(file, $"evidence/{file}")),
            ]
        );
}
