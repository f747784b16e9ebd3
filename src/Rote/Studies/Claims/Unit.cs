using System.Text.Json.Serialization;

namespace Rote.Studies.Claims;

/// <summary>The unit of a claim's number.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Unit>))]
public enum Unit
{
    /// <summary>A share in [0, 1], shown in percent.</summary>
    [JsonStringEnumMemberName("share")]
    Share,

    /// <summary>A difference of two shares, in [−1, 1], shown in percentage points.</summary>
    [JsonStringEnumMemberName("points")]
    Points,

    /// <summary>A ratio of two times or other quantities.</summary>
    [JsonStringEnumMemberName("ratio")]
    Ratio,

    /// <summary>A plain number.</summary>
    [JsonStringEnumMemberName("number")]
    Number,
}
