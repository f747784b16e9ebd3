namespace Rote.Memorization.Dial;

/// <summary>One of the stages in which labels are released, after the learning phase.</summary>
/// <param name="Dial">The dial that it works as: degree and parts.</param>
/// <param name="Epochs">Epochs that it takes; null: all that are left.</param>
internal readonly record struct ReleaseStage(MemorizationDial Dial, int? Epochs);
