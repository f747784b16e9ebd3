using Rote.Benchmarks;
using Rote.Tensors;

TorchLibrary.Load();
switch (args)
{
    case ["mlp"]:
        MlpThroughput.Run(rounds: 9);
        return 0;
    case ["conv"]:
        ConvolutionThroughput.Run(rounds: 5);
        return 0;
    case ["shapes"]:
        ShapesDifficulty.Run();
        return 0;
    case ["load"]:
        CifarLoading.Run();
        return 0;
    default:
        Console.Error.WriteLine("Name a benchmark: mlp (training throughput), conv (training throughput of convolutional networks), shapes (how hard the set is), load (reading CIFAR-10).");
        return 2;
}
