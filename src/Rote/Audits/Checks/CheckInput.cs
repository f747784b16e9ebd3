using Rote.Data;
using Rote.Measurement;
using Rote.Tensors;
using Rote.Training;

namespace Rote.Audits.Checks;

/// <summary>What checks look at. What several of them need is measured once, when the first one asks for it.</summary>
public sealed class CheckInput
{
    /// <summary>More examples than this are not compared with each other: the work grows with their square.</summary>
    private const int MostCompared = 100_000;

    private readonly CancellationToken _cancel;
    private readonly IProgress<CheckProgress>? _progress;
    private Duplicates? _duplicates;
    private bool _isCompared;

    /// <param name="examples">The data; still the caller's.</param>
    /// <param name="progress">Told what is being done; null for silence.</param>
    /// <param name="cancel">Stops.</param>
    public CheckInput(Dataset examples, IProgress<CheckProgress>? progress = null, CancellationToken cancel = default)
    {
        (Examples, _progress, _cancel) = (examples, progress, cancel);
        Labels = Array.ConvertAll(examples.Labels.data<long>().ToArray(), label => (int)label);
    }

    /// <summary>The data.</summary>
    public Dataset Examples { get; }

    /// <summary>[N] class numbers.</summary>
    public int[] Labels { get; }

    /// <summary>Test examples of the data's own; null where it brought none.</summary>
    public Dataset? Test { get; init; }

    /// <summary>The same examples as a frozen encoder sees them; null without one.</summary>
    public Dataset? Vectors { get; init; }

    /// <summary>[N] whether networks that were not trained on an example predict its label; null of one that all were trained on. Null
    /// where no network was asked.</summary>
    public bool?[]? IsPredicted { get; init; }

    /// <summary>Examples that stand there twice, as an audit has found them; looked for where they are not given.</summary>
    public Duplicates? Duplicates
    {
        get => _duplicates ??= FindDuplicates();
        init => _duplicates = value;
    }

    /// <summary>Numbers of every picture; null where the examples are no pictures.</summary>
    public PictureStatistics? Pictures =>
        Examples.IsVectors ? null : field ??= PictureStatistics.Of(Examples, Report("Measuring pictures"), _cancel);

    /// <summary>Pictures that a check has named already: a black one is dark, of one colour and unlike all others, and once is
    /// enough.</summary>
    internal HashSet<int> Named { get; } = [];

    internal IProgress<double> Report(string part) => new Part(part, _progress);

    /// <summary>Twins by what a picture looks like from afar, or by the vectors themselves.</summary>
    private Duplicates? FindDuplicates()
    {
        if (_isCompared || Examples.Count > MostCompared)
        {
            return null;
        }

        _isCompared = true;
        Report("Looking for examples that stand there twice").Report(0);
        using var scope = TorchSharp.torch.NewDisposeScope();
        var standard = Examples.IsVectors ? VectorFeatures.Of(Examples) : null;
        using var examples = standard?.Standardize(Examples) ?? Examples.With();
        using var test = Test is { } own ? standard?.Standardize(own) ?? own.With() : null;
        using var prepared = PreparedData.From(examples, Precision.Float32);
        var near = ClassNeighbours.Of(Thumbs.Of(prepared, _cancel), new int[Examples.Count], 1, queries: null, _cancel);
        return Duplicates.Find(examples, test, prepared, near, _cancel, data => Thumbs.Of(data, _cancel));
    }

    private sealed class Part(string part, IProgress<CheckProgress>? progress) : IProgress<double>
    {
        public void Report(double value) => progress?.Report(new CheckProgress(part, value));
    }
}

/// <summary>How far checks are.</summary>
/// <param name="Part">What is being done, in words.</param>
/// <param name="Fraction">How much of it is done, in [0, 1].</param>
public sealed record CheckProgress(string Part, double Fraction);
