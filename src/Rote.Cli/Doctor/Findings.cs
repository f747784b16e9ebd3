using System.Text.Json.Serialization;
using Rote.Tensors;

namespace Rote.Cli.Doctor;

/// <summary>What doctor saw on the machine, before any judgement. Sizes in bytes, rates in GFLOP/s.</summary>
internal sealed record Findings
{
    /// <summary>Rote's version with the git commit it was built from.</summary>
    public required string RoteVersion { get; init; }

    /// <summary>.NET's version.</summary>
    public required string RuntimeVersion { get; init; }

    /// <summary>As the system names itself: "Debian GNU/Linux 12 (bookworm)".</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>As .NET names the platform: "linux-x64".</summary>
    public required string Platform { get; init; }

    /// <summary>Null where the platform has no such library.</summary>
    public NativeLibraryFindings? NativeLibraries { get; init; }

    /// <summary>Whether libtorch runs.</summary>
    public required TorchFindings Torch { get; init; }

    /// <summary>The processor.</summary>
    public required ProcessorFindings Processor { get; init; }

    /// <summary>The memory that this process may use.</summary>
    public required MemoryFindings Memory { get; init; }

    /// <summary>Free space where the data goes.</summary>
    public required DiskFindings DataDisk { get; init; }

    /// <summary>Free space where runs go: in the folder that the command was started in.</summary>
    public required DiskFindings WorkDisk { get; init; }

    /// <summary>The data folder.</summary>
    public required DataFindings Data { get; init; }

    /// <summary>Where the npm client is; null if it is not on the path.</summary>
    public string? Npm { get; init; }
}

/// <summary>The native libraries beside the program, as files.</summary>
/// <param name="State">What libLibTorchSharp.so demands (docs/explanation/native-fix.md); null if it cannot be read as what it should
/// be.</param>
/// <param name="Problem">Which file cannot be read, and why, without the full stop; null if all can.</param>
internal sealed record NativeLibraryFindings([property: JsonConverter(typeof(MarkerStateNames))] MarkerState? State, string? Problem);

/// <summary>Whether libtorch runs.</summary>
internal sealed record TorchFindings
{
    /// <summary>TorchSharp's version.</summary>
    public required string TorchSharpVersion { get; init; }

    /// <summary>Libtorch's own version; null if it did not load.</summary>
    public string? LibtorchVersion { get; init; }

    /// <summary>Why it did not load, without the full stop; null if it did.</summary>
    public string? Problem { get; init; }

    /// <summary>Number of CUDA devices that it can use.</summary>
    public int Gpus { get; init; }

    /// <summary>Multiplication rate of square float32 matrices; null if not measured.</summary>
    public double? Float32Rate { get; init; }

    /// <summary>The same in bfloat16.</summary>
    [JsonPropertyName("bfloat16Rate")]
    public double? BFloat16Rate { get; init; }

    /// <summary>Number of convolution shapes whose kernel was tried.</summary>
    public int ConvolutionsTried { get; init; }

    /// <summary>Number of them that are wrong on this processor, and that Rote computes in another way.</summary>
    public int ConvolutionsWrong { get; init; }
}

/// <summary>The processor.</summary>
/// <param name="Model">As the system names it; null if it does not.</param>
/// <param name="MachineCores">Logical processors of the machine; 0 if the system does not tell.</param>
/// <param name="UsableCores">Those that this process may use: affinity and container limits counted in.</param>
/// <param name="BFloat16Instructions">Linux's name of them; null if there are none.</param>
/// <param name="AutoPrecision">What precision <c>auto</c> means here.</param>
internal sealed record ProcessorFindings(
    string? Model,
    int MachineCores,
    int UsableCores,
    [property: JsonPropertyName("bfloat16Instructions")] string? BFloat16Instructions,
    Precision AutoPrecision
);

/// <summary>Memory that this process may use: the container's limit if it has one.</summary>
/// <param name="Total">In bytes; 0 if the system does not tell.</param>
/// <param name="Available">Bytes that are free; 0 if the system does not tell.</param>
internal sealed record MemoryFindings(long Total, long Available);

/// <summary>A folder and the free space of its disk; the folder may not be there yet.</summary>
/// <param name="Folder">Absolute path.</param>
/// <param name="Free">Null if the system does not tell.</param>
internal sealed record DiskFindings(string Folder, long? Free);

/// <summary>The data folder.</summary>
/// <param name="Folder">Absolute path; it may not be there yet.</param>
/// <param name="IsWritable">Whether a file can be made in it, or the folder itself if it is not there yet.</param>
/// <param name="Fetched">Catalog names of the sets in it; those that are generated are not counted.</param>
/// <param name="NotFetched">Those that would be fetched.</param>
internal sealed record DataFindings(string Folder, bool IsWritable, IReadOnlyList<string> Fetched, IReadOnlyList<string> NotFetched);

/// <summary>The states in JSON: <c>notNeeded</c>, <c>required</c>, <c>weak</c>. Said here, because the enum's file is also compiled by the
/// build.</summary>
internal sealed class MarkerStateNames() : JsonStringEnumConverter<MarkerState>(System.Text.Json.JsonNamingPolicy.CamelCase);
