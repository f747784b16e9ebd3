using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Rote.Build;
using TorchSharp;

namespace Rote.Tests.Build;

public sealed class KeptArgumentsTests
{
    private static readonly string[] Libraries = ["Rote.dll", "Rote.Tests.dll", "TorchSharp.dll"];

    private static string PathOf(string library) => Path.Combine(AppContext.BaseDirectory, library);

    [Fact]
    public void The_TorchSharp_that_runs_is_marked_in_every_method()
    {
        Assert.Equal(PathOf("TorchSharp.dll"), typeof(torch).Assembly.Location);
        var takingNumbers = typeof(torch.Tensor)
            .GetMethods()
            .Where(method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Scalar)))
            .ToList();
        Assert.NotEmpty(takingNumbers);
        Assert.All(
            takingNumbers,
            method => Assert.True(method.MethodImplementationFlags.HasFlag(MethodImplAttributes.NoOptimization), method.Name)
        );
        Assert.All(
            Methods(File.ReadAllBytes(PathOf("TorchSharp.dll"))),
            method => Assert.Equal(method.HasBody, method.Flags.HasFlag(MethodImplAttributes.NoOptimization))
        );
    }

    [Fact]
    public void The_runtimes_own_reader_finds_the_mark_on_every_method_with_a_body_and_on_no_other()
    {
        foreach (var library in Libraries)
        {
            var before = File.ReadAllBytes(PathOf(library));
            var after = KeptArguments.Mark(before);

            Assert.Equal(
                Methods(before).Select(method => method.HasBody ? method.Flags | MethodImplAttributes.NoOptimization : method.Flags),
                Methods(after).Select(method => method.Flags)
            );
            var changed = Enumerable.Range(0, before.Length).Count(i => before[i] != after[i]);
            Assert.Equal(
                Methods(before).Count(method => method.HasBody && !method.Flags.HasFlag(MethodImplAttributes.NoOptimization)),
                changed
            );
        }
    }

    [Fact]
    public void To_mark_twice_is_to_mark_once()
    {
        var once = KeptArguments.Mark(File.ReadAllBytes(PathOf("Rote.dll")));
        Assert.Equal(once, KeptArguments.Mark(once));
    }

    [Fact]
    public void What_is_no_library_is_refused()
    {
        foreach (var file in new byte[][] { [], [0x4D], new byte[1000], File.ReadAllBytes(PathOf("Rote.Tests.runtimeconfig.json")) })
        {
            Assert.Equal("it is not a .NET library", Assert.Throws<InvalidDataException>(() => KeptArguments.Mark(file)).Message);
        }
    }

    [Fact]
    public void A_library_that_was_cut_short_is_refused_or_has_all_its_methods()
    {
        var file = File.ReadAllBytes(PathOf("Rote.dll"));
        var marks = new MethodTable(file).ImplementationFlags().ToList();
        Gen.Int[0, file.Length]
            .Sample(
                length =>
                {
                    List<long> found = [];
                    var error = Record.Exception(() => found = [.. new MethodTable(file[..length]).ImplementationFlags()]);
                    Assert.True(error is InvalidDataException || (error is null && marks.SequenceEqual(found)), $"{length}: {error}");
                },
                iter: 50
            );
        Assert.Throws<InvalidDataException>(() => KeptArguments.Mark(file[..(int)marks[^1]]));
    }

    [Fact]
    public void A_damaged_library_gives_one_kind_of_error()
    {
        var file = File.ReadAllBytes(PathOf("Rote.Tests.dll"))[..];
        var metadata = MetadataOf(file);
        var places = Gen.OneOf(Gen.Int[0, 1023], Gen.Int[metadata, metadata + 200]);
        Gen.Select(places, Gen.Byte)
            .Array[1, 8]
            .Sample(
                changes =>
                {
                    var damaged = (byte[])file.Clone();
                    foreach (var (place, value) in changes)
                    {
                        damaged[place] = value;
                    }

                    var length = 0;
                    var error = Record.Exception(() => length = KeptArguments.Mark(damaged).Length);
                    Assert.True(error is InvalidDataException || (error is null && length == file.Length), error?.ToString());
                },
                iter: 300
            );
    }

    private static List<(bool HasBody, MethodImplAttributes Flags)> Methods(byte[] file)
    {
        using var reader = new PEReader(new MemoryStream(file));
        var metadata = reader.GetMetadataReader();
        return
        [
            .. metadata
                .MethodDefinitions.Select(metadata.GetMethodDefinition)
                .Select(method => (method.RelativeVirtualAddress != 0, method.ImplAttributes)),
        ];
    }

    private static int MetadataOf(byte[] file)
    {
        using var reader = new PEReader(new MemoryStream(file));
        return reader.PEHeaders.MetadataStartOffset;
    }
}
