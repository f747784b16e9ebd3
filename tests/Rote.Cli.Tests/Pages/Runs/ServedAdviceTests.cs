using Rote.Pages.Runs;
using Rote.Tests.Support;

namespace Rote.Tests.Pages.Runs;

/// <summary>What <c>rote serve</c> recommends where it cannot begin is done, and the page is there.</summary>
public sealed class ServedAdviceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public ServedAdviceTests() => RunFolders.Finished(new(_folder.File("runs"), TimeProvider.System), RunFolders.Experiment());

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("nothing", "; give one in which runs, audits or reports are kept.")]
    [InlineData(null, "; give another one.")]
    public async Task Another_folder_is_served(string? name, string message)
    {
        var error = await Assert.ThrowsAsync<InputException>(() => RunsServer.Start(name is null ? "" : _folder.File(name)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);

        await using var page = await ServedPage.Open(_folder.File("runs"));
        Assert.Single(await page.Items(items => items.Length == 1));
    }

    [Fact]
    public async Task Where_a_port_is_taken_a_free_one_is_found()
    {
        await using var first = await ServedPage.Open(_folder.File("runs"));
        var port = new Uri(first.Server.Origin).Port;
        var error = await Assert.ThrowsAsync<MachineException>(() => RunsServer.Start(_folder.File("runs"), port));
        Assert.Contains("; choose another one, or none for a free one.", error.Message, StringComparison.Ordinal);

        await using var second = await ServedPage.Open(_folder.File("runs"));
        Assert.NotEqual(port, new Uri(second.Server.Origin).Port);
        Assert.Single(await second.Items(items => items.Length == 1));
    }
}
