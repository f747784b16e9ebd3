using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rote.Tests.Support;

/// <summary>A real browser without a window: Debian's chromium, told what to do by its own protocol, so that no driver of 100 megabytes
/// has to be fetched.</summary>
/// <remarks>https://chromedevtools.github.io/devtools-protocol. Keys arrive as from a keyboard, and every request of the page is written
/// down.</remarks>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly JsonSerializerOptions NoNulls = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly Process _process;
    private readonly TempFolder _profile;
    private readonly ClientWebSocket _socket;
    private readonly Dictionary<int, TaskCompletionSource<JsonElement>> _waiting = [];
    private readonly Lock _gate = new();
    private readonly List<string> _requests = [];
    private readonly List<string> _errors = [];
    private int _last;

    private Chromium(Process process, TempFolder profile, ClientWebSocket socket)
    {
        (_process, _profile, _socket) = (process, profile, socket);
        _ = Task.Run(Listen);
    }

    /// <summary>Where it is; null where this machine has none.</summary>
    public static string? Program => Places.FirstOrDefault(File.Exists);

    /// <summary>Addresses that the page has asked for.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>What the page complained of: errors of scripts, and what its policy forbade.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_gate)
            {
                return [.. _errors];
            }
        }
    }

    public static async Task<Chromium> Start()
    {
        var profile = new TempFolder();
        var start = new ProcessStartInfo(
            Program!,
            [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                $"--user-data-dir={profile.Path}",
                "about:blank",
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        _ = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        var port = await PortOf(profile);
        using var client = new HttpClient();
        var targets = JsonDocument.Parse(await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/json/list")));
        var page = targets.RootElement.EnumerateArray().First(t => t.GetProperty("type").GetString() == "page");
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(page.GetProperty("webSocketDebuggerUrl").GetString()!), CancellationToken.None);
        var browser = new Chromium(process, profile, socket);
        foreach (var domain in new[] { "Page", "Runtime", "Network", "Log" })
        {
            await browser.Send($"{domain}.enable", new { });
        }

        return browser;
    }

    public Task Open(string address) => Send("Page.navigate", new { url = address });

    /// <summary>The value of an expression in the page.</summary>
    public async Task<JsonElement> Value(string expression)
    {
        var answer = await Send(
            "Runtime.evaluate",
            new
            {
                expression,
                returnByValue = true,
                awaitPromise = true,
            }
        );
        Assert.False(answer.TryGetProperty("exceptionDetails", out var details), $"{expression}: {details}");
        return answer.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    /// <summary>Waits until an expression is true.</summary>
    public async Task Until(string expression)
    {
        var until = Environment.TickCount64 + 20_000;
        while ((await Value($"!!({expression})")).ValueKind != JsonValueKind.True)
        {
            Assert.True(
                Environment.TickCount64 < until,
                $"20 s went by without {expression}; the page complains of: {string.Join("; ", Errors)}"
            );
            await Task.Delay(10);
        }
    }

    /// <summary>Presses keys, one after the other: a character each, or a name as <c>ArrowRight</c>.</summary>
    public async Task Press(params string[] keys)
    {
        foreach (var key in keys)
        {
            var text =
                key.Length == 1 ? key
                : key == "Enter" ? "\r"
                : null;
            var code = key switch
            {
                "Enter" => 13,
                "Escape" => 27,
                "ArrowLeft" => 37,
                "ArrowUp" => 38,
                "ArrowRight" => 39,
                "ArrowDown" => 40,
                "Tab" => 9,
                _ => char.ToUpperInvariant(key[0]),
            };
            await Send(
                "Input.dispatchKeyEvent",
                new
                {
                    type = text is null ? "rawKeyDown" : "keyDown",
                    key,
                    text,
                    windowsVirtualKeyCode = code,
                }
            );
            await Send(
                "Input.dispatchKeyEvent",
                new
                {
                    type = "keyUp",
                    key,
                    windowsVirtualKeyCode = code,
                }
            );
        }
    }

    /// <summary>Makes the window another size, in light or dark colours.</summary>
    public async Task Look(int width, int height, bool dark)
    {
        await Send(
            "Emulation.setDeviceMetricsOverride",
            new
            {
                width,
                height,
                deviceScaleFactor = 1,
                mobile = false,
            }
        );
        await Send(
            "Emulation.setEmulatedMedia",
            new { features = new[] { new { name = "prefers-color-scheme", value = dark ? "dark" : "light" } } }
        );
    }

    /// <summary>The window as a PNG file.</summary>
    public async Task<byte[]> Picture() =>
        Convert.FromBase64String((await Send("Page.captureScreenshot", new { format = "png" })).GetProperty("data").GetString()!);

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _socket.Dispose();
        for (var i = 0; i < 20; i++)
        {
            try
            {
                _profile.Dispose(); // what it started may still be writing there
                return;
            }
            catch (IOException)
            {
                await Task.Delay(100);
            }
        }
    }

    private static async Task<string> PortOf(TempFolder profile)
    {
        var file = profile.File("DevToolsActivePort");
        for (var i = 0; i < 600; i++)
        {
            if (File.Exists(file) && File.ReadAllLines(file) is [var port, ..])
            {
                return port;
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException("Chromium did not start within 30 seconds.");
    }

    private async Task<JsonElement> Send(string method, object parameters)
    {
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        int id;
        lock (_gate)
        {
            id = ++_last;
            _waiting.Add(id, answer);
        }

        var message = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                id,
                method,
                @params = parameters,
            },
            NoNulls
        );
        await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private async Task Listen()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer, CancellationToken.None);
                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    Take(JsonDocument.Parse(Encoding.UTF8.GetString(message.ToArray())).RootElement);
                    message.SetLength(0);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The browser was closed.
        }
    }

    private void Take(JsonElement message)
    {
        lock (_gate)
        {
            if (message.TryGetProperty("id", out var id))
            {
                if (_waiting.Remove(id.GetInt32(), out var answer))
                {
                    if (message.TryGetProperty("result", out var result))
                    {
                        answer.SetResult(result.Clone());
                    }
                    else
                    {
                        answer.SetException(new InvalidOperationException($"The browser says: {message}"));
                    }
                }

                return;
            }

            var parameters = message.GetProperty("params");
            switch (message.GetProperty("method").GetString())
            {
                case "Network.requestWillBeSent":
                    _requests.Add(parameters.GetProperty("request").GetProperty("url").GetString()!);
                    break;
                case "Runtime.exceptionThrown":
                    _errors.Add(parameters.ToString());
                    break;
                case "Log.entryAdded" when parameters.GetProperty("entry").GetProperty("level").GetString() == "error":
                    _errors.Add(parameters.GetProperty("entry").ToString());
                    break;
            }
        }
    }
}
