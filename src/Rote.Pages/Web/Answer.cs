using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Rote.Pages.Web;

/// <summary>The answers that all pages share.</summary>
internal static class Answer
{
    /// <summary>Answers with nothing: a browser asks for an icon, whatever the page says.</summary>
    public static Task NoIcon(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>Answers with a text.</summary>
    public static async Task Text(HttpContext context, string mediaType, string text)
    {
        context.Response.ContentType = $"{mediaType}; charset=utf-8";
        await context.Response.WriteAsync(text, Encoding.UTF8);
    }

    /// <summary>Reads a whole number from the request.</summary>
    /// <exception cref="InputException">It is missing or out of range.</exception>
    public static int Number(HttpContext context, string name, int least, int most) =>
        int.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && value >= least
        && value <= most
            ? value
            : throw new InputException($"The number \"{name}\" is missing or out of range, expected {least} to {most}.");

    /// <summary>Reads a file of a page from this assembly.</summary>
    public static string Resource(string name)
    {
        using var stream = typeof(Answer).Assembly.GetManifestResourceStream($"Rote.Pages.{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
