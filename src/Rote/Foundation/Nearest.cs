namespace Rote.Foundation;

/// <summary>Finds what the user probably meant, for messages about unknown names.</summary>
public static class Nearest
{
    /// <summary>The sentence about a name that is not known, with the nearest known one and all others.</summary>
    /// <param name="kind">What is named, as <c>data set</c> or <c>network</c>.</param>
    /// <param name="name">The name found.</param>
    /// <param name="known">All names that would do, at least one.</param>
    /// <returns>The exception to throw.</returns>
    public static InputException Unknown(string kind, string name, IReadOnlyCollection<string> known)
    {
        return new InputException($"There is no {kind} \"{name}\"; {Advice(name, known)}");
    }

    /// <summary>The thing with a name.</summary>
    /// <typeparam name="T">What is named.</typeparam>
    /// <param name="kind">It in a word, as <c>scale</c>.</param>
    /// <param name="name">The name asked for.</param>
    /// <param name="known">All that have one, at least one.</param>
    /// <param name="nameOf">The name of one.</param>
    /// <exception cref="InputException">None has the name; the message suggests the nearest.</exception>
    internal static T Named<T>(string kind, string name, IReadOnlyList<T> known, Func<T, string> nameOf)
        where T : class => known.FirstOrDefault(one => nameOf(one) == name) ?? throw Unknown(kind, name, [.. known.Select(nameOf)]);

    /// <summary>What to choose instead of a name that is not known.</summary>
    /// <param name="name">The name found.</param>
    /// <param name="known">All names that would do, at least one.</param>
    /// <returns>The end of a sentence: the nearest name and the others, or all of them.</returns>
    internal static string Advice(string name, IReadOnlyCollection<string> known)
    {
        var nearest = To(name, known);
        var others = known.Where(k => k != nearest).ToArray();
        return (nearest, others.Length) switch
        {
            (null, 0) => "there is none to choose.",
            (null, 1) => $"the only one is {others[0]}.",
            (null, _) => $"choose one of {string.Join(", ", others)}.",
            (_, 0) => $"did you mean {nearest}? (There is no other.)",
            (_, 1) => $"did you mean {nearest}? (The other is {others[0]}.)",
            _ => $"did you mean {nearest}? (The others are {string.Join(", ", others)}.)",
        };
    }

    /// <summary>The known name that is nearest to a word.</summary>
    /// <param name="word">What was typed; upper and lower case are the same.</param>
    /// <param name="known">The names to choose from; of equally near ones the first is taken.</param>
    /// <returns>The nearest name, or null where none is closer than half of the longer word's letters.</returns>
    public static string? To(string word, IEnumerable<string> known)
    {
        var (best, bestDistance) = ((string?)null, double.PositiveInfinity);
        foreach (var name in known)
        {
            // The beginning of a name is a name typed half, however long the rest is.
            var isBeginning = word.Length >= 2 && name.StartsWith(word, StringComparison.OrdinalIgnoreCase);
            var distance = isBeginning ? 1 : Distance(word, name);
            if (distance < bestDistance && distance <= Math.Max(word.Length, name.Length) / 2.0)
            {
                (best, bestDistance) = (name, distance);
            }
        }

        return best;
    }

    /// <summary>How many letters must be inserted, deleted or replaced to turn one word into the other, ignoring case.</summary>
    /// <param name="left">A word.</param>
    /// <param name="right">Another.</param>
    /// <returns>0 for equal words, at most the length of the longer one.</returns>
    /// <remarks>Source: Levenshtein 1966; the row-by-row form of Wagner and Fischer, Journal of the ACM 21(1), 1974.</remarks>
    public static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replace = diagonal + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
