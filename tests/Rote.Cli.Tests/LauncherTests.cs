using System.Diagnostics;
using System.Runtime.CompilerServices;
using Rote.Tests.Support;

namespace Rote.Tests;

/// <summary>The script ./rote in a folder of its own, with a dotnet that only pretends to build.</summary>
public sealed class LauncherTests : IDisposable
{
    private const string PretendedDotnet = """
        #!/bin/sh
        case $1 in
            --version) [ ! -e old-sdk ] || exit 145; echo 10.0.100 ;;
            --list-sdks) echo "8.0.100 [/usr/share/dotnet/sdk]" ;;
            build)
                echo build >>builds
                sleep 0.3
                if [ -e broken ]; then echo "src/X.cs(1,1): error: no"; exit 1; fi
                for platform in linux-x64 osx-arm64; do
                    mkdir -p "artifacts/bin/Rote.Cli/release_$platform"
                    printf '#!/bin/sh\necho "$# $2 $GLIBC_TUNABLES"\nexit 7\n' >"artifacts/bin/Rote.Cli/release_$platform/Rote.Cli"
                    chmod +x "artifacts/bin/Rote.Cli/release_$platform/Rote.Cli"
                done ;;
        esac
        """;

    private readonly TempFolder _folder = new();

    public LauncherTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The launcher is a shell script.");
        Directory.CreateDirectory(_folder.File("root/src/Rote"));
        Directory.CreateDirectory(_folder.File("root/build"));
        Directory.CreateDirectory(_folder.File("path"));
        File.WriteAllText(_folder.File("root/Directory.Build.props"), "");
        File.WriteAllText(_folder.File("root/global.json"), "");
        File.WriteAllText(_folder.File("root/src/Rote/Errors.cs"), "");
        File.Copy(Path.Combine(RepositoryRoot(), "rote"), _folder.File("root/rote"));
        File.Copy(Path.Combine(RepositoryRoot(), "build", "environment.sh"), _folder.File("root/build/environment.sh"));
        Executable(_folder.File("path/dotnet"), PretendedDotnet);
    }

    public void Dispose() => _folder.Dispose();

    private const string Settings =
        "2 two words glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824:"
        + "glibc.malloc.tcache_count=0:glibc.malloc.mxfast=0\n";

    [Fact]
    public void It_builds_once_and_passes_arguments_and_exit_code()
    {
        var first = Start("root/rote");
        var second = Start("root/rote");
        Assert.Equal((7, Settings), (first.ExitCode, first.Output));
        Assert.StartsWith("Building rote (once;", first.Error, StringComparison.Ordinal);
        Assert.Equal((7, Settings, ""), second);
        Assert.Equal(1, Builds);
    }

    [Fact]
    public void A_change_or_a_removed_file_is_built()
    {
        Start("root/rote");
        File.WriteAllText(_folder.File("root/src/Rote/Errors.cs"), "changed");
        Start("root/rote");
        Assert.Equal(2, Builds);
        File.Delete(_folder.File("root/src/Rote/Errors.cs"));
        Start("root/rote");
        Start("root/rote");
        Assert.Equal(3, Builds);
    }

    [Fact]
    public void A_link_from_elsewhere_finds_the_repository()
    {
        File.CreateSymbolicLink(_folder.File("path/rote"), "../root/rote");
        Assert.Equal(7, Start("path/rote").ExitCode);
        Assert.Equal(1, Builds);
    }

    [Fact]
    public async Task Several_at_once_build_once()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/flock"), "Without flock each builds.");
        var starts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Start("root/rote"))));
        Assert.All(starts, s => Assert.Equal(7, s.ExitCode));
        Assert.Equal(1, Builds);
    }

    [Fact]
    public void A_failed_build_shows_its_messages_and_is_tried_again()
    {
        File.WriteAllText(_folder.File("root/broken"), "");
        var failed = Start("root/rote");
        Assert.Equal((3, ""), (failed.ExitCode, failed.Output));
        Assert.Contains("src/X.cs(1,1): error: no\nrote: the build failed;", failed.Error, StringComparison.Ordinal);
        File.Delete(_folder.File("root/broken"));
        Assert.Equal(7, Start("root/rote").ExitCode);
    }

    [Fact]
    public void A_missing_or_old_SDK_is_one_sentence()
    {
        File.WriteAllText(_folder.File("root/old-sdk"), "");
        var old = Start("root/rote");
        Assert.Equal(
            (3, "rote: the .NET 10 SDK is needed to build, found: 8.0.100; see https://dotnet.microsoft.com/download/dotnet/10.0.\n"),
            (old.ExitCode, old.Error)
        );
    }

    [Fact]
    public void A_users_own_memory_settings_stay()
    {
        Start("root/rote");
        Assert.Equal("2 two words \n", Start("root/rote", ("MALLOC_TRIM_THRESHOLD_", "1")).Output);
    }

    private int Builds => File.ReadAllLines(_folder.File("root/builds")).Length;

    private (int ExitCode, string Output, string Error) Start(string script, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(_folder.File(script), ["one", "two words"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment["PATH"] = $"{_folder.File("path")}:{start.Environment["PATH"]}";
        start.Environment.Remove("GLIBC_TUNABLES");
        start.Environment.Remove("MALLOC_MMAP_THRESHOLD_");
        start.Environment.Remove("MALLOC_TRIM_THRESHOLD_");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private static void Executable(string path, string content)
    {
        File.WriteAllText(path, content.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string RepositoryRoot([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath("../..", Path.GetDirectoryName(thisFile)!);
}
