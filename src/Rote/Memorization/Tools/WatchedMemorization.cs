using System.Text.Json.Serialization;
using Rote.Training;

namespace Rote.Memorization.Tools;

/// <summary>Plain training under which memorization is read after every evaluation, and nothing is done about it.</summary>
/// <remarks>Its whole curve is in one run: the network after each epoch is what stopping there would have given.</remarks>
public sealed record WatchedMemorization : ControlMethod
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "plain training, watched";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsPlain => true;

    /// <inheritdoc/>
    public override TrainingMethod Create(ControlSetting setting) => new WatchedTraining(setting);
}
