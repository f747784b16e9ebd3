namespace Rote.Memorization.Dial;

/// <summary>The dial at work: a learning phase, then a release phase in which labels are let through to be memorized.</summary>
/// <param name="dial">The dial.</param>
/// <param name="setting">The run.</param>
internal sealed class DialTraining(MemorizationDial dial, ControlSetting setting)
    : ReleaseTraining(setting, new LearningPhase(dial, setting.Recipe, setting.Data.Train.Count), [new ReleaseStage(dial, null)]),
        IDistrusts
{
    /// <inheritdoc/>
    public IReadOnlyList<DistrustedLabel> Distrusted() => IsReleasing ? Phase.Distrusted(Memory) : [];
}
