using Rote.Tensors;

namespace Rote.Studies.Claims;

/// <summary>A paper, or a set of experiments of one's own, as claims that are checked: what <c>rote reproduce</c> runs.</summary>
public interface IStudy
{
    /// <summary>Its name: lower-case letters, digits and hyphens, as <c>zhang2017</c>.</summary>
    string Name { get; }

    /// <summary>The title of its page.</summary>
    string Title { get; }

    /// <summary>Who says it, as "Zhang, Bengio, Hardt, Recht and Vinyals 2017".</summary>
    string Source { get; }

    /// <summary>Plans it at one scale.</summary>
    /// <param name="scale">Its name; null: the study's usual one.</param>
    /// <param name="seeds">Seeds 1 to this one, from 1 to 1000.</param>
    /// <param name="precision">The format that layers compute in.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="InputException">The scale is not known, or the number of seeds is out of range.</exception>
    StudyPlan Plan(string? scale, int seeds, Precision precision);
}
