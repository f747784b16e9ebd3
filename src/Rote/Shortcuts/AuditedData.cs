using Rote.Audits;
using Rote.Audits.Scoring;

namespace Rote.Shortcuts;

/// <summary>A label that may be wrong.</summary>
/// <param name="Name">The example in the user's data, as <c>cat/tom.png</c> or <c>iris.csv[17]</c>.</param>
/// <param name="Label">The class it has.</param>
/// <param name="Suggested">The class that networks predict instead; null if they predict no other.</param>
/// <param name="WrongProbability">The probability that the label is wrong, in [0, 1].</param>
/// <param name="Verdict">The audit's verdict.</param>
public sealed record Suspect(string Name, string Label, string? Suggested, double WrongProbability, Verdict Verdict);

/// <summary>The outcome of an audit.</summary>
/// <param name="Result">The full result.</param>
/// <param name="Suspects">All examples, the most suspicious first.</param>
/// <param name="Folder">The folder with the page and its tables, an absolute path.</param>
/// <param name="Page">The page, an HTML file that needs no network.</param>
public sealed record AuditedData(AuditResult Result, IReadOnlyList<Suspect> Suspects, string Folder, string Page);
