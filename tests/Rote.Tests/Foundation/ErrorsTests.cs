namespace Rote.Tests.Foundation;

public sealed class ErrorsTests
{
    // A class of a data set may be called anything; shown in a sentence, it neither forges a second line nor clears the screen.
    [Theory]
    [InlineData("a\nRote: all is well", "a\uFFFDRote: all is well")]
    [InlineData("a\r\n\tb", "a\uFFFD\uFFFD\uFFFDb")]
    [InlineData("a\u001b[2Jb", "a\uFFFD[2Jb")]
    [InlineData("a\u202Eb", "a\uFFFDb")]
    [InlineData("Zürich, 猫", "Zürich, 猫")]
    public void A_message_is_one_line_whatever_stands_in_it(string text, string shown)
    {
        Assert.Equal(shown, new InputException(text).Message);
        Assert.Equal(shown, new MachineException(text, new IOException(text)).Message);
    }
}
