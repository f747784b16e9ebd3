using System.Globalization;
using Rote.Data.Labels;

namespace Rote.Audits.OwnModel;

/// <summary>The labels of a training log as the numbers of its logits.</summary>
internal sealed class LogLabels
{
    private readonly string _path;
    private readonly LabelledExamples? _known;
    private readonly int[] _logitOf; // of each class
    private readonly IReadOnlyList<string> _names; // of each logit
    private readonly Dictionary<string, int> _byName;

    /// <param name="path">The log, for messages.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="known">What is known of the examples; null: nothing.</param>
    /// <exception cref="InputException">The logits do not fit the classes.</exception>
    public LogLabels(string path, LogColumns columns, LabelledExamples? known)
    {
        _path = path;
        _known = columns.Names is null ? known?.InColumns(path, columns.Logits.Length) : known;
        int[] classes =
            _known is not null && columns.Names is { } named
                ? _known.ClassesOf(path, named)
                : [.. Enumerable.Range(0, columns.Logits.Length)];
        _logitOf = new int[classes.Length];
        foreach (var (logit, k) in classes.Index())
        {
            _logitOf[k] = logit;
        }

        _names =
            _known is not null ? [.. classes.Select(k => _known.ClassNames[k])]
            : columns.Names is { } own ? [.. own.Select(LabelTexts.Clean)]
            : [.. Enumerable.Range(0, columns.Logits.Length).Select(k => k.ToString(CultureInfo.InvariantCulture))];
        _byName = [];
        foreach (var (k, name) in _names.Index())
        {
            _byName.TryAdd(name, k);
        }
    }

    /// <summary>The examples with a class a logit; null where nothing is known of them.</summary>
    public LabelledExamples? Known => _known;

    /// <summary>[K] the class of each logit.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The logit that is a row's label.</summary>
    /// <param name="text">The label: the class's name, or its number from 0.</param>
    /// <param name="example">The example among the known ones.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <returns>In [0, K).</returns>
    /// <exception cref="InputException">It is none, or another than is known.</exception>
    public int Of(string text, int example, string place)
    {
        var byName = _byName.GetValueOrDefault(LabelTexts.Clean(text), -1);
        var byNumber =
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsInteger(number)
            && number >= 0
            && number < _names.Count
                ? (int)number
                : -1;
        if (byName < 0 && byNumber < 0)
        {
            throw new InputException(
                $"{_path}: the label in {place} is \"{text}\", expected one of the {_names.Count:N0} classes of the logits "
                    + $"({LabelledExamples.Words(_names)}), by name or by number from 0."
            );
        }

        if (_known is null)
        {
            return byName >= 0 ? byName : byNumber;
        }

        // a number may be a class's name or its place: what is known decides
        var given = _logitOf[_known.Labels[example]];
        return given == byName || given == byNumber
            ? given
            : throw new InputException(
                $"{_path}: the label of {_known.Rows[example].Name} in {place} is {text}, and {_known.Source} has "
                    + $"{_known.ClassNames[_known.Labels[example]]}; expected the labels that the log's training was given to be those."
            );
    }
}
