using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rote.Tests.Support;

/// <summary>A server on this machine that answers with exactly the bytes it is told, so that it can also lie and break off.</summary>
/// <remarks>One answer a request, in order, the last one repeated; each connection is closed after its answer.</remarks>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, byte[]>[] _answers;
    private readonly List<string> _requests = [];
    private readonly Task _work;

    public RawServer(params Func<string, byte[]>[] answers)
    {
        _answers = answers;
        _listener.Start();
        _work = ServeAsync();
    }

    /// <summary>Ends with a slash.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>First line and headers of every request so far.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>An answer with a body and a Content-Length, which is the body's own unless another is claimed.</summary>
    public static byte[] Answer(string status, byte[] body, long? claimedLength = null, string extraHeaders = "") =>
        [
            .. Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {status}\r\nConnection: close\r\n{extraHeaders}Content-Length: {claimedLength ?? body.Length}\r\n\r\n"
            ),
            .. body,
        ];

    /// <summary>All of it, or the rest from where the request's range begins.</summary>
    public static byte[] Ranged(string request, byte[] whole)
    {
        var at = request.IndexOf("bytes=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return Answer("200 OK", whole);
        }

        var from = int.Parse(request[(at + 6)..].Split('-')[0]);
        return from >= whole.Length
            ? Answer("416 Range Not Satisfiable", [])
            : Answer(
                "206 Partial Content",
                whole[from..],
                extraHeaders: $"Content-Range: bytes {from}-{whole.Length - 1}/{whole.Length}\r\n"
            );
    }

    public void Dispose()
    {
        _listener.Stop();
        _work.Wait(TimeSpan.FromSeconds(5));
    }

    private async Task ServeAsync()
    {
        for (var i = 0; ; i++)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return; // stopped
            }

            using (client)
            {
                await AnswerAsync(client, _answers[Math.Min(i, _answers.Length - 1)]);
            }
        }
    }

    private async Task AnswerAsync(TcpClient client, Func<string, byte[]> answer)
    {
        var stream = client.GetStream();
        var request = new StringBuilder();
        var buffer = new byte[4096];
        while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer);
            if (count == 0)
            {
                break;
            }

            request.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        lock (_requests)
        {
            _requests.Add(request.ToString());
        }

        try
        {
            await stream.WriteAsync(answer(request.ToString()));
        }
        catch (IOException)
        {
            // The client hung up first, as it may: what it then reports is what a test looks at.
            client.Close();
        }
    }
}
