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

    /// <summary>The encoder that is taken where nobody chooses one.</summary>
    /// <param name="input">What it is to read.</param>
    /// <returns>The name of the first that was added for such input; null: there is none.</returns>
    public static string? DefaultFor(EncoderInput input) => Encoders.All.FirstOrDefault(encoder => encoder.Input == input)?.Name;

    /// <summary>Adds an encoder; adding it again changes nothing.</summary>
    /// <param name="name">Lower-case letters, digits and hyphens.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="open">Opens it, with the number in <c>name=NUMBER</c>: the side that pictures are scaled to; null where the user gives
    /// none.</param>
    /// <exception cref="ArgumentException">Another one has the name.</exception>
    public static void Register(string name, EncoderInput input, Func<int?, IEncoder> open)
    {
        if (!Names.Contains(name))
        {
            Encoders.Add(new Named(name, input, open));
        }
    }

    /// <summary>Adds a kind of files that encoders are read from; adding it again changes nothing.</summary>
    /// <param name="extension">How their names end, with the dot.</param>
    /// <param name="open">Opens a file that is there, by its path.</param>
    public static void RegisterFiles(string extension, Func<string, IEncoder> open)
    {
        if (Files.All.All(kind => kind.Extension != extension))
        {
            Files.Add(new Kind(extension, open));
        }
    }

    /// <summary>Opens an encoder.</summary>
    /// <param name="nameOrPath">A name, as <c>resnet18</c>; one with the side that pictures are scaled to, as <c>resnet18=112</c>; or the
    /// path of a file.</param>
    /// <returns>The encoder, which the caller owns.</returns>
    /// <exception cref="InputException">There is none of that name; or the file is not there, or not an encoder; the message says
    /// why.</exception>
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
