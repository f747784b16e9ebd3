using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Rote.Data;
using Rote.Data.Labels;
using Rote.Measurement;

namespace Rote.Audits.OwnModel;

/// <summary>Audits labels by the predictions of the user's own model. docs/guide/own-model.md.</summary>
public static class OwnModelAudit
{
    /// <summary>No probability is nearer to 0 or 1 than this in the score, so that it is finite.</summary>
    private const double Nearest = 1e-30;

    /// <summary>The examples of a data set that an audit looks at: all that are not of a test part that the data brings.</summary>
    /// <param name="data">The data; still the caller's.</param>
    /// <returns>A set that the caller owns.</returns>
    public static Dataset ExamplesOf(DatasetSplits data) =>
        data.Origin == SplitOrigin.SetAside ? data.Joined(Split.Train) : data.Train.With();

    /// <summary>Audits; nothing is trained.</summary>
    /// <param name="input">Probabilities, a log, or both.</param>
    /// <param name="examples">The examples; still the caller's. Null: labels come from <see cref="OwnModelInput.Labels"/>, or from the
    /// log.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The same for the same files. O(N·K) in time and memory, and for a log O(rows·K) in time; memory does not grow with the
    /// epochs.</returns>
    /// <exception cref="InputException">A file is not as said, or they do not fit together.</exception>
    /// <exception cref="MachineException">A file cannot be read, or does not fit into memory.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static OwnModelResult Run(OwnModelInput input, Dataset? examples = null, CancellationToken cancel = default)
    {
        if (input.Predictions is null && input.Dynamics is null)
        {
            throw new InputException("There is nothing to audit by, expected probabilities or a training log.");
        }

        foreach (var path in new[] { input.Predictions, input.Dynamics, input.Labels }.OfType<string>())
        {
            OwnTables.RequireFile(path);
        }

        var known = Known(input, examples);
        float[]? probabilities = null;
        if (input.Predictions is { } predictions)
        {
            (known, probabilities) = ReadProbabilities(predictions, known!, cancel);
        }

        var log = input.Dynamics is { } dynamics ? TrainingLog.Read(dynamics, known, MeasureCatalog.Of(input.Measures), cancel) : null;
        var all = log?.Known ?? known ?? Of(log!);
        var name = examples?.Provenance.Name ?? DatasetLoader.ShortName(input.Predictions ?? input.Dynamics!);
        IReadOnlyList<(string Name, float[] Values)> measures = log is null ? [] : Spread(log, all, input.Dynamics!);
        var (labelled, kept, decided) = Decide(input, all);
        if (kept is not null)
        {
            probabilities = probabilities is null ? null : Select(probabilities, kept, all.ClassNames.Count);
            if (probabilities is not null && Array.TrueForAll(probabilities, float.IsNaN))
            {
                throw new InputException(
                    $"{input.Decisions!.Path} drops every example that {input.Predictions} says something of: nothing is left to audit."
                );
            }

            measures = [.. measures.Select(m => (m.Name, Select(m.Values, kept, 1)))];
        }

        bool[]? right = decided is null ? null : [.. labelled.Rows.Select(decided.Right.Contains)];
        var own = probabilities is null ? null : OwnPredictions.Of(probabilities, labelled.Labels, all.ClassNames.Count, right);
        return new OwnModelResult
        {
            Name = name,
            Identity = Identity(input, examples, decided?.Identity),
            ClassNames = all.ClassNames,
            Labels = labelled.Labels,
            Rows = labelled.Rows,
            Predictions = own,
            Epochs = log?.Epochs ?? 0,
            Dynamics = measures,
            Score = Score(own, measures.FirstOrDefault(m => m.Name == "aum").Values),
            Decided = decided,
            AllRows = all.Rows,
            Kept = kept,
            Texts =
                kept is null ? examples?.Texts
                : examples?.Texts is { } texts ? [.. kept.Select(row => texts[(int)row])]
                : null,
            KnownRight = right,
            Notes = examples is null ? NotesOn(all, input.Labels ?? input.Dynamics!) : [],
        };
    }

    /// <summary>What is odd about labels that no data set brings: of a data set its reader says it.</summary>
    private static IReadOnlyList<string> NotesOn(LabelledExamples all, string path)
    {
        int[] classes = [.. all.Labels.Distinct().Order()]; // a column may be nobody's label
        var numbers = classes.Index().ToDictionary(c => c.Item, c => (long)c.Index);
        return [.. LabelSigns.In(path, [.. classes.Select(c => all.ClassNames[c])], all.Labels.Select(label => numbers[label]))];
    }

    /// <summary>What people decided, carried out on the examples.</summary>
    private static (LabelledExamples Examples, long[]? Kept, DecidedExamples? Decided) Decide(OwnModelInput input, LabelledExamples all)
    {
        if (input.Decisions is not { } file)
        {
            return (all, null, null);
        }

        var (labels, kept, decided) = DecidedExamples.Decide(
            all.Rows,
            all.ClassNames,
            Array.ConvertAll(all.Labels, label => (long)label),
            file
        );
        if (decided.Changed > 0 && input.Dynamics is { } log)
        {
            throw new InputException(
                $"{file.Path} changes {decided.Changed:N0} labels, and {log} is of a training on the labels as they were; give the log of "
                    + $"a training on the changed ones, or leave it out."
            );
        }

        if (kept.All(row => labels[row] == labels[kept[0]]))
        {
            throw new InputException($"{file.Path} leaves examples of one class, expected at least two.");
        }

        var isAll = kept.Length == labels.Length;
        return (
            all with
            {
                Labels = Array.ConvertAll(kept, row => (int)labels[row]),
                Rows = isAll ? all.Rows : all.Rows.Select(kept),
            },
            isAll ? null : kept,
            decided
        );
    }

    private static float[] Select(float[] values, long[] rows, int width)
    {
        var some = new float[rows.Length * width];
        foreach (var (place, row) in rows.Index())
        {
            values.AsSpan((int)row * width, width).CopyTo(some.AsSpan(place * width));
        }

        return some;
    }

    private static LabelledExamples? Known(OwnModelInput input, Dataset? examples) =>
        (examples, input.Labels, input.Predictions) switch
        {
            ({ } data, _, _) => LabelledExamples.Of(data),
            (null, { } labels, { } predictions) => LabelledExamples.Read(labels, input.LabelColumn, predictions),
            (null, null, { } predictions) => throw new InputException(
                $"{predictions} holds probabilities and no labels, expected the labels too: a data set, or a file with one "
                    + $"label an example."
            ),
            (null, { } labels, null) => throw new InputException($"{labels} has no meaning here: a training log brings its own labels."),
            _ => null,
        };

    private static (LabelledExamples Examples, float[] Values) ReadProbabilities(
        string path,
        LabelledExamples known,
        CancellationToken cancel
    )
    {
        var isArray =
            path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase);
        var (examples, values) = isArray ? ProbabilityArray.Read(path, known) : ProbabilityTable.Read(path, known, cancel);
        ProbabilityCheck.Require(path, values, examples);
        return (examples, values);
    }

    /// <summary>The examples of a log that nothing else is known of: rows where all ids are whole numbers, else names.</summary>
    private static LabelledExamples Of(LogDynamics log)
    {
        var numbers = log
            .Ids.Select(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1)
            .ToArray();
        var areRows = !numbers.Contains(-1);
        return new LabelledExamples(
            "the log",
            log.ClassNames,
            log.Labels,
            SourceRows.Of([.. log.Ids.Select((id, i) => areRows ? new RowIdentity("", numbers[i]) : new RowIdentity(id, null))])
        );
    }

    /// <summary>The measures of a log with an entry for every example.</summary>
    private static IReadOnlyList<(string Name, float[] Values)> Spread(LogDynamics log, LabelledExamples all, string path)
    {
        if (log.Examples.Distinct().Count() < log.Examples.Length)
        {
            var twice = log.Examples.Index().GroupBy(e => e.Item).First(group => group.Count() > 1).Select(e => log.Ids[e.Index]).ToArray();
            throw new InputException($"{path}: the ids {twice[0]} and {twice[1]} are the same example, expected one id an example.");
        }

        return
        [
            .. log.Measures.Select(measure =>
            {
                var values = new float[all.Labels.Length];
                Array.Fill(values, float.NaN);
                foreach (var (i, example) in log.Examples.Index())
                {
                    values[example] = measure.Values[i];
                }

                return (measure.Name, values);
            }),
        ];
    }

    private static double[] Score(OwnPredictions? predictions, float[]? aum)
    {
        var odds = predictions?.SelfConfidence.Select(p => Math.Log(Math.Max(1 - p, Nearest)) - Math.Log(Math.Max(p, Nearest))).ToArray();
        var margins = aum?.Select(value => -(double)value).ToArray();
        return odds is null ? margins!
            : margins is null ? odds
            : [.. Ranked(odds).Zip(Ranked(margins), Mean)];
    }

    private static double Mean(double first, double second) =>
        double.IsNaN(first) ? second
        : double.IsNaN(second) ? first
        : (first + second) / 2;

    /// <summary>Log-odds of ranks: two measures on one scale.</summary>
    private static double[] Ranked(double[] values)
    {
        var sorted = values.Where(v => !double.IsNaN(v)).Order().ToArray();
        return Array.ConvertAll(
            values,
            v =>
                double.IsNaN(v) ? double.NaN
                : Ranks.Share(sorted, v) is var share ? Math.Log(share / (1 - share))
                : 0
        );
    }

    private static string Identity(OwnModelInput input, Dataset? examples, string? corrections)
    {
        using var hash = new ContentHash();
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (
            var (name, path) in new[] { ("predictions", input.Predictions), ("dynamics", input.Dynamics), ("labels", input.Labels) }.Where(
                file => file.Item2 is not null && (examples is null || file.Item1 != "labels") // those of data are in its checksum
            )
        )
        {
            ContentHash.OfFile(path!, digest);
            hash.Add(name, digest);
        }

        SHA256.HashData(
            Encoding.UTF8.GetBytes($"{examples?.Provenance.Name} {examples?.Provenance.Sha256} {string.Join(' ', input.Measures ?? [])}"),
            digest
        );
        hash.Add("data", digest);
        if (corrections is not null)
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(corrections), digest);
            hash.Add("corrections", digest);
        }

        return hash.Result();
    }
}
