namespace Rote.Foundation;

/// <summary>An older name of a record's member in files: either name is read, the current one is written.</summary>
/// <param name="name">Its older name in JSON.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FormerNameAttribute(string name) : Attribute
{
    /// <summary>Its older name in JSON.</summary>
    public string Name { get; } = name;
}
