using Rote.Data;
using Rote.Data.Catalog;

namespace Rote.Cli.Documents;

/// <summary>A data set that can be had by name.</summary>
internal sealed record CatalogDocument
{
    /// <summary>The name to type.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>Number of training examples.</summary>
    public required int TrainExamples { get; init; }

    /// <summary>Number of test examples.</summary>
    public required int TestExamples { get; init; }

    /// <summary>Rows of a picture, in pixels; 1 for vectors.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of a picture, in pixels; features of a vector.</summary>
    public required int Width { get; init; }

    /// <summary>Values a pixel: 1 for grey, 3 for red, green, blue.</summary>
    public required int Channels { get; init; }

    /// <summary>One name a class; a label is an index into it.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Size in the data folder, in bytes; 0 for a set that is drawn.</summary>
    public required long Bytes { get; init; }

    /// <summary>Whether it can be loaded without fetching.</summary>
    public required bool IsHere { get; init; }

    /// <summary>Where it is or goes; null for a set that is drawn when asked for.</summary>
    public string? Folder { get; init; }

    /// <summary>Where it is fetched from, in the order tried, in words.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Licence or terms of use, as its authors state them.</summary>
    public required string Terms { get; init; }

    /// <summary>Whom to cite.</summary>
    public required string Citation { get; init; }

    /// <summary>The authors' page.</summary>
    public required string Page { get; init; }

    /// <summary>An entry of the catalog for programs.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="folder">The data folder.</param>
    public static CatalogDocument Of(CatalogEntry entry, DataFolder folder) =>
        new()
        {
            Name = entry.Name,
            Title = entry.Title,
            TrainExamples = entry.TrainExamples,
            TestExamples = entry.TestExamples,
            Height = entry.Height,
            Width = entry.Width,
            Channels = entry.Channels,
            ClassNames = entry.ClassNames,
            Bytes = entry.Bytes,
            IsHere = entry.IsCached(folder),
            Folder = entry.Files.Count == 0 ? null : folder.Of(entry.Name),
            Sources = entry.Sources,
            Terms = entry.Terms,
            Citation = entry.Citation,
            Page = entry.Page,
        };
}

/// <summary>Facts of a data set that has been read whole.</summary>
internal sealed record DataFactsDocument
{
    /// <summary>The picture of it, as a full path; null for texts, which have none.</summary>
    public string? File { get; init; }

    /// <summary>What experiments call it.</summary>
    public required DataSpec Data { get; init; }

    /// <summary>Where it came from, in words.</summary>
    public required string Source { get; init; }

    /// <summary>Whether the test examples were set aside by Rote; false where the data has its own.</summary>
    public required bool TestIsSetAside { get; init; }

    /// <summary>Training examples.</summary>
    public required int Train { get; init; }

    /// <summary>Test examples.</summary>
    public required int Test { get; init; }

    /// <summary>Rows of a picture, in pixels; 1 for tables and texts.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of a picture, in pixels; features of a table's row or a text.</summary>
    public required int Width { get; init; }

    /// <summary>Values a pixel: 1 for grey, 3 for red, green, blue.</summary>
    public required int Channels { get; init; }

    /// <summary>The classes, in the order of their numbers.</summary>
    public required IReadOnlyList<ClassCounts> Classes { get; init; }
}

/// <summary>Examples of a class.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="Train">Training examples with that label.</param>
/// <param name="Test">Test examples with that label.</param>
internal sealed record ClassCounts(string Name, int Train, int Test);

/// <summary>The picture of a set that is drawn when asked for, of which no more was drawn than is shown.</summary>
/// <param name="File">The picture, as a full path.</param>
internal sealed record DrawnDataDocument(string File);

/// <summary>What stands out in a data set.</summary>
/// <param name="Folder">The folder of the page and the table, as a full path; null where neither was asked for.</param>
/// <param name="Page">The page with pictures; null where it was not asked for.</param>
/// <param name="Examples">Examples that were looked at.</param>
/// <param name="Findings">What was found; empty where there is nothing to say.</param>
internal sealed record DataCheckDocument(string? Folder, string? Page, int Examples, IReadOnlyList<FindingDocument> Findings);

/// <summary>What one check found.</summary>
/// <param name="Check">The check's name; docs/reference/checks has a page on each.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Sentence">What was found, in a sentence.</param>
/// <param name="Count">Examples that it is about; 0 where it is about the whole.</param>
/// <param name="First">Names of the first of them, at most 20: files, or files with rows.</param>
internal sealed record FindingDocument(string Check, string Title, string Sentence, int Count, IReadOnlyList<string> First);

/// <summary>The vectors that a frozen encoder gives for a data set.</summary>
/// <param name="Data">What was encoded, and by which encoder.</param>
/// <param name="Examples">Number of vectors.</param>
/// <param name="Width">Numbers a vector.</param>
/// <param name="File">The file that was written, as a full path.</param>
internal sealed record EmbedDocument(DataSpec Data, int Examples, int Width, string File);
