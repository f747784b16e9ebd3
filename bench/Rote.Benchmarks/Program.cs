using Rote.Benchmarks;
using Rote.Tensors;

TorchLibrary.Load();
switch (args)
{
    case ["mlp"]:
        MlpThroughput.Run(rounds: 9);
        return 0;
    case ["shapes"]:
        ShapesDifficulty.Run();
        return 0;
    case ["load"]:
        CifarLoading.Run();
        return 0;
    default:
        Console.Error.WriteLine("Name a benchmark: mlp (training throughput), shapes (how hard the set is), load (reading CIFAR-10).");
        return 2;
}
