using Rote.Cli;

namespace Rote.Tests.Cli.Advising;

/// <summary>Advice on a store of runs, and on runs that are damaged.</summary>
internal static class AdviceOnRuns
{
    private const string Store = " --runs @runs";
    private const string Evaluate = "evaluate {plain} @t.csv" + Store;
    private const string Train = "train @t.csv --network mlp-1x8 --epochs 1 --threads 1 --precision float32" + Store;
    private const string Remove = "runs remove {plain} --yes" + Store;
    private const string ByHand = " Remove the folder @runs/{plain} by hand and train again.";
    private const string ByCommand = " Remove it ('rote runs remove {plain}') and train again.";

    public static TypedAdvice[] All { get; } =
    [
        Damaged("experiment.json", isCut: false, ByHand),
        Damaged("experiment.json", isCut: true, ByCommand),
        Damaged("manifest.json", isCut: false, ByCommand),
        Damaged("manifest.json", isCut: true, ByCommand),
        Damaged("metrics.jsonl", isCut: false, ByCommand),
        Damaged("metrics.jsonl", isCut: true, ByCommand),
        Damaged("summary.json", isCut: true, ByCommand),
        Damaged("weights.safetensors", isCut: false, ByCommand),
        Damaged("data.json", isCut: false, "; remove the run and train again."),
        Damaged("data.json", isCut: true, "; remove the run's folder to train again."),
        NotWhole("experiment.json", isCut: false, "the run's folder is not whole; remove it to train again."),
        NotWhole("summary.json", isCut: true, "; remove the run's folder to train again."),
        new(Evaluate, "was interrupted; start the same training again and it goes on, then ask again.", Evaluate, "80")
        {
            Given = folder => folder.RemovePart("plain", "summary.json"),
            Then = folder => folder.Do(Train),
        },
        new("runs list --runs @t.csv", "expected a folder; name one with --runs.", "runs list --runs @runs", "finished"),
        new("runs list --runs ''", "is no folder's name; give one with --runs.", "runs list --runs @runs", "finished"),
        new("runs list --runs @new", "--runs names another folder.", "runs list --runs @runs", "finished") { Code = ExitCode.Done },
        new("runs show {plain}x" + Store, "did you mean {plain}?", "runs show {plain}" + Store, "MLP 1×8"),
        new(
            "runs remove @new/{plain} --yes" + Store,
            "; name the store with --runs, or",
            "runs remove @new/{plain} --yes --runs @new",
            "Removed 1 run"
        )
        {
            Given = Elsewhere,
        },
        new("runs show true-labels" + Store, "; type more of the name.", "runs show {plain}" + Store, "{plain}"),
        new("runs remove @new/{plain} --yes" + Store, ", or remove the folder by hand.", "runs list --runs @new", "There are no runs")
        {
            Given = Elsewhere,
            Then = folder => Directory.Delete(folder.File(folder.Named("new/{plain}")), recursive: true),
        },
        new(Remove, "to lie in it; remove it by hand.", Train, "MLP 1×8 on t")
        {
            Given = folder => folder.RemovePart("plain", "experiment.json"),
            Then = RemoveFolder,
        },
        new(Remove, "which is not removed; remove the link by hand.", "runs list --runs @new", "finished")
        {
            Given = folder =>
            {
                Elsewhere(folder);
                Directory.CreateSymbolicLink(folder.Run("plain"), folder.File(folder.Named("new/{plain}")));
            },
            Then = folder => Directory.Delete(folder.Run("plain")),
        },
    ];

    /// <summary>A part is missing or cut: the run is removed as the message says, and trained again.</summary>
    private static TypedAdvice Damaged(string part, bool isCut, string message) =>
        new(Evaluate, message, Evaluate, "80")
        {
            Of = $" ({part}, {(isCut ? "cut" : "missing")})",
            Given = folder => Harm(folder, part, isCut),
            Then = folder =>
            {
                if (message == ByCommand)
                {
                    folder.Do(Remove);
                }
                else
                {
                    RemoveFolder(folder);
                }

                folder.Do(Train);
            },
        };

    /// <summary>The same where it is to be trained.</summary>
    private static TypedAdvice NotWhole(string part, bool isCut, string message) =>
        new(Train, message, Train, "Accuracy") { Given = folder => Harm(folder, part, isCut), Then = RemoveFolder };

    private static void Harm(AdviceFolder folder, string part, bool isCut)
    {
        if (isCut)
        {
            folder.CutPart("plain", part);
        }
        else
        {
            folder.RemovePart("plain", part);
        }
    }

    private static void RemoveFolder(AdviceFolder folder) => Directory.Delete(folder.Run("plain"), recursive: true);

    /// <summary>Moves a run to another store.</summary>
    private static void Elsewhere(AdviceFolder folder)
    {
        Directory.CreateDirectory(folder.File("new"));
        Directory.Move(folder.Run("plain"), folder.File(folder.Named("new/{plain}")));
    }
}
