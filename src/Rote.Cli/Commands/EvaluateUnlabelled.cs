using Rote.Cli.Displays;
using Rote.Cli.Documents;
using Rote.Data;
using Rote.Data.Encoders;
using Rote.Evaluation;
using Rote.Reports.Evaluations;
using Rote.Tensors;

namespace Rote.Cli.Commands;

/// <summary><c>rote evaluate RUN DATA --unlabelled</c>: predictions for examples without labels.</summary>
internal static class EvaluateUnlabelled
{
    /// <summary>Reads the examples and makes them ready for the network.</summary>
    /// <param name="screen">Told what is not read.</param>
    /// <param name="network">The network.</param>
    /// <param name="name">DATA, as the user typed it; null for none.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="fitIsGiven">Whether that includes how pictures become squares.</param>
    /// <param name="encoderName">The encoder that turns them into vectors, by name or path; null for none.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="InputException">There is no such data, or it does not fit the network.</exception>
    public static EvaluationData Examples(
        Screen screen,
        TrainedNetwork network,
        string? name,
        UserDataOptions options,
        bool fitIsGiven,
        string? encoderName,
        CancellationToken cancel
    )
    {
        if (name is null)
        {
            throw new InputException("--unlabelled predicts data without labels, and none is named; give its path as DATA.");
        }

        if (options.Labels is not null || options.LabelColumn is not null)
        {
            throw new InputException(
                "--unlabelled predicts data without labels, and --labels and --label-column say where labels are; leave out the one or "
                    + "the others."
            );
        }

        if (DatasetLoader.IsCatalogName(name))
        {
            throw new InputException($"{name} comes with labels, and --unlabelled predicts data without; leave the option out.");
        }

        TorchLibrary.Load();
        using var encoder = encoderName is null ? null : EncoderCatalog.Open(encoderName);
        var asTrained = encoder is null
            ? network.ReadColumnsAsTrained(options with { Ignore = null }) with
            {
                Ignore = options.Ignore,
            }
            : options;
        var own = asTrained with { UsualImageSize = DatasetLoader.UsualImageSize(name, encoder) };
        var progress = screen.Quiet ? null : new DownloadLines(screen.PeopleWriter, screen.IsLive, screen.NameOf);
        var (spec, examples) = UnlabelledData.Load(
            name,
            network.Data.ClassNames,
            (network.Data.Features is null || encoder is not null) && !UnlabelledData.IsArrayFile(name)
                ? network.ReadAsTrained(own, fitIsGiven)
                : own,
            progress,
            cancel
        );
        using (examples)
        {
            if (encoder is null)
            {
                return EvaluationData.FromUnlabelled(network, spec, examples);
            }

            using var display = new EncodingDisplay(screen, encoder.Name, TimeProvider.System);
            using var vectors = Encoded.Of(examples, encoder, DataFolder.Default(), display, cancel);
            return EvaluationData.FromUnlabelled(network, Encoded.SpecOf(spec, examples, encoder), vectors);
        }
    }

    /// <summary>Prints the result.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="evaluation">The predictions.</param>
    /// <param name="files">Where every prediction is.</param>
    /// <param name="report">Where the page is; null for none.</param>
    public static void Print(Screen screen, UnlabelledEvaluation evaluation, PredictionFiles files, string? report)
    {
        screen.Line();
        screen.Line(UnlabelledReport.Classes(evaluation).ToText());
        var notes = UnlabelledReport.Notes(evaluation);
        foreach (var note in notes)
        {
            screen.Line(note);
        }

        screen.Line($"Every example: {files.Parquet}");
        screen.Line($"               {files.Csv}");
        if (report is not null)
        {
            screen.Line($"The page: {report}");
        }

        screen.Document(
            new UnlabelledDocument
            {
                Run = evaluation.Run.Folder,
                Experiment = evaluation.Run.Summary.Experiment,
                Engine = evaluation.Run.Experiment.Engine,
                Data = evaluation.Data,
                Examples = evaluation.Count,
                Classes =
                [
                    .. evaluation.Classes.Select(c => new PredictedClassDocument(
                        c.Class,
                        evaluation.ClassNames[c.Class],
                        c.Count,
                        c.Count == 0 ? null : c.MeanProbability
                    )),
                ],
                Notes = notes,
                Parquet = files.Parquet,
                Csv = files.Csv,
                Report = report,
            }
        );
    }
}
