using Rote.Experiments;
using Rote.Measurement;
using Rote.Storage;
using Rote.Theory.Representation;
using Rote.Workers;

namespace Rote.Studies.Claims;

/// <summary>The runs of a study as they came out.</summary>
public sealed class Evidence
{
    private readonly Dictionary<string, RunOutcome> _outcomes;
    private readonly Func<FinishedRun, Estimate>? _criticalSamples;
    private readonly Lazy<Theorem1Result>? _theorem1;

    /// <summary>Gathers outcomes.</summary>
    /// <param name="outcomes">One a run.</param>
    /// <param name="criticalSamples">Measures the critical sample ratio of a run; null where none is asked for.</param>
    /// <param name="theorem1">Makes Theorem 1's network for the study's data with random labels, when it is first asked for; null where it
    /// never is.</param>
    /// <param name="calculations">Results in closed form, made when they are first asked for; null where none ever are.</param>
    public Evidence(
        IEnumerable<RunOutcome> outcomes,
        Func<FinishedRun, Estimate>? criticalSamples = null,
        Func<Theorem1Result>? theorem1 = null,
        Calculations? calculations = null
    )
    {
        Calculations = calculations;
        _outcomes = outcomes
            .DistinctBy(outcome => outcome.Request.Experiment.Identity)
            .ToDictionary(outcome => outcome.Request.Experiment.Identity);
        _criticalSamples = criticalSamples;
        _theorem1 = theorem1 is null ? null : new Lazy<Theorem1Result>(theorem1);
    }

    /// <summary>Results in closed form; null where none are made.</summary>
    public Calculations? Calculations { get; }

    /// <summary>The finished run of an experiment.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <returns>The run.</returns>
    /// <exception cref="NoEvidenceException">The run failed, or there is none.</exception>
    public FinishedRun Run(Experiment experiment) =>
        _outcomes.GetValueOrDefault(experiment.Identity) switch
        {
            { Run: { } run } => run,
            { Failure: { } failure } => throw new NoEvidenceException(
                failure.Sentence,
                isOfTheNetwork: failure.Kind == FailureKind.Training
            ),
            _ => throw new NoEvidenceException("The run was not made.", isOfTheNetwork: false),
        };

    /// <summary>Whether an experiment is among the runs and finished.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <returns>True if <see cref="Run"/> gives it.</returns>
    public bool Has(Experiment experiment) => _outcomes.GetValueOrDefault(experiment.Identity)?.Run is not null;

    /// <summary>Theorem 1's network for the study's training examples with random labels.</summary>
    /// <returns>What it gives.</returns>
    /// <exception cref="NoEvidenceException">It is not made here.</exception>
    public Theorem1Result Theorem1() =>
        _theorem1?.Value ?? throw new NoEvidenceException("Theorem 1's network was not made.", isOfTheNetwork: false);

    /// <summary>The critical sample ratio of a run's network.</summary>
    /// <param name="run">A finished run.</param>
    /// <returns>A share in [0, 1].</returns>
    /// <exception cref="NoEvidenceException">It is not measured here.</exception>
    public Estimate CriticalSamples(FinishedRun run) =>
        _criticalSamples?.Invoke(run) ?? throw new NoEvidenceException("Critical samples were not searched for.", isOfTheNetwork: false);
}

/// <summary>A number cannot be measured because a run it rests on came to nothing.</summary>
public sealed class NoEvidenceException : Exception
{
    /// <summary>With the reason.</summary>
    /// <param name="sentence">What happened.</param>
    /// <param name="isOfTheNetwork">Whether it was training that failed, which is a finding, and not machine, data or plan, which is
    /// none.</param>
    public NoEvidenceException(string sentence, bool isOfTheNetwork)
        : base(sentence) => IsOfTheNetwork = isOfTheNetwork;

    /// <summary>Whether it was training that failed.</summary>
    public bool IsOfTheNetwork { get; }
}
