using Rote.Benchmarks;

switch (args)
{
    case ["shapes"]:
        ShapesDifficulty.Run();
        return 0;
    case ["load"]:
        CifarLoading.Run();
        return 0;
    default:
        Console.Error.WriteLine("Name a benchmark: shapes, load.");
        return 2;
}
