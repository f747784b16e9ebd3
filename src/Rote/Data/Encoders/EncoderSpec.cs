namespace Rote.Data.Encoders;

/// <summary>Which encoder made the vectors of a data set: a part of what an experiment calls its data.</summary>
/// <param name="Name">What it is called, as <see cref="IEncoder.Name"/>.</param>
/// <param name="Identity">As <see cref="IEncoder.Identity"/>.</param>
public sealed record EncoderSpec(string Name, string Identity)
{
    /// <summary>SHA-256 of all that decides the vectors, 64 lower-case hexadecimal digits: <see cref="IEncoder.Identity"/>.</summary>
    /// <exception cref="InputException">The value is no SHA-256.</exception>
    public string Identity { get; init; } =
        Identity is { Length: 64 } && Identity.All(char.IsAsciiHexDigitLower)
            ? Identity
            : throw new InputException($"The identity of an encoder is \"{Identity}\", expected 64 lower-case hexadecimal digits.");

    /// <summary>What an experiment says of an encoder.</summary>
    /// <param name="encoder">The encoder.</param>
    public static EncoderSpec Of(IEncoder encoder) => new(encoder.Name, encoder.Identity);
}
