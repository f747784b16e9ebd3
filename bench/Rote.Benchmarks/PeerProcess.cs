using System.ComponentModel;
using System.Diagnostics;

namespace Rote.Benchmarks;

/// <summary>bench/peer.py in a Python with PyTorch: it waits while we train, and trains while we wait.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    private PeerProcess(Process process, string description) => (_process, Description) = (process, description);

    /// <summary>Versions, BLAS and build of PyTorch, as it tells them.</summary>
    public string Description { get; }

    /// <summary>Starts the peer with the first Python that has PyTorch: that of ROTE_PYTHON, of the path, of the system.</summary>
    /// <exception cref="MachineException">There is none.</exception>
    public static PeerProcess Start(string script, int threads)
    {
        foreach (var python in new[] { Environment.GetEnvironmentVariable("ROTE_PYTHON"), "python3", "/usr/bin/python3" })
        {
            if (!string.IsNullOrEmpty(python) && TryStart(python, script, threads) is { } peer)
            {
                return peer;
            }
        }

        throw new MachineException(
            "There is no Python with PyTorch to compare with: apt-get install python3-torch libopenblas0-openmp, or set ROTE_PYTHON to one."
        );
    }

    /// <summary>Trains one epoch.</summary>
    /// <returns>Images a second.</returns>
    /// <exception cref="MachineException">This PyTorch cannot, or has ended.</exception>
    public double ImagesPerSecond(string network, int batch, string variant, int images)
    {
        _process.StandardInput.WriteLine($"{network} {batch} {variant} {images}");
        var answer = _process.StandardOutput.ReadLine() ?? "error: it has ended.";
        return double.TryParse(answer, out var speed)
            ? speed
            : throw new MachineException($"PyTorch does not train {network} in {variant}: {answer}");
    }

    public void Dispose()
    {
        _process.StandardInput.Close(); // the end of its input ends it
        _process.WaitForExit();
        _process.Dispose();
    }

    private static PeerProcess? TryStart(string python, string script, int threads)
    {
        var start = new ProcessStartInfo(python, ["-B", script, threads.ToString()])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // As from a plain shell: what build/environment.sh changes is our doing, not PyTorch's.
        start.Environment.Remove("GLIBC_TUNABLES");
        try
        {
            var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { }; // that torch is missing, or its warnings: read, so that it never waits for us
            process.BeginErrorReadLine();
            var lines = new List<string>();
            while (process.StandardOutput.ReadLine() is { } line)
            {
                if (line.Length == 0)
                {
                    return new PeerProcess(process, string.Join(Environment.NewLine, lines));
                }

                lines.Add(line);
            }

            process.Dispose();
            return null;
        }
        catch (Win32Exception)
        {
            return null; // there is no such program
        }
    }
}
