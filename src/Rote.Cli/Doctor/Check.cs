using System.Text.Json.Serialization;

namespace Rote.Cli.Doctor;

/// <summary>How a check ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckStatus>))]
internal enum CheckStatus
{
    /// <summary>Good to know; nothing that a command needs.</summary>
    [JsonStringEnumMemberName("note")]
    Note,

    /// <summary>Nothing to do.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>Works, but slower or with less than it could.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>Something needed is missing.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,
}

/// <summary>One line of doctor's answer.</summary>
/// <param name="Name">What was looked at, in a word or two.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Found">What was found.</param>
/// <param name="Advice">What to do, as a sentence; null where nothing is to be done.</param>
internal sealed record Check(string Name, CheckStatus Status, string Found, string? Advice = null);
