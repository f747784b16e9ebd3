using Rote.Storage;

namespace Rote.Cli;

/// <summary>What of the machine and its software every page ends with.</summary>
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
