using System.CommandLine;
using Rote.Audits.OwnModel;
using Rote.Audits.Review;
using Rote.Audits.Shown;
using Rote.Cli.Gate;
using Rote.Data;
using Rote.Reports.Audits;

namespace Rote.Cli.Commands;

/// <summary><c>rote audit --predictions</c> and <c>--dynamics</c>: an audit by the predictions of the user's own model. Nothing is
/// trained.</summary>
internal sealed class AuditOwnModel
{
    /// <summary>Out-of-sample probabilities.</summary>
    public Option<string?> Predictions { get; } =
        new("--predictions")
        {
            Description =
                "Train nothing: audit by your own model's out-of-sample probabilities, an .npy or .npz [N, K], or a table with a column a "
                + "class; with DATA or --labels",
            HelpName = "FILE",
        };

    /// <summary>The log of a training.</summary>
    public Option<string?> Dynamics { get; } =
        new("--dynamics")
        {
            Description =
                "Train nothing: audit by the log of your own training, a table with id, epoch, label and logits; alone, with DATA, or "
                + "beside --predictions",
            HelpName = "FILE",
        };

    /// <summary>Whether the user has asked for it.</summary>
    public bool IsAsked(ParseResult parse) => parse.GetValue(Predictions) is not null || parse.GetValue(Dynamics) is not null;

    /// <summary>Audits.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="screen">Where to speak.</param>
    /// <param name="asked">What of, and what is known of it.</param>
    /// <param name="root">The folder that holds audits.</param>
    /// <param name="output">Where the files go; null: a folder of their own in <paramref name="root"/>.</param>
    /// <param name="gate">Files for build servers.</param>
    public int Run(ParseResult parse, Screen screen, OwnModelRequest asked, string root, string? output, GateRequest gate)
    {
        Require(parse, asked.Data, asked.Options, asked.Measures);
        using var interrupt = new Interrupt(screen, $"Interrupted. Begin again with: {CommandLine.Typed(parse)}");
        using var shelf = new DatasetCache(screen, interrupt.Token);
        try
        {
            var (data, options) = (asked.Data, asked.Options);
            using var examples = data is null ? null : OwnModelAudit.ExamplesOf(shelf.Load(shelf.Find(data, options)));
            var input = new OwnModelInput
            {
                Predictions = parse.GetValue(Predictions),
                Dynamics = parse.GetValue(Dynamics),
                Labels = data is null ? options.Labels : null,
                LabelColumn = data is null ? options.LabelColumn : null,
                Measures = asked.Measures,
                Decisions = asked.Decisions,
            };
            var result = Audit(screen, input, examples, interrupt.Token);
            using var shown = asked.Show.IsEmpty ? null : ShownExamples.Read(asked.Show, data, options, result.AllRows);
            PrintNotes(screen, result, shown);
            var folder = output ?? Path.Combine(root, $"{result.Identity[..12]}-{result.Name}");
            OwnModelFiles.Write(result, folder, shown);
            var place = AuditSource.Of(
                result.Identity,
                data,
                data is null ? new UserDataOptions() : options,
                result.ClassNames,
                asked.Show
            );
            place.Write(folder);
            using var audited = examples is null ? null : result.Of(examples);
            OwnModelReport.Write(
                result,
                audited,
                Provenance(parse, result, input, examples),
                Path.Combine(folder, AuditOutput.Page),
                shown,
                place
            );
            gate.Write(GateSuspects.Of(result, data, OwnModelWords.Summary(result)[0]), verdict: null);
            AuditOwnModelOutput.Print(screen, result, folder, shown);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return interrupt.Stopped();
        }
    }

    private static void PrintNotes(Screen screen, OwnModelResult result, ShownExamples? shown)
    {
        foreach (var note in result.Notes)
        {
            screen.Progress(note);
        }

        foreach (var line in new[] { result.Decided?.ToString(), shown?.Missing }.OfType<string>())
        {
            screen.Line(line);
        }
    }

    private static OwnModelResult Audit(Screen screen, OwnModelInput input, Dataset? examples, CancellationToken cancel)
    {
        using var patience = screen.Meanwhile(
            $"Reading {string.Join(" and ", new[] { input.Predictions, input.Dynamics }.OfType<string>())} …",
            TimeSpan.FromSeconds(1)
        );
        return OwnModelAudit.Run(input, examples, cancel);
    }

    /// <summary>Refuses what does not go together, by the names of the options.</summary>
    private void Require(ParseResult parse, string? data, UserDataOptions options, IReadOnlyList<string>? measures)
    {
        if (data is null && parse.GetValue(Predictions) is { } predictions && options.Labels is null)
        {
            throw new InputException(
                $"--predictions is {predictions}, which holds no labels; give the data as DATA, or a file with one label a "
                    + $"line as --labels."
            );
        }

        if (data is null && options with { Labels = null, LabelColumn = null } != new UserDataOptions())
        {
            throw new InputException("Options that say how data is read have no meaning without DATA; leave them out.");
        }

        if (data is null && parse.GetValue(Predictions) is null && (options.Labels ?? options.LabelColumn) is not null)
        {
            throw new InputException("--labels and --label-column have no meaning here: the log of --dynamics brings its own labels.");
        }

        if (measures is { Count: > 0 } && parse.GetValue(Dynamics) is null)
        {
            throw new InputException("--measure is of training dynamics and has no meaning without --dynamics here; leave it out.");
        }
    }

    private static IReadOnlyList<(string Name, string Value)> Provenance(
        ParseResult parse,
        OwnModelResult result,
        OwnModelInput input,
        Dataset? examples
    ) =>
        [
            ("Command", CommandLine.Of(parse)),
            ("Audit", result.Identity),
            .. input.Predictions is { } predictions ? [("Probabilities", Path.GetFileName(predictions))] : Array.Empty<(string, string)>(),
            .. input.Dynamics is { } dynamics ? [("Training log", Path.GetFileName(dynamics))] : Array.Empty<(string, string)>(),
            .. input.Labels is { } labels ? [("Labels", Path.GetFileName(labels))] : Array.Empty<(string, string)>(),
            .. examples?.Provenance is { } source
                ? [("Data", $"{source.Name}, from {source.Source}"), ("Data SHA-256", source.Sha256)]
                : Array.Empty<(string, string)>(),
            .. MachineFacts.Now(),
        ];
}

/// <summary>What an audit by a model of the user's own is asked for beside the model's outputs.</summary>
/// <param name="Data">DATA; null where there is none.</param>
/// <param name="Options">How DATA is read.</param>
/// <param name="Show">What is shown of the examples.</param>
/// <param name="Measures">Measures beside the usual ones.</param>
/// <param name="Decisions">What people decided on the examples; null: nothing.</param>
internal sealed record OwnModelRequest(
    string? Data,
    UserDataOptions Options,
    ShownSettings Show,
    IReadOnlyList<string>? Measures,
    DecisionFile? Decisions
);
