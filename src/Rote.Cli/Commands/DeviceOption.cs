using System.CommandLine;
using Rote.Cli.Clusters;
using Rote.Tensors;

namespace Rote.Cli.Commands;

/// <summary>The option that says where a command computes.</summary>
internal static class DeviceOption
{
    /// <summary>The option of a command that trains or asks networks.</summary>
    public static Option<string> Create() =>
        new("--device")
        {
            Description =
                "cpu; cuda, the first GPU, or cuda:N; auto is cuda where there is a GPU, else cpu. Never run on a GPU by this project",
            HelpName = "DEVICE",
            DefaultValueFactory = _ => "cpu",
        };

    /// <summary>The device that a name means.</summary>
    /// <param name="name">The option's value.</param>
    /// <param name="cluster">Who computes, whose machines are not looked at; null: this machine.</param>
    /// <exception cref="InputException">The name is none, there are fewer GPUs, or a cluster cannot know what it means.</exception>
    /// <exception cref="MachineException">This machine has no GPU that libtorch can use.</exception>
    public static ComputeDevice Resolve(string name, ClusterRequest? cluster = null) =>
        cluster is null
            ? ComputeDevice.Find(name)
            : ComputeDevice.Read(name) switch
            {
                null => throw new InputException(
                    "--device auto is decided by the machine that computes, which is one of the cluster: say cpu or cuda."
                ),
                { Index: > 0 } => throw new InputException(
                    $"--device {name} is a GPU of one machine, and a cluster has others: say cuda, which is a worker's own GPU."
                ),
                { } device => device,
            };

    /// <summary>Says it where a GPU is used: until somebody has compared, nobody knows what comes of it.</summary>
    /// <param name="screen">Where words go.</param>
    /// <param name="device">What was chosen.</param>
    /// <param name="hasEncoder">Whether examples pass through an encoder; it is run by ONNX Runtime, whose part for GPUs Rote does not
    /// have.</param>
    public static void Print(Screen screen, ComputeDevice device, bool hasEncoder)
    {
        if (device.IsGpu)
        {
            screen.Progress($"Networks are on the GPU ({device}), where this project never ran: compare with --device cpu first.");
        }

        if (device.IsGpu && hasEncoder)
        {
            screen.Progress("The encoder stays on the processor.");
        }
    }
}
