using System.Reflection;
using System.Text.Json.Serialization;

namespace Rote.Foundation;

/// <summary>Records of a family that are chosen by name, such as networks or losses: those that other assemblies have added, and the
/// family's own that its catalog does not list, which are named by their kind.</summary>
/// <typeparam name="T">The family's abstract record.</typeparam>
/// <param name="word">What a member is called in messages, as <c>network</c>.</param>
/// <param name="isTaken">Whether the family's catalog itself uses a name.</param>
/// <remarks>A member's name is also its kind in <c>experiment.json</c>: runs of it have identities as all runs have. Safe to use from
/// several threads.</remarks>
internal sealed class Additions<T>(string word, Func<string, bool> isTaken)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly List<(string Name, Type Type, Func<double?, T> Create)> _members = [];

    // Not a field: a catalog's own names may not be there yet when it makes this.
    private IEnumerable<(string Name, Type Type)> OwnKinds =>
        typeof(T)
            .GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)
            .Select(kind => (Name: (string)kind.TypeDiscriminator!, kind.DerivedType))
            .Where(kind => !isTaken(kind.Name));

    /// <summary>Their names: the family's own kinds, then added ones in the order in which they were added.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_lock)
            {
                return [.. OwnKinds.Select(kind => kind.Name), .. _members.Select(member => member.Name)];
            }
        }
    }

    /// <summary>Adds a member; adding the same one again changes nothing.</summary>
    /// <typeparam name="TMember">A record, whose public properties are its hyper-parameters.</typeparam>
    /// <param name="name">Lower-case letters, digits and hyphens.</param>
    /// <param name="create">Makes it from the number behind <c>name=</c>; null where the user gives none.</param>
    /// <exception cref="ArgumentException">The name is none, or is taken by another one.</exception>
    public void Add<TMember>(string name, Func<double?, TMember> create)
        where TMember : class, T
    {
        if (!IsName(name))
        {
            throw new ArgumentException(
                $"A {word} cannot be called '{name}': expected lower-case letters, digits and hyphens, beginning with a letter.",
                nameof(name)
            );
        }

        lock (_lock)
        {
            if (_members.Exists(member => member.Name == name && member.Type == typeof(TMember)))
            {
                return;
            }

            if (
                isTaken(name)
                || OwnKinds.Any(kind => kind.Name == name)
                || _members.Exists(member => member.Name == name || member.Type == typeof(TMember))
            )
            {
                throw new ArgumentException(
                    $"There is a {word} '{name}' already, or {typeof(TMember).Name} has another name; choose a name of its own.",
                    nameof(name)
                );
            }

            RoteJson.AddKind(typeof(T), typeof(TMember), name);
            _members.Add((name, typeof(TMember), create));
        }
    }

    /// <summary>The member that a user names.</summary>
    /// <param name="text">A name, or a name, an equals sign and a number.</param>
    /// <returns>Null where none has that name.</returns>
    /// <exception cref="InputException">What stands behind the equals sign is no number, or the member refuses it.</exception>
    public T? Find(string text)
    {
        var name = text.Split('=', 2)[0];
        Func<double?, T>? create;
        lock (_lock)
        {
            create = _members.Find(member => member.Name == name).Create;
        }

        return create is null ? OwnKind(name, text) : create(NamedValue.Of(word, text).Value);
    }

    private T? OwnKind(string name, string text) =>
        OwnKinds.FirstOrDefault(kind => kind.Name == name).Type is not { } type ? null
        : NamedValue.Of(word, text).Value is null ? (T)Activator.CreateInstance(type)!
        : throw new InputException($"The {word} {name} takes no number, found '{text}'.");

    private static bool IsName(string text) =>
        text.Length > 0
        && char.IsAsciiLetterLower(text[0])
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
