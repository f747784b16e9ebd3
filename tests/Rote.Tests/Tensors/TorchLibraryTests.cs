using Rote.Tensors;

namespace Rote.Tests.Tensors;

public sealed class TorchLibraryTests
{
    // The runtime's message, shortened: one line for each place and spelling it tried (.NET 10.0.12, Debian 12).
    private const string Start =
        "Unable to load shared library 'LibTorchSharp' or one of its dependencies. In order to help diagnose loading problems, …: \n"
        + "/app/LibTorchSharp.so: cannot open shared object file: No such file or directory\n"
        + "/dotnet/LibTorchSharp.so: cannot open shared object file: No such file or directory\n";

    private const string End = "/app/libLibTorchSharp: cannot open shared object file: No such file or directory\n\n";

    [Theory]
    [InlineData(
        "/app/libLibTorchSharp.so: cannot open shared object file: No such file or directory\n",
        "the library LibTorchSharp is not there"
    )]
    [InlineData(
        "/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so)\n",
        "/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so)"
    )]
    [InlineData("/app/libLibTorchSharp.so: file too short\n", "/app/libLibTorchSharp.so: file too short")]
    [InlineData(
        "libc10.so: cannot open shared object file: No such file or directory\n",
        "libc10.so: cannot open shared object file: No such file or directory"
    )]
    public void The_reason_is_the_line_that_is_not_a_vain_attempt(string line, string reason) =>
        Assert.Equal(reason, TorchLibrary.Reason("LibTorchSharp", Start + line + End));

    [Fact]
    public void Loading_twice_is_loading_once()
    {
        TorchLibrary.Load();
        TorchLibrary.Load();
        Assert.Contains(
            System.Diagnostics.Process.GetCurrentProcess().Modules.Cast<System.Diagnostics.ProcessModule>(),
            m => m.ModuleName.Contains("torch_cpu", StringComparison.Ordinal)
        );
    }
}
