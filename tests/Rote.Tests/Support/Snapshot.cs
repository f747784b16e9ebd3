using System.Runtime.CompilerServices;
using System.Text;

namespace Rote.Tests.Support;

/// <summary>Compares a text with the approved one beside the test: <c>Snapshots/NAME.verified.EXT</c>.</summary>
/// <remarks>On a difference the found text is written beside it as <c>.received.</c>; approve it by renaming, after reading it.</remarks>
internal static class Snapshot
{
    public static void Verify(string found, string name, string extension = "txt", [CallerFilePath] string testFile = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(testFile)!, "Snapshots");
        Directory.CreateDirectory(folder);
        var verified = Path.Combine(folder, $"{name}.verified.{extension}");
        var received = Path.Combine(folder, $"{name}.received.{extension}");
        var expected = File.Exists(verified) ? File.ReadAllText(verified) : null;
        var text = found.ReplaceLineEndings("\n");
        if (expected == text)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        if (expected is null)
        {
            Assert.Fail($"There is no approved text yet. Read {received} and rename it to {Path.GetFileName(verified)}.");
        }

        Assert.Equal(expected, text);
    }
}
