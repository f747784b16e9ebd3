using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Rote.Pages.Web;

/// <summary>What every page answers in the same way.</summary>
internal static class Answer
{
    /// <summary>Nothing: a browser asks for an icon, whatever the page says.</summary>
    public static Task NoIcon(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>A text.</summary>
    public static async Task Text(HttpContext context, string mediaType, string text)
    {
        context.Response.ContentType = $"{mediaType}; charset=utf-8";
        await context.Response.WriteAsync(text, Encoding.UTF8);
    }

    /// <summary>A whole number of the request.</summary>
    /// <exception cref="InputException">It is missing or out of range.</exception>
    public static int Number(HttpContext context, string name, int least, int most) =>
        int.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && value >= least
        && value <= most
            ? value
            : throw new InputException($"The number \"{name}\" is missing or out of range, expected {least} to {most}.");

    /// <summary>A file of a page that lies in this assembly.</summary>
    public static string Resource(string name)
    {
        using var stream = typeof(Answer).Assembly.GetManifestResourceStream($"Rote.Pages.{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
