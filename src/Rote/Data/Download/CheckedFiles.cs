using System.Security.Cryptography;
using System.Text;
using Rote.Data.Catalog;

namespace Rote.Data.Download;

/// <summary>Reads a data set's files, each checked by size and SHA-256 before anyone sees a byte. Safe to use from several
/// threads.</summary>
internal sealed class CheckedFiles(CatalogEntry entry, DataFolder cache)
{
    private string Folder { get; } = cache.Of(entry.Name);

    /// <summary>The content of a file of the entry.</summary>
    /// <exception cref="InputException">Its size or checksum is not the catalog's.</exception>
    public byte[] Read(DataFile file)
    {
        var path = Path.Combine(Folder, file.Name);
        var remedy = $"run \"rote data get {entry.Name}\" to fetch it again";
        try
        {
            var size = new FileInfo(path).Length;
            if (size != file.Bytes)
            {
                throw new InputException($"{path} has {size} bytes, expected {file.Bytes}; {remedy}.");
            }

            var content = File.ReadAllBytes(path);
            var found = Convert.ToHexStringLower(SHA256.HashData(content));
            return found == file.Sha256
                ? content
                : throw new InputException($"{path} has the SHA-256 {found}, expected {file.Sha256}; {remedy}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be read ({e.Message}).", e);
        }
    }

    /// <summary>Where the examples in some files came from. The checksum is that of the text that <c>sha256sum FILES</c> prints in the data
    /// folder.</summary>
    public Provenance Provenance(IEnumerable<DataFile> files)
    {
        var listing = string.Concat(files.Select(f => $"{f.Sha256}  {f.Name}\n"));
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(listing)));
        return new Provenance(entry.Name, "files in the data folder, each checked by its SHA-256", sha256);
    }
}
