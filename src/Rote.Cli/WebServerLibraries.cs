using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Rote.Cli;

/// <summary>Finds the web server that comes with .NET, for the commands that show a page.</summary>
/// <remarks>The command does not ask for it when it starts: every other one would then fail on a machine that has the runtime
/// alone.</remarks>
internal static class WebServerLibraries
{
    private const string Framework = "Microsoft.AspNetCore.App";

    private static string? _folder;

    /// <summary>Makes its libraries known; repeated calls change nothing.</summary>
    /// <exception cref="MachineException">This machine does not have it.</exception>
    public static void Require()
    {
        if (
            _folder is not null
            || AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") is string known && known.Contains("Microsoft.AspNetCore.dll")
        )
        {
            return;
        }

        _folder =
            Find()
            ?? throw new MachineException(
                $"The page needs the ASP.NET Core runtime {Environment.Version.Major}.{Environment.Version.Minor}, which is not beside "
                    + $"{RuntimeEnvironment.GetRuntimeDirectory()}; install the package aspnetcore-runtime or the SDK."
            );
        AssemblyLoadContext.Default.Resolving += Resolve;
    }

    /// <summary>The newest version of the same major and minor number as the runtime's.</summary>
    private static string? Find()
    {
        var shared = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", Framework));
        return Directory.Exists(shared)
            ? Directory
                .GetDirectories(shared)
                .Select(folder => (Folder: folder, Version: VersionOf(Path.GetFileName(folder))))
                .Where(f => f.Version?.Major == Environment.Version.Major && f.Version.Minor == Environment.Version.Minor)
                .OrderByDescending(f => f.Version)
                .Select(f => f.Folder)
                .FirstOrDefault()
            : null;
    }

    private static Version? VersionOf(string name) => Version.TryParse(name.Split('-')[0], out var version) ? version : null;

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        var path = Path.Combine(_folder!, $"{name.Name}.dll");
        return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    }
}
