using Rote.Data.Formats.Tables;
using Rote.Measurement;

namespace Rote.Audits.OwnModel;

/// <summary>A log of a training, read as a stream: of an epoch three numbers an example are kept, and no epoch but the current
/// one.</summary>
internal sealed class TrainingLog
{
    /// <summary>An id and what is kept with it, in bytes, roughly.</summary>
    private const int BytesAnExample = 300;

    private readonly TableRecords _table;
    private readonly LogColumns _columns;
    private readonly LogLabels _classes;
    private readonly ExampleIndex? _index;
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<int> _labels = []; // numbers of logits
    private readonly List<int> _examples = []; // among the known ones
    private readonly double[] _logits;
    private int[] _seen = new int[256]; // the last epoch of each id, from 1
    private float[] _margin = new float[256];
    private float[] _probability = new float[256];
    private float[] _error = new float[256];
    private IExampleMeasure[]? _measures;
    private long _epoch = -1; // as the log numbers it
    private int _number; // from 1
    private int _inEpoch;

    private TrainingLog(TableRecords table, LabelledExamples? known)
    {
        (_table, _columns) = (table, LogColumns.Of(table));
        _classes = new LogLabels(table.Path, _columns, known);
        _index = _classes.Known is { } examples ? new ExampleIndex(examples) : null;
        _logits = new double[_columns.Logits.Length];
    }

    /// <summary>Reads a log.</summary>
    /// <param name="path">A table in any form that is read, ordered by epochs.</param>
    /// <param name="known">The examples that it is about; null: those that it names.</param>
    /// <param name="measures">What is made of it.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>One entry an id.</returns>
    /// <exception cref="InputException">It is no such log, or not whole.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static LogDynamics Read(string path, LabelledExamples? known, IReadOnlyList<MeasureEntry> measures, CancellationToken cancel)
    {
        var epochs = CountEpochs(path, cancel); // what is early depends on it
        using var table = OwnTables.Open(path);
        return new TrainingLog(table, known).Read(measures, epochs, cancel);
    }

    private LogDynamics Read(IReadOnlyList<MeasureEntry> entries, int epochs, CancellationToken cancel)
    {
        for (var row = 0L; _table.Next(); row++)
        {
            if (row % 1000 == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }

            Turn(EpochOf(_table, _columns), entries, epochs);
            Take();
        }

        if (_number == 0)
        {
            throw new InputException($"{_table.Path} has columns and no rows, expected a row an example and epoch.");
        }

        Close(entries, epochs);
        return new LogDynamics(
            _classes.Known,
            _classes.Names,
            _names,
            [.. _labels],
            [.. _examples],
            _number,
            [.. _measures!.SelectMany(measure => measure.Results)]
        );
    }

    /// <summary>Epochs from the first row's to the last row's.</summary>
    private static int CountEpochs(string path, CancellationToken cancel)
    {
        using var table = OwnTables.Open(path);
        var columns = LogColumns.Of(table);
        var (first, last) = (-1L, -1L);
        for (var row = 0L; table.Next(); row++)
        {
            if (row % 1000 == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }

            last = EpochOf(table, columns);
            first = row == 0 ? last : first;
        }

        return (int)Math.Clamp(last - first + 1, 1, int.MaxValue);
    }

    private static long EpochOf(TableRecords table, LogColumns columns) =>
        table.TryNumber(columns.Epoch, out var value) && double.IsInteger(value) && value is >= 0 and < int.MaxValue
            ? (long)value
            : throw new InputException(
                $"{table.Path}: the epoch in {table.Place} is \"{table[columns.Epoch]}\", expected a whole number from 0."
            );

    /// <summary>Goes to an epoch.</summary>
    private void Turn(long epoch, IReadOnlyList<MeasureEntry> entries, int epochs)
    {
        if (epoch == _epoch)
        {
            return;
        }

        if (_number > 0)
        {
            if (epoch != _epoch + 1)
            {
                throw new InputException(
                    epoch < _epoch
                        ? $"{_table.Path}: {_table.Place} is of epoch {epoch} and comes after epoch {_epoch}, expected the "
                            + $"rows in the order of "
                            + $"the epochs; sort them by epoch."
                        : $"{_table.Path} goes from epoch {_epoch} to epoch {epoch} in {_table.Place}, expected every epoch; if you logged "
                            + $"some only, number these 1, 2, 3, …"
                );
            }

            Close(entries, epochs);
        }

        (_epoch, _inEpoch) = (epoch, 0);
        _number++;
    }

    private void Take()
    {
        var id = _table[_columns.Id];
        if (id.Length == 0)
        {
            throw new InputException($"{_table.Path}: the id in {_table.Place} is empty, expected the example's name or number.");
        }

        if (!_ids.TryGetValue(id, out var i))
        {
            i = Add(id);
        }

        if (_seen[i] == _number)
        {
            throw new InputException(
                $"{_table.Path}: {_table.Place} has the id {id} a second time in epoch {_epoch}, expected each example once an epoch."
            );
        }

        (_seen[i], _inEpoch) = (_number, _inEpoch + 1);
        var label = _classes.Of(_table[_columns.Label], _examples[i], _table.Place);
        if (label != _labels[i])
        {
            throw new InputException(
                $"{_table.Path}: the label of {id} is {_classes.Names[label]} in {_table.Place} and was "
                    + $"{_classes.Names[_labels[i]]} before, "
                    + $"expected one label an example."
            );
        }

        for (var k = 0; k < _logits.Length; k++)
        {
            if (!_table.TryNumber(_columns.Logits[k], out _logits[k]) || !double.IsFinite(_logits[k]))
            {
                throw new InputException(
                    $"{_table.Path}: the logit {_table.Columns[_columns.Logits[k]]} in {_table.Place} is "
                        + $"\"{_table[_columns.Logits[k]]}\", expected a finite number."
                );
            }
        }

        var outcome = LogitOutcome.Of(_logits, label);
        (_margin[i], _probability[i], _error[i]) = ((float)outcome.Margin, (float)outcome.LabelProbability, (float)outcome.ErrorNorm);
    }

    private int Add(string id)
    {
        if (_number > 1)
        {
            throw new InputException(
                $"{_table.Path}: {_table.Place} has the id {id}, which the first epoch lacks, expected the same examples in every epoch."
            );
        }

        var example = _index?.Find(id) ?? _names.Count;
        if (example < 0)
        {
            throw new InputException(
                $"{_table.Path}: {_table.Place} has the id {id}, which {_classes.Known!.Source} lacks; expected row numbers "
                    + $"from 0, or names "
                    + $"as {_index!.SomeName}."
            );
        }

        var i = _names.Count;
        if (i == _seen.Length)
        {
            MemoryGuard.Require(_table.Path, "one id", BytesAnExample, 2L * i, "give a log of fewer examples");
            Array.Resize(ref _seen, 2 * i);
            Array.Resize(ref _margin, 2 * i);
            Array.Resize(ref _probability, 2 * i);
            Array.Resize(ref _error, 2 * i);
        }

        _ids.Add(id, i);
        _names.Add(id);
        _examples.Add(example);
        _labels.Add(_classes.Of(_table[_columns.Label], example, _table.Place));
        return i;
    }

    /// <summary>Gives an epoch that is whole to the measures.</summary>
    private void Close(IReadOnlyList<MeasureEntry> entries, int epochs)
    {
        var count = _names.Count;
        if (_inEpoch < count)
        {
            throw new InputException(
                $"{_table.Path} has {_inEpoch:N0} of {count:N0} examples in epoch {_epoch} (it lacks "
                    + $"{_names[Array.FindIndex(_seen, 0, count, n => n != _number)]}), expected the same examples in every "
                    + $"epoch; if the log "
                    + $"was cut there, remove the rows of that epoch."
            );
        }

        _measures ??= [.. entries.Select(entry => entry.Create(count, epochs))];
        var outputs = new EpochOutputs
        {
            Epoch = _number,
            Margin = _margin[..count],
            LabelProbability = _probability[..count],
            ErrorNorm = _error[..count],
        };
        foreach (var measure in _measures)
        {
            measure.Add(outputs);
        }
    }
}

/// <summary>What a training log says.</summary>
/// <param name="Known">The examples with a class a logit; null where the log alone names them.</param>
/// <param name="ClassNames">[K] the class of each logit.</param>
/// <param name="Ids">[n] the ids, in the order of the first epoch.</param>
/// <param name="Labels">[n] the logit of each label.</param>
/// <param name="Examples">[n] which of the known examples each is.</param>
/// <param name="Epochs">How many epochs.</param>
/// <param name="Measures">What the measures of training dynamics keep, each [n].</param>
internal sealed record LogDynamics(
    LabelledExamples? Known,
    IReadOnlyList<string> ClassNames,
    IReadOnlyList<string> Ids,
    int[] Labels,
    int[] Examples,
    int Epochs,
    IReadOnlyList<(string Name, float[] Values)> Measures
);
