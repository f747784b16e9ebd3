namespace Rote.Data.Download;

/// <summary>A file of a data set as it is kept in the data folder.</summary>
/// <param name="Name">File name, without a folder.</param>
/// <param name="Bytes">Exact size.</param>
/// <param name="Sha256">SHA-256 of the content, lower-case hexadecimal.</param>
public sealed record DataFile(string Name, long Bytes, string Sha256);
