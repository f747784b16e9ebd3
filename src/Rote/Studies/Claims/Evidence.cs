using Rote.Experiments;
using Rote.Measurement;
using Rote.Storage;
using Rote.Theory.Representation;
using Rote.Workers;

namespace Rote.Studies.Claims;

/// <summary>The outcomes of a study's runs.</summary>
public sealed class Evidence
{
    private readonly Dictionary<string, RunOutcome> _outcomes;
    private readonly Func<FinishedRun, Estimate>? _criticalSamples;
    private readonly Lazy<Theorem1Result>? _theorem1;

    /// <summary>Collects outcomes.</summary>
    /// <param name="outcomes">One per run.</param>
    /// <param name="criticalSamples">Measures the critical sample ratio of a run; null if no claim needs it.</param>
    /// <param name="theorem1">Constructs Theorem 1's network for the study's data with random labels, on first use; null if no claim needs
    /// it.</param>
    /// <param name="calculations">Closed-form results, calculated on first use; null if no claim needs them.</param>
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

    /// <summary>Closed-form results; null if none are available.</summary>
    public Calculations? Calculations { get; }

    /// <summary>Returns the finished run of an experiment.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <returns>The run.</returns>
    /// <exception cref="NoEvidenceException">The run failed or is missing.</exception>
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

    /// <summary>Whether there is a finished run of an experiment.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <returns>True if <see cref="Run"/> returns it.</returns>
    public bool Has(Experiment experiment) => _outcomes.GetValueOrDefault(experiment.Identity)?.Run is not null;

    /// <summary>Evaluates Theorem 1's network on the study's training examples with random labels.</summary>
    /// <returns>Its result.</returns>
    /// <exception cref="NoEvidenceException">The network is not available here.</exception>
    public Theorem1Result Theorem1() =>
        _theorem1?.Value ?? throw new NoEvidenceException("Theorem 1's network was not made.", isOfTheNetwork: false);

    /// <summary>Measures the critical sample ratio of a run's network.</summary>
    /// <param name="run">A finished run.</param>
    /// <returns>A share in [0, 1].</returns>
    /// <exception cref="NoEvidenceException">The ratio is not measured here.</exception>
    public Estimate CriticalSamples(FinishedRun run) =>
        _criticalSamples?.Invoke(run) ?? throw new NoEvidenceException("Critical samples were not searched for.", isOfTheNetwork: false);
}

/// <summary>A number cannot be measured because a run or result that it rests on is missing.</summary>
public sealed class NoEvidenceException : Exception
{
    /// <summary>Creates it with the reason.</summary>
    /// <param name="sentence">The reason.</param>
    /// <param name="isOfTheNetwork">Whether training failed, which is a finding; a failure of machine, data or plan is none.</param>
    public NoEvidenceException(string sentence, bool isOfTheNetwork)
        : base(sentence) => IsOfTheNetwork = isOfTheNetwork;

    /// <summary>Whether training failed.</summary>
    public bool IsOfTheNetwork { get; }
}
