using System.Security.Cryptography;
using Rote.Tests.Support;

namespace Rote.Tests.Foundation;

public sealed class ContentHashTests
{
    // printf abc >a/x; printf '' >y; sha256sum a/x y | sha256sum (GNU coreutils 9.1)
    [Fact]
    public void It_is_the_checksum_of_what_sha256sum_prints()
    {
        using var folder = new TempFolder();
        PictureFiles.Write(folder, "a/x", "abc"u8.ToArray());
        PictureFiles.Write(folder, "y", []);
        Assert.Equal("17656872cc3f4c7539b4fade6f4e2e636f7fb5f34d9a7154c7642fc7cc8b69fe", Of(folder, "a/x", "y"));
        Assert.NotEqual(Of(folder, "a/x", "y"), Of(folder, "y", "a/x"));
    }

    // printf abc >'b\c
    // d'; sha256sum * | sha256sum: a backslash is put before the line, and before each backslash and line break of the name.
    [Fact]
    public void A_line_break_in_a_name_cannot_pass_for_two_files()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such names.");
        }

        using var folder = new TempFolder();
        PictureFiles.Write(folder, "b\\c\nd", "abc"u8.ToArray());
        Assert.Equal("3e8dca2e8f6180d1b7e0a509ca989d451c577293caa63eaa258413cfda075cad", Of(folder, "b\\c\nd"));
    }

    private static string Of(TempFolder folder, params string[] files)
    {
        using var hash = new ContentHash();
        var digest = new byte[SHA256.HashSizeInBytes];
        foreach (var file in files)
        {
            ContentHash.OfFile(folder.File(file), digest);
            hash.Add(file, digest);
        }

        return hash.Result();
    }
}
