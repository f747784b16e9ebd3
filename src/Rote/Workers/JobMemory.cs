using System.Globalization;

namespace Rote.Workers;

/// <summary>How much memory a batch system gives to the job that this process is part of.</summary>
internal static class JobMemory
{
    private const string PerNode = "SLURM_MEM_PER_NODE";
    private const string PerCore = "SLURM_MEM_PER_CPU";

    /// <summary>As ", and its job has 2,000 MB"; empty where no batch system tells.</summary>
    /// <param name="variable">Gives an environment variable; null: this process's.</param>
    public static string Words(Func<string, string?>? variable = null)
    {
        var read = variable ?? Environment.GetEnvironmentVariable;
        return Megabytes(read(PerNode)) is { } node ? $", and its job has {node:N0} MB of memory ({PerNode})"
            : Megabytes(read(PerCore)) is { } core ? $", and its job has {core:N0} MB of memory a core ({PerCore})"
            : "";
    }

    private static long? Megabytes(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
