using Rote.Corruptions;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Recipes;
using Rote.Workers;

namespace Rote.Studies.Claims;

/// <summary>A study at one scale: its claims, and what is said of its sizes.</summary>
public abstract class StudyPlan
{
    /// <summary>A plan.</summary>
    /// <param name="scale">Name of the scale.</param>
    /// <param name="seeds">Seeds 1 to this one.</param>
    /// <exception cref="InputException">The number of seeds is not in [1, 1000].</exception>
    protected StudyPlan(string scale, int seeds) =>
        (Name, Seeds) = (
            scale,
            seeds is >= 1 and <= 1000 ? seeds : throw new InputException($"The number of seeds is {seeds}, expected 1 to 1000.")
        );

    /// <summary>The scale's name.</summary>
    public string Name { get; }

    /// <summary>How many seeds everything is run with.</summary>
    public int Seeds { get; }

    /// <summary>What the scale is for, in a sentence or two.</summary>
    public abstract string Purpose { get; }

    /// <summary>Catalog name of the data.</summary>
    public abstract string Data { get; }

    /// <summary>Whether the scale only shows that everything works, so that its verdicts say nothing. Default false.</summary>
    public virtual bool IsRehearsal => false;

    /// <summary>Around how many test examples critical samples are searched for, where a claim asks for that. Default 1000.</summary>
    public virtual int CriticalExamples => 1000;

    /// <summary>The box and the search for critical samples.</summary>
    public virtual CriticalSearch CriticalSearch => new();

    /// <summary>What differs from the paper, each in a sentence. Default: nothing.</summary>
    public virtual IReadOnlyList<(string Thing, string Sentence)> Differences => [];

    /// <summary>The sizes, and why they are these. Default: nothing.</summary>
    public virtual IReadOnlyList<(string Thing, string Sentence)> Sizes => [];

    /// <summary>All claims, in the paper's order; extra ones and those that are not looked at at this scale among them.</summary>
    public abstract IReadOnlyList<Claim> Claims();

    /// <summary>What a run is called while it is made. Default: network and corruption.</summary>
    /// <param name="experiment">The run's experiment.</param>
    public virtual string TitleOf(Experiment experiment) =>
        $"{experiment.Network.Title}, {experiment.Corruption.GetType().Name}, seed {experiment.Seed}";

    /// <summary>The figures, as far as there are runs for them. Default: none.</summary>
    /// <param name="evidence">The runs.</param>
    public virtual IReadOnlyList<StudyFigure> Figures(Evidence evidence) => [];

    /// <summary>How long each kind of data takes to be fitted. Default: nothing.</summary>
    /// <param name="evidence">The runs.</param>
    public virtual IReadOnlyList<FittingRow> FittingTimes(Evidence evidence) => [];

    /// <summary>The runs that claims rest on.</summary>
    /// <param name="claims">The claims asked for.</param>
    /// <returns>Each run once; those of the fastest networks first, so that the first results come early, and of a network those first that
    /// fit last, so that at the end no worker waits for long.</returns>
    public IReadOnlyList<RunRequest> Requests(IEnumerable<Claim> claims) =>
        [
            .. claims
                .Where(claim => claim.NotAtThisScale is null)
                .SelectMany(claim => claim.Needs)
                .DistinctBy(experiment => experiment.Identity)
                .OrderBy(experiment => NetworkRecipes.Of(experiment.Network).Cost)
                .ThenBy(experiment =>
                    experiment.Corruption is RandomLabels ? 0
                    : experiment.Corruption.ReplacesPixels ? 2
                    : 1
                )
                .Select(experiment => new RunRequest(experiment) { Title = TitleOf(experiment) }),
        ];
}
