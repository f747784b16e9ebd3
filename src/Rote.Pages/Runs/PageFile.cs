using Microsoft.AspNetCore.Http;

namespace Rote.Pages.Runs;

/// <summary>Serves a page that lies below the folder: unchanged, and in a sandbox.</summary>
internal static class PageFile
{
    /// <summary>A report contains its own style and script. The sandbox isolates it from this page: whatever the report holds, it reads
    /// nothing of the page, requests nothing, and sends nothing. It may give the reader a file, as the decisions on an audit's cards, and
    /// ask before it forgets them.</summary>
    private const string Policy =
        "sandbox allow-scripts allow-downloads allow-modals; default-src 'none'; style-src 'unsafe-inline'; "
        + "script-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Sends a page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="root">The served folder, as a full path without links.</param>
    /// <param name="path">A path below it that the index has found.</param>
    public static async Task Send(HttpContext context, string root, string path)
    {
        try
        {
            if (Open(root, path) is { } file)
            {
                await using (file)
                {
                    context.Response.ContentType = "text/html; charset=utf-8";
                    context.Response.Headers.ContentSecurityPolicy = Policy;
                    await file.CopyToAsync(context.Response.Body, context.RequestAborted);
                }

                return;
            }
        }
        catch (Exception error) when (!context.Response.HasStarted && error is IOException or UnauthorizedAccessException)
        {
            // Answers as if the page did not exist.
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        await context.Response.WriteAsync("This page is not there any more.");
    }

    /// <summary>Opens a page if no part of its path is a link now, and if the opened file lies where it should.</summary>
    internal static FileStream? Open(string root, string path)
    {
        var parts = path.Split(Path.DirectorySeparatorChar);
        if (parts.Any(part => part is "" or "." or ".."))
        {
            return null;
        }

        var full = root;
        foreach (var part in parts)
        {
            full = Path.Combine(full, part);
            if (File.GetAttributes(full).HasFlag(FileAttributes.ReparsePoint))
            {
                return null;
            }
        }

        if (!JsonFile.IsPlain(new FileInfo(full)))
        {
            return null;
        }

        var file = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (OperatingSystem.IsLinux() && RealPath(file) is { } real && real != full)
        {
            file.Dispose(); // a folder became a link between the check and the opening
            return null;
        }

        return file;
    }

    private static string? RealPath(FileStream file) =>
        new FileInfo($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}").LinkTarget;
}
