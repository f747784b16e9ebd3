namespace Rote.Foundation;

/// <summary>How older files of a record call a member: it is read by either name, and written by its own.</summary>
/// <param name="name">Its older name in JSON.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FormerNameAttribute(string name) : Attribute
{
    /// <summary>Its older name in JSON.</summary>
    public string Name { get; } = name;
}
