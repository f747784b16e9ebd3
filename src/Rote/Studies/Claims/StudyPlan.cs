using Rote.Corruptions;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Recipes;
using Rote.Workers;

namespace Rote.Studies.Claims;

/// <summary>A study at one scale: its claims, and the description of its sizes.</summary>
public abstract class StudyPlan
{
    /// <summary>Creates a plan.</summary>
    /// <param name="scale">Name of the scale.</param>
    /// <param name="seeds">Number of seeds; the seeds are 1 to this number.</param>
    /// <exception cref="InputException">The number of seeds is not in [1, 1000].</exception>
    protected StudyPlan(string scale, int seeds) =>
        (Name, Seeds) = (
            scale,
            seeds is >= 1 and <= 1000 ? seeds : throw new InputException($"The number of seeds is {seeds}, expected 1 to 1000.")
        );

    /// <summary>The scale's name.</summary>
    public string Name { get; }

    /// <summary>The number of seeds of every experiment.</summary>
    public int Seeds { get; }

    /// <summary>The purpose of the scale, in a sentence or two.</summary>
    public abstract string Purpose { get; }

    /// <summary>Catalog name of the data.</summary>
    public abstract string Data { get; }

    /// <summary>Whether the scale only tests that everything runs, so that its verdicts mean nothing. Default false.</summary>
    public virtual bool IsRehearsal => false;

    /// <summary>The number of test examples around which to search for critical samples, if a claim needs them. Default 1000.</summary>
    public virtual int CriticalExamples => 1000;

    /// <summary>The box and the settings of the search for critical samples.</summary>
    public virtual CriticalSearch CriticalSearch => new();

    /// <summary>The differences from the paper, a sentence each. Default: none.</summary>
    public virtual IReadOnlyList<(string Thing, string Sentence)> Differences => [];

    /// <summary>The sizes and their reasons. Default: none.</summary>
    public virtual IReadOnlyList<(string Thing, string Sentence)> Sizes => [];

    /// <summary>Returns all claims in the paper's order, including extra ones and those that this scale does not check.</summary>
    public abstract IReadOnlyList<Claim> Claims();

    /// <summary>Returns the title of a run in progress. Default: network, corruption and seed.</summary>
    /// <param name="experiment">The run's experiment.</param>
    public virtual string TitleOf(Experiment experiment) =>
        $"{experiment.Network.Title}, {experiment.Corruption.GetType().Name}, seed {experiment.Seed}";

    /// <summary>Draws the figures for which there are runs. Default: none.</summary>
    /// <param name="evidence">The runs.</param>
    public virtual IReadOnlyList<StudyFigure> Figures(Evidence evidence) => [];

    /// <summary>Returns the tables for which there are runs. Default: none.</summary>
    /// <param name="evidence">The runs.</param>
    public virtual IReadOnlyList<StudyTable> Tables(Evidence evidence) => [];

    /// <summary>Returns the fitting time of each kind of data. Default: none.</summary>
    /// <param name="evidence">The runs.</param>
    public virtual IReadOnlyList<FittingRow> FittingTimes(Evidence evidence) => [];

    /// <summary>Collects the runs that claims rest on.</summary>
    /// <param name="claims">The selected claims.</param>
    /// <returns>Each run once. Fast networks come first, so that the first results come early. The slowest fits of a network come first, so
    /// that no worker waits long at the end.</returns>
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
