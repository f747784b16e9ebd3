using System.Globalization;
using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace Rote.Tensors;

/// <summary>The kinds of processors that tensors are computed on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeviceKind>))]
public enum DeviceKind
{
    /// <summary>The machine's processor.</summary>
    [JsonStringEnumMemberName("cpu")]
    Cpu,

    /// <summary>A GPU that libtorch uses through CUDA.</summary>
    [JsonStringEnumMemberName("cuda")]
    Cuda,
}

/// <summary>Where tensors are computed: the processor, which is the default value, or one of the GPUs.</summary>
/// <remarks>Written with care and never run on a GPU: none was at hand. A record keeps the kind alone, for the number of a GPU changes no
/// result.</remarks>
public readonly record struct ComputeDevice
{
    private const string Prefix = "cuda:";

    private ComputeDevice(DeviceKind kind, int index) => (Kind, Index) = (kind, index);

    /// <summary>The processor.</summary>
    public static ComputeDevice Cpu => default;

    /// <summary>What a name can be; a number from 0 stands for N.</summary>
    public static IReadOnlyList<string> Names { get; } = ["auto", "cpu", "cuda", "cuda:N"];

    /// <summary>Processor or GPU.</summary>
    public DeviceKind Kind { get; }

    /// <summary>Which of the GPUs that the process sees, from 0; 0 for the processor.</summary>
    public int Index { get; }

    /// <summary>Whether it is a GPU.</summary>
    public bool IsGpu => Kind != DeviceKind.Cpu;

    /// <summary>One of the GPUs, whether it is there or not.</summary>
    /// <param name="index">Which, from 0.</param>
    public static ComputeDevice Cuda(int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new ComputeDevice(DeviceKind.Cuda, index);
    }

    /// <summary>The first device of a kind.</summary>
    /// <param name="kind">As a record keeps it.</param>
    public static ComputeDevice First(DeviceKind kind) => new(kind, 0);

    /// <summary>Finds a device of this machine by its name.</summary>
    /// <param name="name"><c>cpu</c>; <c>cuda</c>, the first GPU; <c>cuda:N</c>; <c>auto</c>: the first GPU where there is one, else the
    /// processor.</param>
    /// <returns>A device that is there. For <c>cpu</c> nothing is looked at.</returns>
    /// <exception cref="InputException">The name is none, or there are fewer GPUs.</exception>
    /// <exception cref="MachineException">There is no GPU that libtorch can use.</exception>
    public static ComputeDevice Find(string name) => Find(name, CudaSupport.Look);

    /// <summary>The same with what is known of the machine's GPUs.</summary>
    internal static ComputeDevice Find(string name, Func<CudaFindings> look)
    {
        if (Read(name) is not { } asked)
        {
            return look().Count > 0 ? Cuda() : Cpu;
        }

        asked.Require(look);
        return asked;
    }

    /// <summary>Reads a name, and looks at no machine.</summary>
    /// <param name="name">As for <see cref="Find(string)"/>.</param>
    /// <returns>The device; null for <c>auto</c>.</returns>
    /// <exception cref="InputException">The name is none.</exception>
    public static ComputeDevice? Read(string name) =>
        name switch
        {
            "auto" => null,
            "cpu" => Cpu,
            "cuda" => Cuda(),
            _ when name.StartsWith(Prefix, StringComparison.Ordinal) => int.TryParse(
                name[Prefix.Length..],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var index
            )
                ? Cuda(index)
                : throw new InputException($"The device is '{name}', expected cuda:N with the number of a GPU, from 0."),
            _ => throw Nearest.Unknown("device", name, Names),
        };

    /// <summary>Demands that the device is there.</summary>
    /// <exception cref="InputException">There are fewer GPUs.</exception>
    /// <exception cref="MachineException">There is no GPU that libtorch can use.</exception>
    public void Require() => Require(CudaSupport.Look);

    /// <summary>As in <see cref="Find(string)"/>: cpu, cuda or cuda:N.</summary>
    public override string ToString() =>
        (Kind, Index) switch
        {
            (DeviceKind.Cpu, _) => "cpu",
            (_, 0) => "cuda",
            var (_, index) => $"{Prefix}{index}",
        };

    /// <summary>The same as libtorch's.</summary>
    internal Device Torch => IsGpu ? new Device(DeviceType.CUDA, Index) : CPU;

    private void Require(Func<CudaFindings> look)
    {
        if (!IsGpu)
        {
            return;
        }

        var (count, reason) = look();
        if (count == 0)
        {
            throw new MachineException($"This needs a GPU, and {reason}; or set {Setting.Device} to cpu.");
        }

        if (Index >= count)
        {
            throw new InputException(
                $"The device is {this}, and libtorch finds {count} {(count == 1 ? "GPU" : "GPUs")} here: give a number below {count}."
            );
        }
    }
}
