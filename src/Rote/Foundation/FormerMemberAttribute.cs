namespace Rote.Foundation;

/// <summary>A member that older files of a record have and that has no meaning now: it is skipped when read, and never written.</summary>
/// <param name="name">Its name in JSON.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class FormerMemberAttribute(string name) : Attribute
{
    /// <summary>Its name in JSON.</summary>
    public string Name { get; } = name;
}
