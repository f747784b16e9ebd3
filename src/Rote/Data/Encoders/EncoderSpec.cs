namespace Rote.Data.Encoders;

/// <summary>The encoder that made the vectors of a data set; part of the data's name in experiments.</summary>
/// <param name="Name">The encoder's name for users, as <c>resnet18=112</c>.</param>
/// <param name="Identity">As <see cref="IEncoder.Identity"/>.</param>
public sealed record EncoderSpec(string Name, string Identity)
{
    /// <summary>SHA-256 of all that decides the vectors, 64 lower-case hexadecimal digits: <see cref="IEncoder.Identity"/>.</summary>
    /// <exception cref="InputException">The value is not a SHA-256.</exception>
    public string Identity { get; init; } =
        Identity is { Length: 64 } && Identity.All(char.IsAsciiHexDigitLower)
            ? Identity
            : throw new InputException($"The identity of an encoder is \"{Identity}\", expected 64 lower-case hexadecimal digits.");

    /// <summary>The spec of an encoder.</summary>
    /// <param name="encoder">The encoder.</param>
    public static EncoderSpec Of(IEncoder encoder) => new(encoder.Name, encoder.Identity);
}
