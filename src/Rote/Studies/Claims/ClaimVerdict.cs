using System.Text.Json.Serialization;

namespace Rote.Studies.Claims;

/// <summary>What came of a claim.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClaimVerdict>))]
public enum ClaimVerdict
{
    /// <summary>It was measured, and its criterion holds.</summary>
    [JsonStringEnumMemberName("reproduced")]
    Reproduced,

    /// <summary>It was measured, or training failed, and its criterion does not hold.</summary>
    [JsonStringEnumMemberName("not reproduced")]
    NotReproduced,

    /// <summary>The scale is too small for it, or the data is not to be had: nobody looked.</summary>
    [JsonStringEnumMemberName("not run at this scale")]
    NotRunAtThisScale,

    /// <summary>A run it needs came to nothing for a reason that is not the network's: no verdict.</summary>
    [JsonStringEnumMemberName("not run")]
    NotRun,
}
