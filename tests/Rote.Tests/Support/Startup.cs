using System.Runtime.CompilerServices;

namespace Rote.Tests.Support;

/// <summary>What must happen before the first test.</summary>
internal static class Startup
{
    /// <summary>Help lists what there is when the command is first built: before tests add members of the sample to the families.</summary>
    [ModuleInitializer]
    internal static void BuildCommand() => global::Rote.Cli.Program.Build();
}
