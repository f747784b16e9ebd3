using Rote.Corruptions;
using Rote.Data;
using Rote.Foundation;
using Rote.Measurement;
using Rote.Networks;
using Rote.Studies;
using Rote.Training.Losses;
using Rote.Training.Optimizers;
using Rote.Training.Schedules;

namespace Extending;

/// <summary>One line for each class of this project: from then on <c>rote</c> knows it by name.</summary>
public sealed class Extension : IExtension
{
    /// <inheritdoc/>
    public void Register()
    {
        NetworkCatalog.Register("tiny-conv", _ => new TinyConv());
        LossCatalog.Register("mae", _ => new MeanAbsoluteError());
        CorruptionCatalog.Register("occlusion", side => new Occlusion { Side = (int)(side ?? Occlusion.DefaultSide) });
        ScheduleCatalog.Register("warm-restarts", epochs => new WarmRestarts { Every = (int)(epochs ?? WarmRestarts.DefaultEvery) });
        OptimizerCatalog.Register("lion", beta => new Lion { Beta2 = beta ?? Lion.DefaultBeta2 });
        DatasetLoader.Register(new SvmReader());
        StudyCatalog.Register(new FitStudy());
        MeasureCatalog.Register(new("last-wrong", [new("lastWrong", 1)], (examples, _) => new LastWrong(examples)));
    }
}
