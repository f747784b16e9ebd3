using System.Globalization;

namespace Rote.Foundation;

/// <summary>A name with a number, as <c>step=30</c>: how schedules and losses are chosen by name.</summary>
internal static class NamedValue
{
    /// <summary>Splits the text.</summary>
    /// <param name="kind">What is named, for the message.</param>
    /// <param name="text">A name, or a name, an equals sign and a number.</param>
    /// <returns>The name, and the number; null where there is none.</returns>
    /// <exception cref="InputException">The text after the equals sign is no number.</exception>
    public static (string Name, double? Value) Of(string kind, string text) =>
        text.Split('=', 2) switch
        {
            [var name] => (name, null),
            [var name, var number] when double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => (
                name,
                value
            ),
            var parts => throw new InputException($"The {kind} '{text}' has '{parts[1]}' where a number is expected."),
        };
}
