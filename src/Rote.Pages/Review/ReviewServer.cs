using Rote.Audits.Review;
using Rote.Pages.Web;
using Rote.Reports.Reviews;

namespace Rote.Pages.Review;

/// <summary>The page of a review: a web server on this machine's loopback address, for one reviewer.</summary>
public sealed class ReviewServer : IAsyncDisposable
{
    private readonly LocalServer _server;
    private readonly ProbabilityRows? _probabilities;

    private ReviewServer(LocalServer server, ProbabilityRows? probabilities) => (_server, _probabilities) = (server, probabilities);

    /// <summary>Starts the server.</summary>
    /// <param name="session">The review.</param>
    /// <param name="content">The examples to show. The caller still owns it, and must keep it as long as the server runs.</param>
    /// <param name="port">The port on 127.0.0.1; 0 for a free one.</param>
    /// <exception cref="MachineException">The port is in use.</exception>
    public static async Task<ReviewServer> Start(ReviewSession session, ReviewContent content, int port = 0)
    {
        var probabilities = ProbabilityRows.Open(session.Set);
        try
        {
            var items = new Items(session, content, probabilities);
            return new ReviewServer(
                await LocalServer.Start("review", application => Endpoints.Map(application, session, content, items), port),
                probabilities
            );
        }
        catch
        {
            probabilities?.Dispose();
            throw;
        }
    }

    /// <summary>The address of the page, without the token.</summary>
    public string Origin => _server.Origin;

    /// <summary>Returns an address that opens the page once, in one browser; the previous address stops working.</summary>
    public string NewAddress() => _server.NewAddress();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _probabilities?.Dispose();
    }
}
