using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;

namespace Rote.Cli;

/// <summary>Shared by the commands that show a page of this machine until they are stopped.</summary>
internal static class LocalPage
{
    /// <summary>The page's port.</summary>
    public static Option<int> Port() =>
        new("--port") { Description = "Port of the page on 127.0.0.1 [default: a free one]", HelpName = "N" };

    /// <summary>Whether a browser is left alone.</summary>
    public static Option<bool> NoOpen() => new("--no-open") { Description = "Do not open the page in a browser" };

    /// <summary>The port that was asked for; 0 for a free one.</summary>
    /// <exception cref="InputException">There is none of that number.</exception>
    public static int Port(ParseResult parse, Option<int> option)
    {
        var port = parse.GetValue(option);
        return port is >= 0 and <= 65_535
            ? port
            : throw new InputException($"--port is {port}, expected 1 to 65535, or none for a free one.");
    }

    /// <summary>Opens the page in a browser and waits for the stop; Enter gives a new address meanwhile.</summary>
    /// <param name="screen">Where new addresses are said.</param>
    /// <param name="address">The first one.</param>
    /// <param name="newAddress">Makes one.</param>
    /// <param name="isOpened">Whether a browser is opened; where programs read along, none is.</param>
    /// <param name="stop">The end.</param>
    public static async Task Show(Screen screen, string address, Func<string> newAddress, bool isOpened, CancellationToken stop)
    {
        screen.PeopleWriter.Flush();
        if (isOpened && !screen.Json)
        {
            OpenBrowser(address);
        }

        if (!Console.IsInputRedirected)
        {
            new Thread(() => NewAddresses(screen, newAddress)) { IsBackground = true, Name = "addresses" }.Start();
        }

        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static void NewAddresses(Screen screen, Func<string> newAddress)
    {
        while (Console.ReadLine() is not null)
        {
            screen.Line($"A new address: {newAddress()}");
        }
    }

    private static void OpenBrowser(string address)
    {
        var hasScreen =
            !OperatingSystem.IsLinux()
            || Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };
        if (!hasScreen)
        {
            return;
        }

        try
        {
            using var process = Process.Start(
                OperatingSystem.IsLinux()
                    ? new ProcessStartInfo("xdg-open", [address])
                    {
                        UseShellExecute = false,
                        RedirectStandardOutput = true,
                        RedirectStandardError = true,
                    }
                    : new ProcessStartInfo(address) { UseShellExecute = true }
            );
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            // There is no browser to open; the screen shows the address.
            Debug.WriteLine(e.Message);
        }
    }
}
