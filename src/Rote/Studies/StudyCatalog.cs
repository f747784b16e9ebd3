using Rote.Studies.Arpit2017;
using Rote.Studies.BenignKernels;
using Rote.Studies.Claims;
using Rote.Studies.ComplexityMeasures;
using Rote.Studies.DoubleDescent;
using Rote.Studies.Feldman2020;
using Rote.Studies.ImageNetSized;
using Rote.Studies.Nakkiran2020;
using Rote.Studies.RuleAfterRote;
using Rote.Studies.Zhang2017;

namespace Rote.Studies;

/// <summary>The studies that <c>rote reproduce</c> knows by name.</summary>
public static class StudyCatalog
{
    private static readonly Registry<IStudy> Registered = new(
        "study",
        study => study.Name,
        new ZhangStudy(),
        new SizedStudy(),
        new RuleStudy(),
        new DescentStudy(),
        new NakkiranStudy(),
        new BenignStudy(),
        new ArpitStudy(),
        new FeldmanStudy(),
        new ComplexityStudy()
    );

    /// <summary>Every study, the built-in ones first.</summary>
    public static IReadOnlyList<IStudy> Studies => Registered.All;

    /// <summary>Finds a study by its name.</summary>
    /// <param name="name">The name of one of <see cref="Studies"/>.</param>
    /// <exception cref="InputException">The name is not known.</exception>
    public static IStudy Find(string name) => Nearest.Named("study", name, Studies, study => study.Name);

    /// <summary>Adds a study from another assembly; adding the same study twice has no effect. See samples/Extending.</summary>
    /// <param name="study">The study.</param>
    /// <exception cref="ArgumentException">Another study has the same name.</exception>
    public static void Register(IStudy study) => Registered.Add(study);
}
