namespace Rote.Cli.Documents;

/// <summary>A command that prints a document, in the list of all.</summary>
/// <param name="Name">The name that <c>rote schema</c> knows it by: its words with hyphens.</param>
/// <param name="Command">The command as it is typed, without what it works on.</param>
/// <param name="Description">What the document is.</param>
/// <param name="File">The schema's file in docs/reference/schemas, which is also its <c>$id</c>.</param>
internal sealed record SchemaDocument(string Name, string Command, string Description, string File);
