namespace Rote.Data.Encoders;

/// <summary>Opens encoders by name or by file. The library itself has none: Rote.Embeddings adds those that run ONNX networks.</summary>
public static class EncoderCatalog
{
    private sealed record Named(string Name, EncoderInput Input, Func<int?, IEncoder> Open);

    private sealed record Kind(string Extension, Func<string, IEncoder> Open);

    private static readonly Registry<Named> Encoders = new("encoder", encoder => encoder.Name);

    private static readonly Registry<Kind> Files = new("kind of encoder files", kind => kind.Extension);

    /// <summary>Names that can be opened.</summary>
    public static IReadOnlyList<string> Names => [.. Encoders.All.Select(encoder => encoder.Name)];

    /// <summary>The encoder that is used by default.</summary>
    /// <param name="input">What the encoder reads.</param>
    /// <returns>The name of the first encoder added for this input; null if there is none.</returns>
    public static string? DefaultFor(EncoderInput input) => Encoders.All.FirstOrDefault(encoder => encoder.Input == input)?.Name;

    /// <summary>Adds an encoder; adding it again changes nothing.</summary>
    /// <param name="name">Lower-case letters, digits and hyphens.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="open">Opens it, given the side in <c>name=SIDE</c> that pictures are scaled to; null if the user gives none.</param>
    /// <exception cref="ArgumentException">Another encoder's name differs only in upper and lower case.</exception>
    public static void Register(string name, EncoderInput input, Func<int?, IEncoder> open)
    {
        if (!Names.Contains(name))
        {
            Encoders.Add(new Named(name, input, open));
        }
    }

    /// <summary>Adds a kind of encoder file; adding it again changes nothing.</summary>
    /// <param name="extension">The ending of their names, with the dot.</param>
    /// <param name="open">Opens an existing file by its path.</param>
    public static void RegisterFiles(string extension, Func<string, IEncoder> open)
    {
        if (Files.All.All(kind => kind.Extension != extension))
        {
            Files.Add(new Kind(extension, open));
        }
    }

    /// <summary>Opens an encoder.</summary>
    /// <param name="nameOrPath">A name (<c>resnet18</c>), also with the side of scaled pictures (<c>resnet18=112</c>), or a path.</param>
    /// <returns>The encoder, which the caller owns.</returns>
    /// <exception cref="InputException">The name is unknown, or the file is missing or not an encoder; the message says why.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static IEncoder Open(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        var name = nameOrPath.Split('=', 2)[0];
        if (Encoders.All.FirstOrDefault(encoder => encoder.Name == name) is { } known)
        {
            return known.Open(Side(nameOrPath));
        }

        if (Files.All.FirstOrDefault(kind => nameOrPath.EndsWith(kind.Extension, StringComparison.OrdinalIgnoreCase)) is { } file)
        {
            return File.Exists(nameOrPath)
                ? file.Open(nameOrPath)
                : throw new InputException($"There is no file {Path.GetFullPath(nameOrPath)}; expected an encoder.");
        }

        var files = string.Concat(Files.All.Select(kind => $" The path of an encoder's file ends in {kind.Extension}."));
        throw new InputException($"There is no encoder \"{nameOrPath}\"; {Nearest.Advice(name, Names)}{files}");
    }

    private static int? Side(string text) =>
        NamedValue.Of("encoder", text).Value switch
        {
            null => null,
            { } side when side is >= 1 and <= UserDataOptions.MaxImageSize && side == Math.Floor(side) => (int)side,
            _ => throw new InputException(
                $"The encoder '{text}' names a side that is no whole number of pixels from 1 to {UserDataOptions.MaxImageSize}."
            ),
        };
}
