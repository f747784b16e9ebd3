using System.Reflection;

namespace Rote.Cli;

/// <summary>Assemblies of others that the command loads first, so that help, messages and files know their additions by
/// name.</summary>
internal static class Extensions
{
    /// <summary>Where worker processes find them; users may set it too.</summary>
    public const string Variable = "ROTE_EXTENSIONS";

    /// <summary>Loads the assemblies that the command line and the environment name, and lets worker processes load the same.</summary>
    /// <param name="arguments">The command line: options are looked for before it is parsed, because they add to what can be
    /// parsed.</param>
    /// <exception cref="InputException">A file is not there, is no assembly, is for another version of Rote, or adds nothing.</exception>
    public static void Load(IReadOnlyList<string> arguments)
    {
        var fromEnvironment = (Environment.GetEnvironmentVariable(Variable) ?? "").Split(
            Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries
        );
        string[] files = [.. fromEnvironment.Concat(Named(arguments)).Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)];
        if (files.Length == 0)
        {
            return;
        }

        foreach (var file in files)
        {
            Load(file);
        }

        Environment.SetEnvironmentVariable(Variable, string.Join(Path.PathSeparator, files));
    }

    private static IEnumerable<string> Named(IReadOnlyList<string> arguments)
    {
        var name = GlobalOptions.Extension.Name;
        for (var i = 0; i < arguments.Count && arguments[i] != "--"; i++)
        {
            if (arguments[i] == name && i + 1 < arguments.Count)
            {
                yield return arguments[i + 1];
            }
            else if (arguments[i].StartsWith(name + "=", StringComparison.Ordinal))
            {
                yield return arguments[i][(name.Length + 1)..];
            }
        }
    }

    private static void Load(string file)
    {
        try
        {
            var types = Assembly
                .LoadFrom(file)
                .GetExportedTypes()
                .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IExtension)))
                .ToArray();
            if (types.Length == 0)
            {
                throw new InputException(
                    $"{file} adds nothing: it has no public class that implements {nameof(IExtension)}; samples/Extending shows one."
                );
            }

            foreach (var type in types)
            {
                ((IExtension)Activator.CreateInstance(type)!).Register();
            }
        }
        catch (FileNotFoundException)
        {
            throw new InputException(
                $"There is nothing at {file}, or it needs an assembly that is not beside it; --extension expects a .dll that was built "
                    + $"against Rote."
            );
        }
        catch (Exception error) when (error is BadImageFormatException or FileLoadException or UnauthorizedAccessException or IOException)
        {
            throw new InputException($"{file} is no assembly that can be loaded; --extension expects a .dll that was built against Rote.");
        }
        catch (Exception error) when (error is TypeLoadException or MissingMemberException or ReflectionTypeLoadException)
        {
            throw new InputException($"{file} was built against another version of Rote; build it again ({error.Message}).");
        }
        catch (Exception error) when (error is TargetInvocationException or ArgumentException)
        {
            throw new InputException($"{file} cannot register what it adds: {(error.InnerException ?? error).Message}");
        }
    }
}
