using System.Text.Json.Serialization;

namespace Rote.Studies.Claims;

/// <summary>The verdict on a claim.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClaimVerdict>))]
public enum ClaimVerdict
{
    /// <summary>It was measured and its criterion holds, or it claims that training fails and training failed.</summary>
    [JsonStringEnumMemberName("reproduced")]
    Reproduced,

    /// <summary>It was measured and its criterion does not hold, or training failed.</summary>
    [JsonStringEnumMemberName("not reproduced")]
    NotReproduced,

    /// <summary>It was not checked: the scale is too small for it, or the data is not available.</summary>
    [JsonStringEnumMemberName("not run at this scale")]
    NotRunAtThisScale,

    /// <summary>No verdict: a run that it needs is missing or failed for a reason other than the network.</summary>
    [JsonStringEnumMemberName("not run")]
    NotRun,
}
