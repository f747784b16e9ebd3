using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rote.Pages.Web;

/// <summary>A web server on this machine's loopback address, behind a <see cref="Gate"/>: the part that all pages share.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private const int LongestRequest = 16 << 10;

    private readonly WebApplication _application;
    private readonly Gate _gate;

    private LocalServer(WebApplication application, Gate gate) => (_application, _gate) = (application, gate);

    /// <summary>Starts a server.</summary>
    /// <param name="name">The page's command, as "review".</param>
    /// <param name="map">Maps the page's endpoints.</param>
    /// <param name="port">The port on 127.0.0.1; 0 for a free one.</param>
    /// <exception cref="MachineException">The port is in use.</exception>
    public static async Task<LocalServer> Start(string name, Action<WebApplication> map, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Rote.Pages" });
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestRequest;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<JsonOptions>(options => options.SerializerOptions.Encoder = JavaScriptEncoder.Default); // < is \u003C
        builder.Logging.ClearProviders();
        var application = builder.Build();
        Gate? gate = null; // created once the port is known; no request is answered before
        application.Use((context, next) => gate!.Check(context, next));
        application.Use(ReportErrors);
        map(application);
        try
        {
            gate = new Gate(name, port);
            await application.StartAsync();
            if (port == 0)
            {
                var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
                gate = new Gate(name, new Uri(addresses.First()).Port);
            }

            return new LocalServer(application, gate);
        }
        catch (IOException e)
        {
            await application.DisposeAsync();
            throw new MachineException($"The port {port} of this machine is taken; choose another one, or none for a free one.", e);
        }
    }

    /// <summary>The address of the page, without the token.</summary>
    public string Origin => _gate.Origin;

    /// <summary>Returns an address that opens the page once, in one browser; the previous address stops working.</summary>
    public string NewAddress() => _gate.NewAddress();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await _application.StopAsync(patience.Token);
        await _application.DisposeAsync();
    }

    /// <summary>Turns an error into one sentence for the reader, on the page as in the terminal.</summary>
    private static async Task ReportErrors(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception e)
            when (!context.Response.HasStarted
                && e is RoteException or BadHttpRequestException or JsonException or InvalidOperationException
            )
        {
            context.Response.StatusCode = e switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                MachineException => StatusCodes.Status507InsufficientStorage,
                _ => StatusCodes.Status400BadRequest,
            };
            await context.Response.WriteAsJsonAsync(new ErrorAnswer(e is RoteException ? e.Message : "The request cannot be read."));
        }
    }
}

/// <summary>A sentence for the reader of the page.</summary>
internal sealed record ErrorAnswer(string Error);
