namespace Rote.Reports.Reviews;

/// <summary>What a reviewer can look at of an example.</summary>
public enum ExampleKind
{
    /// <summary>A picture.</summary>
    Picture,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A row of a table: columns with values.</summary>
    Row,

    /// <summary>Only its name.</summary>
    Name,
}
