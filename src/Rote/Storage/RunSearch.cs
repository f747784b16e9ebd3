namespace Rote.Storage;

/// <summary>Finds the one run that a user means by a few letters.</summary>
internal static class RunSearch
{
    private const int Candidates = 5;

    /// <summary>A folder's name on the systems we know has at most 255 bytes.</summary>
    private const int LongestName = 255;

    private const int ShortIdentity = 12;

    /// <summary>The one name that a word matches.</summary>
    /// <param name="word">Not empty, without a folder separator.</param>
    /// <param name="names">The names of all runs' folders.</param>
    /// <param name="identity">The identity of the run of that name; null where it is not known.</param>
    /// <param name="root">Where they lie, for the sentence.</param>
    /// <returns>The name; null if none matches.</returns>
    /// <exception cref="InputException">Several match.</exception>
    public static string? Find(string word, IReadOnlyList<string> names, Func<string, string?> identity, string root)
    {
        if (names.Contains(word, StringComparer.Ordinal))
        {
            return word;
        }

        if (Only(word, root, [.. names.Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase))]) is { } begins)
        {
            return begins;
        }

        if (word.Length > ShortIdentity && word.All(char.IsAsciiHexDigit))
        {
            // Names hold the first digits only; the rest is in the experiment.
            return names
                .Where(name => name.StartsWith(word[..ShortIdentity], StringComparison.OrdinalIgnoreCase))
                .FirstOrDefault(name => identity(name)?.StartsWith(word, StringComparison.OrdinalIgnoreCase) == true);
        }

        return Only(word, root, [.. names.Where(name => name.Contains(word, StringComparison.OrdinalIgnoreCase))]);
    }

    /// <summary>The error for a word that matches no run.</summary>
    public static InputException Unknown(string word, IReadOnlyList<string> names, string root)
    {
        if (names.Count == 0)
        {
            return new InputException(
                $"There is no run \"{Show(word)}\": {root} holds none; 'rote train' and 'rote quickstart' make some, and another folder "
                    + $"is named with {Setting.Runs}."
            );
        }

        // A typing error is looked for in what people type: the digits, the words behind them, or the whole.
        var known = names.SelectMany(name => Parts(name).Select(part => (Part: part, Name: name))).ToArray();
        var nearest = word.Length <= LongestName ? Nearest.To(word, known.Select(k => k.Part)) : null;
        var meant = nearest is null ? "" : $"did you mean {Show(known.First(k => k.Part == nearest).Name)}? ";
        return new InputException(
            $"There is no run \"{Show(word)}\" in {root}; {meant}'rote runs list' lists the {names.Count} that are there."
        );
    }

    /// <summary>A text of the user's or a folder's name, fit for one line of a terminal.</summary>
    public static string Show(string text) => Shortened.Beginning(RoteException.Printable(text), 120);

    private static string? Only(string word, string root, string[] fitting) =>
        fitting switch
        {
            [] => null,
            [var one] => one,
            _ => throw new InputException(
                $"\"{Show(word)}\" fits {fitting.Length} runs of {root}: "
                    + $"{string.Join(", ", fitting.Order(StringComparer.Ordinal).Take(Candidates).Select(Show))}"
                    + $"{(fitting.Length > Candidates ? ", …" : "")}; type more of the name."
            ),
        };

    private static IEnumerable<string> Parts(string name)
    {
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 ? [name, name[..dash], name[(dash + 1)..]] : [name];
    }
}
