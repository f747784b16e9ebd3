// Compiled twice from this one file: by the build as an inline task (Rote.targets; .NET Standard 2.0, so no Span), and into Rote.Tests with
// LINKED defined. docs/explanation/torchsharp-fix.md says what it does and why.
#nullable enable
using System.Text;
#if !LINKED
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
#endif

namespace Rote.Build;

/// <summary>Makes a .NET library keep what its methods were given until they return, by marking them as not to be optimized.</summary>
/// <remarks>
/// TorchSharp's methods read the native handle of a number or tensor and call libtorch with it. The optimizing compiler sees that the
/// object is not used afterwards, so the collector may finalize it, which frees what libtorch is reading. Without optimization an argument
/// lives as long as its method.
/// </remarks>
internal static class KeptArguments
{
    private const int NoOptimization = 0x40; // MethodImplAttributes, ECMA-335 II.23.1.11

    /// <summary>The same library, marked.</summary>
    /// <param name="file">The whole file; not changed.</param>
    /// <exception cref="InvalidDataException">Not a .NET library, or a broken one.</exception>
    public static byte[] Mark(byte[] file)
    {
        var changed = (byte[])file.Clone();
        foreach (var flags in new MethodTable(file).ImplementationFlags())
        {
            changed[flags] |= NoOptimization;
        }

        return changed;
    }
}

/// <summary>Where the methods of a .NET library stand in its file; every offset is checked, and a broken file gives an
/// InvalidDataException, never anything else.</summary>
/// <remarks>Layout: ECMA-335 (6th edition), partition II: 25 the file, 24.2.1 to 24.2.6 streams and tables, 22 rows.</remarks>
internal sealed class MethodTable
{
    private const int Module = 0,
        TypeReference = 1,
        TypeDefinition = 2,
        Field = 4,
        Method = 6,
        Parameter = 8,
        ModuleReference = 26,
        TypeSpecification = 27,
        AssemblyReference = 35;
    private const int ClrDirectory = 14; // of the optional header's data directories
    private const int SectionSize = 40;
    private const int LongestName = 32; // of a stream
    private const uint Signature = 0x424A5342; // "BSJB"

    private readonly byte[] _bytes;
    private readonly long _tables; // the stream #~
    private readonly long _firstRow;
    private readonly long[] _rows = new long[64];

    public MethodTable(byte[] bytes)
    {
        _bytes = bytes;
        _tables = Tables(Metadata());
        var valid = (ulong)U32(_tables + 8) | ((ulong)U32(_tables + 12) << 32);
        var at = _tables + 24;
        for (var table = 0; table < 64; table++)
        {
            if ((valid >> table & 1) == 1)
            {
                (_rows[table], at) = (U32(at), at + 4);
            }
        }

        _firstRow = at;
    }

    private int StringIndex => HeapIndex(1);

    private int BlobIndex => HeapIndex(4);

    /// <summary>Where the low byte of the implementation flags stands in the file, of every method that has a body.</summary>
    public IEnumerable<long> ImplementationFlags()
    {
        var size = 4 + 2 + 2 + StringIndex + BlobIndex + Index(Parameter);
        var start = _firstRow;
        for (var table = 0; table < Method; table++)
        {
            start += _rows[table] * RowSize(table);
        }

        for (var row = 0L; row < _rows[Method]; row++)
        {
            var at = start + (row * size);
            if (U32(at) != 0) // where the body stands; 0: it has none, as abstract and native methods
            {
                _ = U16(at + 4);
                yield return at + 4;
            }
        }
    }

    private int RowSize(int table) =>
        table switch
        {
            Module => 2 + StringIndex + (3 * HeapIndex(2)),
            TypeReference => Coded(2, Module, ModuleReference, AssemblyReference, TypeReference) + (2 * StringIndex),
            TypeDefinition => 4
                + (2 * StringIndex)
                + Coded(2, TypeDefinition, TypeReference, TypeSpecification)
                + Index(Field)
                + Index(Method),
            Field => 2 + StringIndex + BlobIndex,
            _ => _rows[table] == 0 ? 0 : throw new InvalidDataException("it has tables of an uncompressed kind, which no compiler writes"),
        };

    /// <summary>Size of an index into the heap of strings (1), GUIDs (2) or blobs (4).</summary>
    private int HeapIndex(int flag) => (U8(_tables + 6) & flag) == 0 ? 2 : 4;

    private int Index(int table) => _rows[table] < 1 << 16 ? 2 : 4;

    private int Coded(int tagBits, params int[] tables) => tables.Max(table => _rows[table]) < 1 << (16 - tagBits) ? 2 : 4;

    private long Metadata()
    {
        if (_bytes.Length < 64 || U16(0) != 0x5A4D || U32(U32(60)) != 0x4550)
        {
            throw new InvalidDataException("it is not a .NET library");
        }

        var header = U32(60) + 24; // the optional header
        var directories =
            header
            + (
                U16(header) switch
                {
                    0x10B => 96,
                    0x20B => 112,
                    _ => throw new InvalidDataException("it is not a .NET library"),
                }
            );
        var clr = U32(directories + (ClrDirectory * 8));
        return clr == 0 ? throw new InvalidDataException("it is not a .NET library") : At(U32(At(clr) + 8));
    }

    private long Tables(long metadata)
    {
        if (U32(metadata) != Signature)
        {
            throw new InvalidDataException("its metadata does not begin as metadata does");
        }

        var at = metadata + 16 + U32(metadata + 12);
        var streams = U16(at + 2);
        at += 4;
        for (var i = 0; i < streams; i++)
        {
            var name = Name(at + 8);
            if (name == "#~")
            {
                return metadata + U32(at);
            }

            at += 8 + (((name.Length / 4) + 1) * 4);
        }

        throw new InvalidDataException("it has no table of methods");
    }

    private string Name(long at)
    {
        var name = new StringBuilder();
        while (name.Length < LongestName && U8(at + name.Length) != 0)
        {
            name.Append((char)U8(at + name.Length));
        }

        return name.ToString();
    }

    /// <summary>Where in the file something stands whose address in memory is known.</summary>
    private long At(long address)
    {
        var header = U32(60);
        for (var i = 0; i < U16(header + 6); i++)
        {
            var section = header + 24 + U16(header + 20) + (i * SectionSize);
            var start = U32(section + 12);
            if (address >= start && address < start + U32(section + 16))
            {
                return U32(section + 20) + address - start;
            }
        }

        throw new InvalidDataException("something lies outside its sections; it was damaged");
    }

    private int U8(long at) =>
        at >= 0 && at < _bytes.Length
            ? _bytes[at]
            : throw new InvalidDataException("something lies outside the file; it was cut short or damaged");

    private int U16(long at) => U8(at) | (U8(at + 1) << 8);

    private long U32(long at) => (uint)(U16(at) | (U16(at + 2) << 16));
}

#if !LINKED
/// <summary>The build's task: a marked copy of a library.</summary>
public sealed class KeepArguments : Microsoft.Build.Utilities.Task
{
    [Microsoft.Build.Framework.Required]
    public string Source { get; set; } = "";

    [Microsoft.Build.Framework.Required]
    public string Destination { get; set; } = "";

    public override bool Execute()
    {
        try
        {
            var marked = KeptArguments.Mark(File.ReadAllBytes(Source));
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Destination))!);
            // a build that is stopped leaves no half library behind
            var temporary = Destination + "." + Guid.NewGuid().ToString("N") + ".tmp";
            File.WriteAllBytes(temporary, marked);
            File.Delete(Destination);
            File.Move(temporary, Destination);
            return true;
        }
        catch (Exception failure) when (failure is InvalidDataException || failure is IOException || failure is UnauthorizedAccessException)
        {
            Log.LogError(
                "{0} cannot be made to keep its arguments: {1}. docs/explanation/torchsharp-fix.md explains this step.",
                Source,
                failure.Message.TrimEnd('.')
            );
            return false;
        }
    }
}
#endif
