using Rote.Audits.Review;

namespace Rote.Cli.Documents;

/// <summary>A review's page that is being shown.</summary>
/// <param name="Address">The address that opens the page, once.</param>
/// <param name="Origin">The page's scheme, host and port.</param>
/// <param name="Decisions">The file that decisions are kept in.</param>
/// <param name="Reviewer">Who reviews.</param>
internal sealed record ReviewDocument(string Address, string Origin, string Decisions, string Reviewer);

/// <summary>What was decided, written in a form of others.</summary>
/// <param name="Format">The form, one of those of <c>--export</c>.</param>
/// <param name="Path">The file, or for links the folder, as a full path.</param>
/// <param name="Decided">Examples that were decided on.</param>
internal sealed record ReviewExportDocument(string Format, string Path, int Decided);

/// <summary>Pictures that a review moves to another class's folder.</summary>
/// <param name="Moved">Whether they were moved; false where they are only listed.</param>
/// <param name="Moves">The moves.</param>
internal sealed record ApplyDocument(bool Moved, IReadOnlyList<PictureMove> Moves);

/// <summary>A folder's page that is being shown.</summary>
/// <param name="Address">The address that opens the page, once.</param>
/// <param name="Origin">The page's scheme, host and port.</param>
/// <param name="Folder">The folder that is shown, as a full path.</param>
internal sealed record ServeDocument(string Address, string Origin, string Folder);
