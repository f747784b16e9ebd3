using System.Text;

namespace Rote.Tests.Support;

/// <summary>Makes tar archives byte by byte, with names that no program would write.</summary>
internal static class TarFiles
{
    private const int Block = 512;

    /// <summary>An archive of files.</summary>
    public static byte[] Of(params (string Name, byte[] Content)[] entries) =>
        [.. entries.SelectMany(e => Entry(e.Name, e.Content)), .. new byte[2 * Block]];

    /// <summary>One file with its header.</summary>
    /// <param name="name">Its name, of at most 100 bytes.</param>
    /// <param name="content">Its content.</param>
    /// <param name="type">What it is; <c>2</c> is a symbolic link.</param>
    /// <param name="claimed">The bytes that its header speaks of; null: as many as there are.</param>
    public static byte[] Entry(string name, byte[] content, char type = '0', long? claimed = null)
    {
        var header = new byte[Block];
        Encoding.UTF8.GetBytes(name).CopyTo(header, 0);
        Encoding.ASCII.GetBytes("0000644\00000000\00000000\0").CopyTo(header, 100);
        Encoding.ASCII.GetBytes($"{Convert.ToString(claimed ?? content.Length, 8).PadLeft(11, '0')}\0").CopyTo(header, 124);
        Encoding.ASCII.GetBytes("00000000000\0        ").CopyTo(header, 136);
        header[156] = (byte)type;
        Encoding.ASCII.GetBytes("ustar\000").CopyTo(header, 257);
        Encoding.ASCII.GetBytes($"{Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0')}\0 ").CopyTo(header, 148);
        return [.. header, .. content, .. new byte[(Block - (content.Length % Block)) % Block]];
    }
}
