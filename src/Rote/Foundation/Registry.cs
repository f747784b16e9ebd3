namespace Rote.Foundation;

/// <summary>A registry of named things that other assemblies can extend: measures, data readers, studies. Safe to use from several
/// threads.</summary>
/// <typeparam name="T">What they are.</typeparam>
/// <param name="word">What one is called in messages, as <c>study</c>.</param>
/// <param name="nameOf">Its name.</param>
/// <param name="builtIn">Those of Rote, in their order.</param>
internal sealed class Registry<T>(string word, Func<T, string> nameOf, params IReadOnlyList<T> builtIn)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly IReadOnlyList<T> _builtIn = builtIn;
    private volatile IReadOnlyList<T> _all = builtIn; // replaced as a whole, so that iterating needs no lock

    /// <summary>All of them: the built-in ones, then those that were added.</summary>
    public IReadOnlyList<T> All => _all;

    /// <summary>Adds one; adding one of the same class and name again changes nothing.</summary>
    /// <param name="item">What is added.</param>
    /// <exception cref="ArgumentException">Another one has its name.</exception>
    public void Add(T item)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (_lock)
        {
            var known = _all.FirstOrDefault(other => nameOf(other).Equals(nameOf(item), StringComparison.OrdinalIgnoreCase));
            if (known is null)
            {
                _all = [.. _all, item];
            }
            else if (nameOf(known) != nameOf(item) || known.GetType() != item.GetType() || _builtIn.Contains(known))
            {
                throw new ArgumentException($"There is a {word} '{nameOf(item)}' already; choose a name of its own.", nameof(item));
            }
        }
    }

    /// <summary>Removes one again, as tests do.</summary>
    /// <param name="item">One that was added.</param>
    public void Remove(T item)
    {
        lock (_lock)
        {
            _all = [.. _all.Where(other => other != item)];
        }
    }
}
