// Compiled twice from this one file: by the build as an inline task (Rote.targets; .NET Standard 2.0, so no Span), and into
// Rote.Cli with LINKED defined, for `rote doctor` and the tests. docs/explanation/native-fix.md says what it does and why that is safe.
#nullable enable
using System.Text;
#if !LINKED
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
#endif

namespace Rote.Cli.Doctor;

/// <summary>What a shared library says about the symbol version that older systems lack.</summary>
internal enum MarkerState
{
    /// <summary>It does not ask for the version: nothing to do.</summary>
    NotNeeded,

    /// <summary>It demands the version: a system with an older libstdc++ refuses to load it.</summary>
    Required,

    /// <summary>It asks for the version but loads without it.</summary>
    Weak,
}

/// <summary>The one thing in libLibTorchSharp.so that Debian 12 and Ubuntu 22.04 lack, and the one bit that makes it optional.</summary>
internal static class GlibcxxMarker
{
    /// <summary>The symbol version, new in GCC 13's libstdc++.so.6.0.32.</summary>
    public const string Version = "GLIBCXX_3.4.32";

    /// <summary>std::ios_base_library_init(): GCC 13's iostream header names it so that a program linked to an older library fails; nothing
    /// calls it.</summary>
    public const string Symbol = "_ZSt21ios_base_library_initv";

    private const string Library = "libstdc++.so.6";
    private const int WeakFlag = 2; // VER_FLG_WEAK, elf.h

    /// <summary>Reads a library's demand for <see cref="Version"/>.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidDataException">Not an ELF file of this kind, or a broken one.</exception>
    public static MarkerState Inspect(byte[] file)
    {
        var needs = Needs(new ElfFile(file));
        return needs.Count == 0 ? MarkerState.NotNeeded
            : needs.All(n => n.IsWeak) ? MarkerState.Weak
            : MarkerState.Required;
    }

    /// <summary>The same library with the demand made weak; the argument itself where there is nothing to do.</summary>
    /// <param name="file">The whole file; not changed.</param>
    /// <exception cref="InvalidDataException">A broken file, or one that uses more of the version than the marker.</exception>
    public static byte[] Weaken(byte[] file)
    {
        var elf = new ElfFile(file);
        var strong = Needs(elf).Where(n => !n.IsWeak).ToList();
        if (strong.Count == 0)
        {
            return file;
        }

        RequireOnlyTheMarker(elf, strong);
        var changed = (byte[])file.Clone();
        foreach (var need in strong)
        {
            changed[need.FlagsOffset] |= WeakFlag;
        }

        return changed;
    }

    /// <summary>Writes the weakened library to another place: to a new file first, then renamed, so that neither a half file nor a
    /// hard-linked original can be hit.</summary>
    /// <param name="source">The library as its package delivers it; never written.</param>
    /// <param name="destination">Where it goes, with the source's mode bits; replaced if it exists.</param>
    /// <exception cref="InvalidDataException">As for <see cref="Weaken"/>; nothing is written then.</exception>
    public static void WriteWeakened(string source, string destination)
    {
        var content = Weaken(File.ReadAllBytes(source));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(destination))!);
        var temporary = destination + "." + Guid.NewGuid().ToString("N") + ".tmp";
        try
        {
            File.Copy(source, temporary); // for the mode bits, which .NET Standard cannot set
            File.WriteAllBytes(temporary, content);
            if (File.Exists(destination))
            {
                File.Replace(temporary, destination, null);
            }
            else
            {
                File.Move(temporary, destination);
            }
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static List<VersionNeed> Needs(ElfFile elf) =>
        elf.VersionNeeds().Where(n => n.Library == Library && n.Version == Version).ToList();

    // A weak version is harmless only if nothing would be called through it: the sole symbol is the marker, and no relocation uses it.
    private static void RequireOnlyTheMarker(ElfFile elf, List<VersionNeed> needs)
    {
        foreach (var symbol in elf.SymbolsOf(needs.Select(n => n.Index)))
        {
            if (symbol.Name != Symbol)
            {
                throw new InvalidDataException(
                    $"it uses {symbol.Name} of {Version}, expected nothing but {Symbol}, so it cannot be made to load without that version"
                );
            }

            if (elf.IsRelocated(symbol.Index))
            {
                throw new InvalidDataException(
                    $"it calls {Symbol} of {Version}, expected a mere mention, so it cannot be made to load without that version"
                );
            }
        }
    }
}

/// <summary>An entry of .gnu.version_r: a library and one of its symbol versions.</summary>
internal sealed class VersionNeed(string library, string version, int index, bool isWeak, int flagsOffset)
{
    public string Library { get; } = library;

    public string Version { get; } = version;

    /// <summary>Its number in .gnu.version.</summary>
    public int Index { get; } = index;

    public bool IsWeak { get; } = isWeak;

    /// <summary>Where the low byte of its flags stands in the file.</summary>
    public int FlagsOffset { get; } = flagsOffset;
}

/// <summary>A symbol of .dynsym.</summary>
internal sealed class DynamicSymbol(string name, int index)
{
    public string Name { get; } = name;

    public int Index { get; } = index;
}

/// <summary>What is read of an ELF file; every offset is checked, and a broken file gives an InvalidDataException, never anything
/// else.</summary>
/// <remarks>Layout: System V ABI, chapter 4, and the Linux Standard Base, "Symbol Versioning". Structures have fixed sizes in
/// ELF64.</remarks>
internal sealed class ElfFile
{
    private const uint Rela = 4,
        DynamicSymbols = 11,
        VersionNeeded = 0x6ffffffe,
        SymbolVersions = 0x6fffffff;
    private const int SectionSize = 64,
        SymbolSize = 24,
        RelocationSize = 24,
        NeedSize = 16,
        HeaderSize = 64;

    private readonly byte[] _bytes;
    private readonly List<Section> _sections = [];

    public ElfFile(byte[] bytes)
    {
        _bytes = bytes;
        if (bytes.Length < HeaderSize || bytes[0] != 0x7f || bytes[1] != 'E' || bytes[2] != 'L' || bytes[3] != 'F')
        {
            throw new InvalidDataException("it is not an ELF file");
        }

        if (bytes[4] != 2 || bytes[5] != 1 || U16(18) != 62)
        {
            throw new InvalidDataException("it is not an ELF file of x86-64 (64 bits, little-endian)");
        }

        if (U16(58) != SectionSize || U16(60) == 0)
        {
            throw new InvalidDataException("its ELF header names no section headers");
        }

        if (IsCutShort(bytes, bytes.Length))
        {
            throw new InvalidDataException("its section headers lie outside the file; it was cut short or damaged");
        }

        var table = (long)U64(40);
        for (var i = 0; i < U16(60); i++)
        {
            var at = table + ((long)i * SectionSize);
            _sections.Add(
                new Section
                {
                    Type = U32(at + 4),
                    Start = U64(at + 24),
                    Size = U64(at + 32),
                    Link = U32(at + 40),
                }
            );
        }
    }

    /// <summary>Whether the end of an ELF file is missing: the loader can crash on that. Section headers stand last in what linkers
    /// write.</summary>
    /// <param name="start">The first bytes, 64 or more; fewer count as cut short.</param>
    /// <param name="length">The file's length.</param>
    public static bool IsCutShort(byte[] start, long length)
    {
        if (start.Length < HeaderSize)
        {
            return true;
        }

        var sections = Number(start, 40, 8);
        return sections > (ulong)length || (ulong)length - sections < Number(start, 60, 2) * SectionSize;
    }

    /// <summary>All version needs, in the file's order.</summary>
    public IEnumerable<VersionNeed> VersionNeeds()
    {
        foreach (var section in _sections.Where(s => s.Type == VersionNeeded))
        {
            var (start, end) = Range(section);
            var strings = Linked(section);
            // Links only lead forward, so they cannot form a circle; but entries could overlap and be many, hence the count.
            var left = (end - start) / NeedSize;
            for (long need = start, step = 1; step != 0; need += step)
            {
                RequireEntry(need, end, ref left);
                var library = Text(strings, U32(need + 4));
                var entry = need + U32(need + 8);
                for (var i = U16(need + 2); i > 0; i--)
                {
                    RequireEntry(entry, end, ref left);
                    var isWeak = (U16(entry + 4) & 2) != 0;
                    yield return new VersionNeed(library, Text(strings, U32(entry + 8)), U16(entry + 6) & 0x7fff, isWeak, (int)entry + 4);
                    entry += U32(entry + 12);
                }

                step = U32(need + 12);
            }
        }
    }

    /// <summary>The symbols that carry one of these version numbers.</summary>
    public IEnumerable<DynamicSymbol> SymbolsOf(IEnumerable<int> versions)
    {
        var wanted = new HashSet<int>(versions);
        foreach (var section in _sections.Where(s => s.Type == SymbolVersions))
        {
            var (start, end) = Range(section);
            var symbols = Linked(section);
            var (firstSymbol, endOfSymbols) = Range(symbols);
            for (var i = 0; start + (2L * i) + 2 <= end; i++)
            {
                if (wanted.Contains(U16(start + (2L * i)) & 0x7fff))
                {
                    var symbol = firstSymbol + ((long)i * SymbolSize);
                    RequireInside(symbol, SymbolSize, endOfSymbols);
                    yield return new DynamicSymbol(Text(Linked(symbols), U32(symbol)), i);
                }
            }
        }
    }

    /// <summary>Whether the loader must find this symbol's address: a relocation names it.</summary>
    public bool IsRelocated(int symbol)
    {
        foreach (var section in _sections.Where(s => s.Type == Rela && Linked(s).Type == DynamicSymbols))
        {
            var (start, end) = Range(section);
            for (var at = start; at + RelocationSize <= end; at += RelocationSize)
            {
                if (U32(at + 12) == symbol)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private (long Start, long End) Range(Section section)
    {
        if (section.Start > (ulong)_bytes.Length || section.Size > (ulong)_bytes.Length - section.Start)
        {
            throw new InvalidDataException("a section lies outside the file; it was cut short or damaged");
        }

        return ((long)section.Start, (long)(section.Start + section.Size));
    }

    private Section Linked(Section section) =>
        section.Link < _sections.Count
            ? _sections[(int)section.Link]
            : throw new InvalidDataException("a section refers to one that is not there");

    private string Text(Section strings, uint position)
    {
        var (start, end) = Range(strings);
        var first = start + position;
        var last = first;
        while (last < end && _bytes[last] != 0)
        {
            last++;
        }

        return last < end
            ? Encoding.UTF8.GetString(_bytes, (int)first, (int)(last - first))
            : throw new InvalidDataException("a name lies outside its table");
    }

    private static void RequireEntry(long position, long end, ref long left)
    {
        RequireInside(position, NeedSize, end);
        if (--left < 0)
        {
            throw new InvalidDataException("its list of symbol versions is broken");
        }
    }

    private static void RequireInside(long position, int size, long end)
    {
        if (position > end - size)
        {
            throw new InvalidDataException("an entry lies outside its section");
        }
    }

    private ushort U16(long position) => (ushort)Number(_bytes, position, 2);

    private uint U32(long position) => (uint)Number(_bytes, position, 4);

    private ulong U64(long position) => Number(_bytes, position, 8);

    private static ulong Number(byte[] bytes, long position, int size)
    {
        if (position > bytes.Length - size)
        {
            throw new InvalidDataException("an entry lies outside the file; it was cut short or damaged");
        }

        var value = 0UL;
        for (var i = size - 1; i >= 0; i--)
        {
            value = (value << 8) | bytes[position + i];
        }

        return value;
    }

    private sealed class Section
    {
        public uint Type { get; set; }

        public ulong Start { get; set; }

        public ulong Size { get; set; }

        public uint Link { get; set; }
    }
}

#if !LINKED
/// <summary>The build's task: <see cref="GlibcxxMarker.WriteWeakened"/>.</summary>
public sealed class WeakenGlibcxxMarker : Microsoft.Build.Utilities.Task
{
    [Microsoft.Build.Framework.Required]
    public string Source { get; set; } = "";

    [Microsoft.Build.Framework.Required]
    public string Destination { get; set; } = "";

    public override bool Execute()
    {
        try
        {
            GlibcxxMarker.WriteWeakened(Source, Destination);
            return true;
        }
        catch (Exception failure) when (failure is InvalidDataException || failure is IOException || failure is UnauthorizedAccessException)
        {
            Log.LogError(
                "{0} cannot be made to load where libstdc++ is older: {1}. docs/explanation/native-fix.md explains this step.",
                Source,
                failure.Message.TrimEnd('.')
            );
            return false;
        }
    }
}
#endif
