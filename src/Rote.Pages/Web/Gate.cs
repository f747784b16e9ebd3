using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Rote.Pages.Web;

/// <summary>Admits one browser's own page and nobody else: no other site's page in the same browser, and no other name for this
/// machine.</summary>
/// <remarks>
/// A page of any site can make a browser send requests to this machine. It cannot know the token, read or set this page's cookie, or send a
/// request without its own <c>Origin</c>. So the address that the program prints holds a token that works once. It becomes a cookie that
/// other sites do not send (<c>SameSite=Strict</c>) and scripts cannot read. The <c>Host</c> must be the one we listen on, which prevents
/// DNS rebinding. Every request that changes something must come from our own origin.
/// </remarks>
/// <param name="name">The page's command, as "review".</param>
/// <param name="port">The port it listens on.</param>
internal sealed class Gate(string name, int port)
{
    // The page's own files and nothing else: whatever a class name or a text contains, it runs nothing and loads nothing.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'";

    private const string Parameter = "token";

    private readonly Lock _gate = new();
    private readonly string _cookie = Random();
    private string? _token;

    /// <summary>The address of the page. Browsers leave port 80 out.</summary>
    public string Origin { get; } = new Uri($"http://127.0.0.1:{port}").GetLeftPart(UriPartial.Authority);

    private string CookieName => $"rote-{name}-{port}";

    /// <summary>Returns an address that opens the page once; the previous address stops working.</summary>
    public string NewAddress()
    {
        lock (_gate)
        {
            _token = Random();
            return $"{Origin}/?{Parameter}={_token}";
        }
    }

    /// <summary>Passes allowed requests on and refuses all others.</summary>
    public async Task Check(HttpContext context, RequestDelegate next)
    {
        var (request, response) = (context.Request, context.Response);
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if ($"http://{request.Host.Value}" != Origin)
        {
            await Refuse(response, "This page is at another address.");
        }
        else if (HttpMethods.IsGet(request.Method) && request.Path == "/" && request.Query.TryGetValue(Parameter, out var token))
        {
            await Exchange(response, token.ToString());
        }
        else if (!AreEqual(request.Cookies[CookieName], _cookie))
        {
            await Refuse(
                response,
                $"This address opens the page once, in one browser. Press Enter where \"rote {name}\" runs to get a new one."
            );
        }
        else if (!IsOwn(request))
        {
            await Refuse(response, "This came from another page.");
        }
        else
        {
            await next(context);
        }
    }

    /// <summary>Whether our own page asks, as far as a browser tells; a request that changes something must prove it.</summary>
    private bool IsOwn(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
        {
            return false;
        }

        return HttpMethods.IsGet(request.Method)
            ? request.Headers.Origin.ToString() is "" || request.Headers.Origin == Origin
            : HttpMethods.IsPost(request.Method) && request.Headers.Origin == Origin && request.HasJsonContentType();
    }

    private Task Exchange(HttpResponse response, string token)
    {
        lock (_gate)
        {
            if (_token is null || !AreEqual(token, _token))
            {
                return Refuse(
                    response,
                    $"This address was used already. Press Enter where \"rote {name}\" runs to get a new one, or "
                        + "go back to the page it opened."
                );
            }

            _token = null;
        }

        response.Cookies.Append(
            CookieName,
            _cookie,
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Path = "/",
            }
        );
        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.Location = "/";
        return Task.CompletedTask;
    }

    private static Task Refuse(HttpResponse response, string sentence)
    {
        response.StatusCode = StatusCodes.Status403Forbidden;
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(sentence);
    }

    private static bool AreEqual(string? found, string expected) =>
        found is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(found), Encoding.UTF8.GetBytes(expected));

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}
