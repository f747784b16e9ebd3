using System.Text.Json.Serialization;

namespace Rote.Data;

/// <summary>How a picture that is not square becomes square.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PictureFit>))]
public enum PictureFit
{
    /// <summary>The central square of the shorter side is cut out; what lies beside it is lost.</summary>
    [JsonStringEnumMemberName("crop")]
    Crop,

    /// <summary>The whole picture is scaled by one factor, and the rest of the square is grey (128 of 255): neither dark nor bright
    /// content.</summary>
    [JsonStringEnumMemberName("pad")]
    Pad,

    /// <summary>The whole picture is scaled by two factors: nothing is lost, and proportions change.</summary>
    [JsonStringEnumMemberName("squash")]
    Squash,
}
