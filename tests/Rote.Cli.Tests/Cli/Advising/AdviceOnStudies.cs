using Rote.Tests.Support;

namespace Rote.Tests.Cli.Advising;

/// <summary>Advice of the other commands: studies, encoders and the quickstart.</summary>
internal static class AdviceOnStudies
{
    private const string List = "reproduce double-descent --scale smoke --list";
    private const string Quickstart =
        "quickstart --data @pets --examples 16 --network mlp-1x8 --epochs 1 --threads 1 --precision float32 --runs @new "
        + "--report @q.html --rule-epochs 0";

    public static TypedAdvice[] All { get; } =
    [
        new("reproduce zhang2017 --only table9 --list", "did you mean table1?", "reproduce zhang2017 --only table1 --list", "table1/"),
        new(
            "reproduce zhang2017 --only , --list",
            "expected names of claims with commas between them.",
            "reproduce zhang2017 --only table1,section3 --list",
            "section3/"
        ),
        new(
            "reproduce double-descent --scale smoke --only peak --list",
            "; choose one of fourier, relu.",
            $"{List} --only fourier",
            "fourier/"
        ),
        new("reproduce double-descend --list", "did you mean double-descent?", List, "fourier/"),
        new($"{List} --report @x.json", "beside the page; name the page otherwise.", $"{List} --report @x.html", "fourier/"),
        new(
            "embed @texts.csv --embed resnet18 --out @x.npy",
            "and the examples are texts; choose an encoder of texts.",
            "embed @texts.csv --embed minilm --out @x.npy",
            "384 numbers each"
        )
        {
            Also = [("embed @texts.csv --embed minilm=32 --out @x.npy", "which have no side; leave out =32.")],
            Given = Texts,
        },
        new(
            "embed @pets --embed minilm --out @x.npy",
            "; choose an encoder of pictures.",
            "embed @pets --embed @net.onnx --out @x.npy",
            "2 numbers each"
        )
        {
            Given = Network,
        },
        new(
            "evaluate true-labels @pets --runs @new",
            "and a run does not keep where that lies; give the file with --embed.",
            "evaluate true-labels @pets --embed @net.onnx --runs @new",
            "pets-test.csv"
        )
        {
            Also = [("evaluate true-labels @pets --embed none --runs @new", "; leave out --embed none.")],
            Given = folder =>
            {
                Network(folder);
                folder.Do("train @pets --embed @net.onnx --network linear --epochs 1 --threads 1 --runs @new");
            },
        },
        new(
            "embed @t.csv --embed minilm --out @x.npy",
            "which no encoder reads; train on them as they are.",
            "train @t.csv --network mlp-1x8 --epochs 1 --threads 1 --runs @new",
            "MLP 1×8 on t"
        ),
        new($"{Quickstart} --rule-picture @x.png", "leaves it out; leave out one of them.", Quickstart, "q.html"),
        new("data gett", "did you mean 'get'?", "data get shapes", "there is nothing to fetch"),
        new("completion tcsh", "expected bash, zsh or fish.", "completion fish", "complete "),
    ];

    /// <summary>An encoder of pictures.</summary>
    private static void Network(AdviceFolder folder) =>
        File.WriteAllBytes(folder.File("net.onnx"), OnnxFiles.Pictures([0, 3, 8, 8], [1, 0, 0, 1, 1, 1], 2));

    private static void Texts(AdviceFolder folder) =>
        folder.Table("texts.csv", "text,label", 20, i => $"it says {i} in many words,c{i % 2}");
}
