using Rote.Tensors;

namespace Rote.Studies.Claims;

/// <summary>A paper, or one's own set of experiments, as claims that <c>rote reproduce</c> checks.</summary>
public interface IStudy
{
    /// <summary>Its name: lower-case letters, digits and hyphens, as <c>zhang2017</c>.</summary>
    string Name { get; }

    /// <summary>The title of its page.</summary>
    string Title { get; }

    /// <summary>The authors and year, as "Zhang, Bengio, Hardt, Recht and Vinyals 2017".</summary>
    string Source { get; }

    /// <summary>Plans the study at one scale.</summary>
    /// <param name="scale">Name of the scale; null: the study's default.</param>
    /// <param name="seeds">Number of seeds, 1 to 1000; the seeds are 1 to this number.</param>
    /// <param name="precision">The number format of the layers' computation.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="InputException">The scale is unknown, or the number of seeds is out of range.</exception>
    StudyPlan Plan(string? scale, int seeds, Precision precision);
}
