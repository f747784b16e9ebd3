namespace Rote.Foundation;

/// <summary>A member that older files of a record have and that says nothing any more: it is read past, and never written.</summary>
/// <param name="name">Its name in JSON.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class FormerMemberAttribute(string name) : Attribute
{
    /// <summary>Its name in JSON.</summary>
    public string Name { get; } = name;
}
