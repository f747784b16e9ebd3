using Rote.Workers;

namespace Rote.Tests.Workers;

public sealed class ExitTextTests
{
    // Signal numbers: signal(7), the column x86/ARM.
    [Theory]
    [InlineData(0, "ended with exit code 0")]
    [InlineData(3, "ended with exit code 3")]
    [InlineData(128, "ended with exit code 128")]
    [InlineData(137, "was ended by signal 9 (SIGKILL, which the system sends when memory runs out)")]
    [InlineData(139, "was ended by signal 11 (SIGSEGV, a fault in a library)")]
    [InlineData(255, "ended with exit code 255")]
    public void An_exit_code_is_told_in_words(int code, string words) => Assert.Equal(words, ExitText.Of(code));
}
