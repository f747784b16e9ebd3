namespace Rote.Data.Formats.Pictures;

/// <summary>A picture in a user's folder.</summary>
/// <param name="Path">Relative to the folder, with <c>/</c> between its parts.</param>
/// <param name="Class">The number of its class.</param>
/// <param name="Split">Its part; null if the folder has no parts.</param>
/// <param name="Bytes">Size of the file.</param>
internal readonly record struct PictureFile(string Path, int Class, Split? Split, long Bytes);
