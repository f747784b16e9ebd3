using Rote.Storage;

namespace Rote.Cli;

/// <summary>The facts about the machine and its software at the end of every page.</summary>
internal static class MachineFacts
{
    /// <summary>Versions, system and processor, as (name, value).</summary>
    public static IReadOnlyList<(string Name, string Value)> Now()
    {
        var manifest = RunManifest.Now(TimeProvider.System);
        return
        [
            ("Rote", manifest.Rote),
            ("TorchSharp", manifest.TorchSharp),
            (".NET", manifest.DotNet),
            ("System", manifest.System),
            ("Processor", $"{manifest.Processor}, {manifest.Cores} cores"),
        ];
    }
}
