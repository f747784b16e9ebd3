using Rote.Cli;
using Rote.Tests.Support;

namespace Rote.Tests.Cli.Advising;

/// <summary>Advice to check permissions: they are given back, and the same line does what it says.</summary>
internal static class AdviceOnRights
{
    private const UnixFileMode None = UnixFileMode.None;
    private const UnixFileMode Look = UnixFileMode.UserRead | UnixFileMode.UserExecute;
    private const UnixFileMode All7 = Look | UnixFileMode.UserWrite;
    private const string Store = " --runs @runs";
    private const string Check = "; check its permissions.";
    private const string Review = "review @audit --export csv --output @x.csv";
    private const string Predictions = "audit --predictions @p.npy --labels @y.txt --output @out";
    private const string Evaluate = "evaluate {plain} @t.csv" + Store;

    public static TypedAdvice[] All { get; } =
    [
        Closed("forget {plain} @t.csv --examples @list.txt" + Store, "list.txt", Check, "forgot"),
        Closed(Review, "audit/examples.csv", Check, "x.csv", Reviewed),
        Closed(Review, "audit/source.json", Check, "x.csv", Reviewed),
        Closed(Review, "audit/summary.json", Check, "x.csv", Reviewed),
        Closed(Review, "audit/decisions.jsonl", Check, "x.csv", Reviewed),
        Closed(
            $"{Predictions} --decisions @d.csv",
            "d.csv",
            Check,
            "of the 120",
            folder => folder.Write("d.csv", "file,row,givenLabel,decision,newLabel\np.npy,0,1,change,0\n")
        ),
        Closed(
            "audit @t.csv --names @names.txt --members 2 --epochs 1 --output @out",
            "names.txt",
            Check,
            "report.html",
            folder => folder.Write("names.txt", string.Concat(Enumerable.Range(0, 400).Select(i => $"n{i}\n")))
        ),
        Closed(Evaluate, "runs/{plain}", Check, "t-test.csv", code: ExitCode.WrongInput),
        Closed(Evaluate, "runs/{plain}/experiment.json", Check, "t-test.csv", code: ExitCode.WrongInput),
        Closed(Evaluate, "runs/{plain}/summary.json", Check, "t-test.csv", code: ExitCode.WrongInput),
        Closed(Evaluate, "runs/{plain}/data.json", Check, "t-test.csv", code: ExitCode.WrongInput),
        Closed(Evaluate, "runs/{plain}/weights.safetensors", Check, "t-test.csv", code: ExitCode.WrongInput),
        new("runs list" + Store, Check, "runs show {plain}" + Store, "{plain}: finished")
        {
            Of = " (runs/{plain})",
            IsBound = true,
            Code = ExitCode.Done,
            Given = folder => folder.Rights(folder.Named("runs/{plain}"), None),
            Then = folder => folder.Rights(folder.Named("runs/{plain}"), All7),
        },
        new("runs remove {plain} --yes" + Store, ". Check the permissions.", "runs remove {plain} --yes" + Store, "Removed 1 run")
        {
            IsBound = true,
            Code = ExitCode.MachineLacks,
            Given = folder => folder.Rights("runs", Look),
            Then = folder => folder.Rights("runs", All7),
        },
        new($"{Evaluate} --output @out", ". Check the free space and the permissions,", $"{Evaluate} --output @out", "out/t-test.csv")
        {
            IsBound = true,
            Code = ExitCode.MachineLacks,
            Given = folder =>
            {
                Directory.CreateDirectory(folder.File("out"));
                folder.Rights("out", Look);
            },
            Then = folder => folder.Rights("out", All7),
        },
    ];

    /// <summary>A file or folder that may not be read, and then may.</summary>
    private static TypedAdvice Closed(
        string line,
        string name,
        string message,
        string right,
        Action<AdviceFolder>? given = null,
        int code = ExitCode.MachineLacks
    ) =>
        new(line, message, line, right)
        {
            Of = $" ({name})",
            IsBound = true,
            Code = code,
            Given = folder =>
            {
                given?.Invoke(folder);
                folder.Rights(folder.Named(name), None);
            },
            Then = folder => folder.Rights(folder.Named(name), All7),
        };

    private static void Reviewed(AdviceFolder folder)
    {
        var audit = ReviewSamples.Write(folder.File("audit"), 9, suspects: 3, data: folder.File("t.csv"));
        ReviewSamples.Session(audit).Decide(1, Rote.Audits.Review.ReviewChoice.Change, "cow");
    }
}
