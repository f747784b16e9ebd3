using System.Buffers.Binary;
using System.Text;

namespace Rote.Tests.Doctor;

/// <summary>Writes the parts of an x86-64 shared library that the marker's reader looks at, by hand: no compiler is needed.</summary>
/// <remarks>Layout: System V ABI chapter 4; Linux Standard Base, "Symbol Versioning". Section headers stand last, as linkers put
/// them.</remarks>
internal sealed class TinyElf
{
    private readonly List<byte> _strings = [0];

    /// <summary>Libraries, each with its versions: name, flags, number in .gnu.version.</summary>
    public List<(string Library, (string Name, ushort Flags, ushort Index)[] Versions)> Needs { get; init; } =
    [("libm.so.6", [("GLIBC_2.29", 0, 2)]), ("libstdc++.so.6", [("GLIBCXX_3.4.30", 0, 3), ("GLIBCXX_3.4.32", 0, 4), ("CXXABI_1.3", 0, 5)])];

    /// <summary>Undefined symbols with their version's number; the null symbol is added.</summary>
    public List<(string Name, ushort Version)> Symbols { get; init; } =
    [("pow", 2), ("_ZNSo5flushEv", 3), ("_ZSt21ios_base_library_initv", 4), ("__cxa_throw", 5)];

    /// <summary>Numbers of the symbols that relocations name; 1 is the first of <see cref="Symbols"/>.</summary>
    public List<uint> Relocations { get; init; } = [1, 2, 4];

    public byte[] Build()
    {
        var needs = NeedsSection();
        var symbols = SymbolSection();
        var versions = Bytes(Symbols.Select(s => s.Version).Prepend((ushort)0), 2, BinaryPrimitives.WriteUInt16LittleEndian);
        var relocations = Relocations.SelectMany(r => Words(0, 0, 7, r, 0, 0)).ToArray();
        (uint Type, byte[] Content, uint Link)[] sections =
        [
            (0, [], 0),
            (3, [.. _strings], 0),
            (11, symbols, 1),
            (0x6fffffff, versions, 2),
            (0x6ffffffe, needs, 1),
            (4, relocations, 2),
        ];
        var file = new List<byte>(new byte[64]);
        var headers = new List<byte>();
        foreach (var (type, content, link) in sections)
        {
            headers.AddRange(Words(0, type, 0, 0, 0, 0, (uint)file.Count, 0, (uint)content.Length, 0, link, 0, 0, 0, 0, 0));
            file.AddRange(content);
        }

        var start = (uint)file.Count;
        file.AddRange(headers);
        var whole = file.ToArray();
        ((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1]).CopyTo(whole);
        BinaryPrimitives.WriteUInt16LittleEndian(whole.AsSpan(16), 3);
        BinaryPrimitives.WriteUInt16LittleEndian(whole.AsSpan(18), 62);
        BinaryPrimitives.WriteUInt32LittleEndian(whole.AsSpan(40), start);
        BinaryPrimitives.WriteUInt16LittleEndian(whole.AsSpan(58), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(whole.AsSpan(60), (ushort)sections.Length);
        return whole;
    }

    private byte[] NeedsSection()
    {
        var section = new List<byte>();
        foreach (var (library, versions) in Needs)
        {
            var isLast = library == Needs[^1].Library;
            section.AddRange(Words(1 | ((uint)versions.Length << 16), Name(library), 16, isLast ? 0 : 16 + (16 * (uint)versions.Length)));
            for (var i = 0; i < versions.Length; i++)
            {
                var (name, flags, index) = versions[i];
                section.AddRange(Words(0, flags | ((uint)index << 16), Name(name), i == versions.Length - 1 ? 0u : 16u));
            }
        }

        return [.. section];
    }

    private byte[] SymbolSection() => [.. new byte[24], .. Symbols.SelectMany(s => Words(Name(s.Name), 0x12, 0, 0, 0, 0))];

    private uint Name(string text)
    {
        var at = (uint)_strings.Count;
        _strings.AddRange(Encoding.ASCII.GetBytes(text + "\0"));
        return at;
    }

    private static byte[] Words(params uint[] words) => Bytes(words, 4, BinaryPrimitives.WriteUInt32LittleEndian);

    private static byte[] Bytes<T>(IEnumerable<T> values, int size, Writer<T> write)
    {
        var items = values.ToArray();
        var bytes = new byte[items.Length * size];
        for (var i = 0; i < items.Length; i++)
        {
            write(bytes.AsSpan(i * size), items[i]);
        }

        return bytes;
    }

    private delegate void Writer<T>(Span<byte> destination, T value);
}
