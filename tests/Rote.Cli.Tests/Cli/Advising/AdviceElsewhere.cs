using Rote.Tests.Audits;
using Rote.Tests.Audits.Members;
using Rote.Tests.Audits.Review;
using Rote.Tests.Cli.Clusters;
using Rote.Tests.Doctor;
using Rote.Tests.Evaluation;
using Rote.Tests.Extending;
using Rote.Tests.Features;
using Rote.Tests.Foundation;
using Rote.Tests.Pages.Review;
using Rote.Tests.Pages.Runs;
using Rote.Tests.Storage;
using Rote.Tests.Workers;

namespace Rote.Tests.Cli.Advising;

/// <summary>Advice that no typed line follows.</summary>
internal static class AdviceElsewhere
{
    private const string Rights = "permissions do not bind root, as whom tests run";
    private const string Program = "asks to build or install the program anew";
    private const string Person = "asks a person to look or to wait";
    private const string Signal = "a signal stops a command: " + nameof(InterruptTests) + " and " + nameof(AuditTests);
    private const string Fault = "needs a fault that cannot be caused cheaply";
    private const string Help = "of help, which names what there is";
    private const string Cluster = "needs a cluster: " + nameof(SlurmTests) + ", and tests/cluster by hand";

    /// <summary>The file, without its folder and ending; how the advice begins; and the test that brings it about, or why none follows
    /// it.</summary>
    public static (string Place, string Advice, string Why)[] All { get; } =
    [
        ("BuiltInModels", "build Rote again", Program),
        ("BuiltInModels", "fetch", Program),
        ("BuiltInModels", "download", Program),
        ("Extensions", "build it again (", Program),
        ("WebServerLibraries", "install the package", Program),
        ("WorkerStart", "do without --workers.", Fault),
        ("TrainedNetwork", "use the Rote that trained it.", Program),
        ("TrainedNetwork", "restore the file", Rights),
        ("ForgetPlan", "train it again, then forget.", "needs a network of an earlier program"),
        ("Flow", "forget fewer.", "needs all canaries of a set among the examples to forget"),
        ("ErrorSentence", "use fewer examples (--examples).", "needs a full memory"),
        ("Diagnosis", "close something", nameof(DoctorTests)),
        ("Diagnosis", "use fewer examples", nameof(DoctorTests)),
        ("Diagnosis", "use that where a result matters.", nameof(DoctorTests)),
        ("DatasetCache", "run the command again.", "needs data that changes while it is read"),
        ("DecisionLog", "close what else writes to it", "needs a file that shrinks while it is read"),
        ("DecisionLog", "Move it away.", "needs a line of more bytes than a line may have"),
        ("ShownColumns", "name fewer columns.", "needs more text than memory should hold"),
        ("AuditDefaults", "give labels that are classes", "needs more classes than a test should hold"),
        ("AuditDefaults", "merge rare ones.", "needs more classes than a test should hold"),
        ("Audit", "give a larger --budget, fewer", "the time that one network takes is the machine's; a larger budget is followed"),
        ("OnnxNetwork", "save it as one ONNX file.", "of who exports the network"),
        ("PictureEncoder", "leave that example out", "needs a network that gives what is not finite"),
        ("PictureEncoder", "choose another encoder.", "needs a network that gives what is not finite"),
        ("TextEncoder", "leave it out", "needs a network that gives what is not finite"),
        ("TextEncoder", "choose another encoder.", "needs a network that gives what is not finite"),
        ("RunsServer", "give one in which runs, audits or reports are kept.", nameof(ServedAdviceTests)),
        ("LocalServer", "choose another one", nameof(ServedAdviceTests)),
        ("LocalServer", "none for a free one.", nameof(ServedAdviceTests)),
        ("Gate", "Press Enter where", nameof(GateTests)),
        ("ExampleList", "name them as Rote does", nameof(ExampleListTests)),
        ("ExampleList", "give the data that it is of.", nameof(ExampleListTests)),
        ("RunMeasures", "choose ", nameof(RunMeasuresTests)),
        ("RunMeasures", "remove it, and what it held is measured again.", nameof(RunMeasuresTests)),
        ("MemberResult", "remove it, and it is trained again.", nameof(DamagedMemberTests)),
        ("DecisionTable", "save it as CSV in UTF-8.", nameof(DecisionFileTests)),
        ("ExampleList", "save it as CSV in UTF-8.", nameof(ExampleListTests)),
        ("ReviewLinks", "choose another one.", nameof(ReviewExportTests)),
        ("ReviewSession", "choose one of its classes.", nameof(ReviewSessionTests)),
        ("PictureArray", "save it with numpy.ascontiguousarray.", "of NumPy"),
        ("ProbabilityArray", "save the probabilities alone.", "of NumPy"),
        ("AuditSource", "audit again.", nameof(AuditTests)),
        ("AuditTable", "Audit again.", nameof(ReviewCommandTests) + "; the other damages are followed"),
        ("Additions", "choose a name of its own.", nameof(AdditionsTests)),
        ("Registry", "choose a name of its own.", nameof(RegistryTests)),
        ("MeasureCatalog", "choose names of their own.", nameof(ExtensionTests)),
        ("RunReader", "load the extension", nameof(ExtensionTests)),
        ("Predictions", "train again with a smaller learning rate.", "needs a training that diverged and ended well"),
        ("FeatureNotes", "train one, and ask again.", nameof(RunFeaturesTests)),
        ("RunFeatures", "give data of two classes or more.", nameof(RunFeaturesTests)),
        ("RandomFeatureSweep", "use larger data", "the studies draw enough of their own data"),
        ("RunClaim", "wait for it", nameof(RunClaimTests)),
        ("RunClaim", "stop it.", nameof(RunClaimTests)),
        ("RunLock", "wait for it", nameof(RunClaimTests)),
        ("RunLock", "stop it.", nameof(RunClaimTests)),
        ("StoredRun", "wait for it.", nameof(RunClaimTests)),
        ("RunRemoval", "stop it first.", nameof(RunRemovalTests)),
        ("RunFolder", "ask again, and it is there.", Fault),
        ("RunBoard", "run the command again.", nameof(RunSetTests)),
        ("RunSet", "use fewer workers", nameof(RunSetTests)),
        ("RunSet", "fewer threads", nameof(RunSetTests)),
        ("RunSet", "run the command again, which goes on", Program),
        ("RunSetFolder", "give the command that made the set again", nameof(RunSetFolderTests)),
        ("RunSetFolder", "choose another folder with --runs.", nameof(RunSetFolderTests)),
        ("WorkerCommand", "say which with --set.", nameof(SlurmTests)),
        ("WorkerSet", "choose float32 for the set", Cluster),
        ("SlurmTask", "ask for more time.", Cluster),
        ("SlurmRun", "ask for more with --memory", Cluster),
        ("SlurmClient", "submit from where Slurm is", Cluster),
        ("SlurmClient", "look at the script with --dry-run.", Cluster),
        ("SlurmScript", "submit it from the folder it lies in.", Cluster),
        ("SetRunner", "Look again with:", Cluster),
        ("SetRunner", "give the lines above", Cluster),
        ("SetRunner", "give the command again.", Cluster),
        ("AtomicFile", "Check the free space and the permissions", Rights),
        ("ExampleList", "check its permissions.", Rights),
        ("AuditTable", "check its permissions.", Rights),
        ("AuditSource", "check its permissions.", Rights),
        ("DecisionFile", "check its permissions.", Rights),
        ("DecisionLog", "check its permissions.", Rights),
        ("DecisionLog", "check the permissions", Rights),
        ("DecisionLog", "keep them in another file.", Rights),
        ("ReviewSet", "check its permissions.", Rights),
        ("ExampleNames", "check its permissions.", Rights),
        ("PictureArray", "check its permissions.", Rights),
        ("PictureArray", "check its disk.", Fault),
        ("RunRemoval", "Check the permissions.", Rights),
        ("StoredRun", "Check its permissions.", Rights),
        ("SarifFile", "look at the example before you change it.", Person),
        ("Outliers", "look whether", Person),
        ("RepeatedExamples", "look whether the others show the same.", Person),
        ("AuditCommand", "do not join by it.", Person),
        ("TrainDisplay", "Stop at any time", Signal),
        ("QuickstartDisplay", "Stop at any time", Signal),
        ("AuditDisplay", "Stop at any time", Signal),
        ("AuditCommand", "stop at any time", Signal),
        ("TrainCommand", "stop at any time", Signal),
        ("ReviewCommand", "stop at any time", Signal),
        ("Interrupt", "stop now)", Signal),
        ("ExampleList", "name a line", Help),
        ("ForgetCommand", "name a line", Help),
        ("DataOptions", "scale to squares", Help),
        ("FrontierCommand", "train N networks", Help),
        ("AuditOwnModel", "audit by", Help),
        ("AuditOwnModel", "a table with a column a class", Help),
        ("AuditOwnModel", "beside --predictions", Help),
        ("WatchedSet", "set.json", "names a file"),
    ];
}
