namespace Rote.Tests.Cli.Advising;

/// <summary>Advice that no typed line follows.</summary>
internal static class AdviceElsewhere
{
    private const string Program = "asks to build the program anew";
    private const string Gpu = "needs a machine with a GPU, or one more";
    private const string Person = "asks a person to look, with no answer that is right";

    /// <summary>The file, without its folder and ending; how the advice begins; and the test that brings it about and follows it.</summary>
    public static (string Place, string Advice, Type Tests, string Test)[] Followed { get; } =
    [.. AdviceInTests.All, .. AdviceInDataTests.All];

    /// <summary>The same of advice that no test follows, and why.</summary>
    public static (string Place, string Advice, string Why)[] Unfollowed { get; } =
    [
        ("BuiltInModels", "build Rote again", Program),
        ("WebServerLibraries", "install the package", "installs a package of the system"),
        ("TrainedNetwork", "use the Rote that trained it.", "is of another Rote than this one"),
        ("TrainedNetwork", "restore the file", "needs a disk that fails"),
        ("WorkerStart", "do without --workers.", "needs a system that hides a program's path from it"),
        ("ErrorSentence", "use fewer examples (--examples).", "needs a full memory"),
        ("Diagnosis", "use fewer examples", "is of the memory that a quickstart takes in minutes: bench"),
        ("ShownColumns", "name fewer columns.", "needs a gigabyte of text"),
        ("AuditDefaults", "merge rare classes", "needs five million examples of 7,000 classes"),
        ("AuditDefaults", "lower --examples.", "needs five million examples of 7,000 classes"),
        ("Audit", "give a larger --budget, fewer", "depends on the time that the machine takes; a larger budget is followed"),
        ("RunFolder", "ask again, and it is there.", "needs two processes that both hold a run"),
        ("PictureArray", "check its permissions.", "was read a moment before: needs a race"),
        ("PictureArray", "check its disk.", "needs a disk that fails"),
        ("WorkerSet", "choose float32 for the set", "needs a processor without bfloat16"),
        ("SlurmWatch", "give the command again.", "needs a run that is removed between two looks"),
        ("SarifFile", "look at the example before you change it.", Person),
        ("ParquetFile", "write smaller row groups.", "needs rows larger than the memory"),
        ("Outliers", "look whether", Person),
        ("CudaSupport", "build it with -p:Torch=cuda", Program),
        ("CudaSupport", "install what it lacks", Gpu),
        ("CudaSupport", "install the driver of the GPU", Gpu),
        ("CudaSupport", "use fewer examples (--examples)", Gpu),
        ("ComputeDevice", "give a number below", Gpu),
        ("WorkerSet", "start workers on machines that have one.", Gpu),
        ("WorkerSet", "give cuda or cuda:N.", Gpu),
        ("RepeatedExamples", "look whether the others show the same.", Person),
    ];

    /// <summary>All of it, by place and beginning.</summary>
    public static IEnumerable<(string Place, string Advice)> All =>
        [.. Followed.Select(row => (row.Place, row.Advice)), .. Unfollowed.Select(row => (row.Place, row.Advice))];
}
