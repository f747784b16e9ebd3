using System.CommandLine;
using Rote.Audits;
using Rote.Audits.Checks;
using Rote.Cli.Documents;
using Rote.Data;
using Rote.Data.Download;
using Rote.Reports.Audits;
using Rote.Tensors;

namespace Rote.Cli.Commands;

/// <summary><c>rote data check</c>: what is odd in a data set, without training anything.</summary>
internal static class DataCheckCommand
{
    private const string Page = "data.html";

    /// <summary>The command.</summary>
    /// <param name="cache">The data folder, asked when the command runs.</param>
    /// <param name="interruptible">Runs work that can be stopped.</param>
    public static Command Create(
        Func<DataFolder> cache,
        Func<ParseResult, Action<Screen, IProgress<DownloadProgress>?, CancellationToken>, int> interruptible
    )
    {
        var source = new Argument<string>("DATA") { Description = "A catalog name or the path of your own pictures, arrays or tables" };
        var examples = new Option<int?>("--examples") { Description = "Check the first N examples [default: all]", HelpName = "N" };
        var output = new Option<string?>("--output")
        {
            Description = $"Folder for {Page}, with pictures, and {AuditFiles.Checks} [default: neither is written]",
            HelpName = "FOLDER",
        };
        var ownData = new DataOptions(encoder: EncoderUse.Never);
        var command = new Command(
            "check",
            "Say what stands out in a data set: twins, leaks into the test set, small classes, dark, bright, blurred or odd pictures"
        )
        {
            source,
            examples,
            output,
        };
        command.SetAction(parse =>
            interruptible(
                parse,
                (screen, progress, cancel) =>
                {
                    var count = new DataSpec { Name = "", Examples = parse.GetValue(examples) }.Examples;
                    var folder = FolderOf(parse.GetValue(output));
                    TorchLibrary.Load();
                    using var loaded = DatasetLoader.Load(parse.GetRequiredValue(source), cache(), ownData.Read(parse), progress, cancel);
                    using var data = AuditData.Whole(loaded.Data, count);
                    var input = new CheckInput(data.Examples, new Told(screen), cancel) { Test = data.Test };
                    var checks = DataChecks.Of(input, cancel);
                    Tell(screen, checks, data, loaded.Spec.Name);
                    if (folder is not null)
                    {
                        AuditFiles.WriteChecks(checks, data.Examples, Path.Combine(folder, AuditFiles.Checks));
                        var page = Path.Combine(folder, Page);
                        DataSection.Write(checks, input.Duplicates, data.Examples, loaded.Spec.Name, Provenance(parse, data), page);
                        screen.Line($"The page: {page}");
                    }
                    else if (checks.Findings.Count > 0)
                    {
                        screen.Line($"Give {output.Name} FOLDER for a page that shows them, and for {AuditFiles.Checks} with all of them.");
                    }

                    screen.Document(Document(checks, data, folder));
                }
            )
        );
        return ownData.AddTo(command);
    }

    private static void Tell(Screen screen, DataChecks checks, AuditData data, string name)
    {
        screen.Line($"{name}: {Wording.Count(data.Examples.Count, "example")}, {data.Examples.Classes:N0} classes.");
        foreach (var line in checks.Findings.Count == 0 ? [DataSection.Nothing] : DataSection.Lines(checks))
        {
            screen.Line(line);
        }
    }

    private static DataCheckDocument Document(DataChecks checks, AuditData data, string? folder) =>
        new(
            folder,
            folder is null ? null : Path.Combine(folder, Page),
            checks.Count,
            [
                .. checks.Findings.Select(finding => new FindingDocument(
                    finding.Check,
                    finding.Title,
                    finding.Sentence,
                    finding.Examples.Count,
                    [.. finding.Examples.Take(20).Select(i => data.Examples.Rows[i].Name)]
                )),
            ]
        );

    private static IReadOnlyList<(string Name, string Value)> Provenance(ParseResult parse, AuditData data) =>
        [
            ("Command", CommandLine.Of(parse)),
            ("Data", $"{data.Examples.Provenance.Name}, from {data.Examples.Provenance.Source}"),
            ("Data SHA-256", data.Examples.Provenance.Sha256),
            .. MachineFacts.Now(),
        ];

    private static string? FolderOf(string? path) =>
        path switch
        {
            null => null,
            "" => throw new InputException("--output is empty, expected a folder."),
            _ when path.Contains('\0', StringComparison.Ordinal) => throw new InputException(
                "--output holds a character that no folder's name has."
            ),
            _ when File.Exists(path) => throw new InputException($"--output is {path}, which is a file; expected a folder."),
            _ => Path.GetFullPath(path),
        };

    /// <summary>Says each part once.</summary>
    private sealed class Told(Screen screen) : IProgress<CheckProgress>
    {
        private string? _part;

        public void Report(CheckProgress value)
        {
            if (value.Part != _part)
            {
                _part = value.Part;
                screen.Progress($"{value.Part} …");
            }
        }
    }
}
