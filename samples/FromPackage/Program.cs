using Rote;
using Rote.Data;
using Rote.Embeddings;
using Rote.Experiments;
using Rote.Networks;
using Rote.Storage;
using Rote.Training;
using SkiaSharp;

// A network on drawn pictures.
using var data = DatasetLoader.Load("shapes", DataFolder.Default());
var experiment = new Experiment
{
    Data = data.Spec with { Examples = 1000, TestExamples = 500, CropSide = 28 },
    Network = new Mlp { Hidden = [64] },
    Recipe = new Recipe { Epochs = 20, LearningRate = 0.02 },
    Threads = 1,
};
var run = Flow.Run(experiment, new RunStore("runs", TimeProvider.System), _ => data.Data);
Console.WriteLine($"training accuracy {run.Summary.TrainAccuracy().Value:P1}, test accuracy {run.Summary.TestAccuracy().Value:P1}");

// A folder of pictures, one subfolder a class: what people have. Every fifth lies in the wrong one.
SKColor[] colors = [SKColors.Red, SKColors.Green, SKColors.Blue];
for (var i = 0; i < 300; i++)
{
    var folder = Path.Combine("photos", $"{colors[(i + (i % 5 == 0 ? 1 + (i / 5 % 2) : 0)) % 3].Hue:000}");
    Directory.CreateDirectory(folder);
    using var picture = new SKBitmap(32, 32);
    picture.Erase(colors[i % 3]);
    for (var pixel = 0; pixel < 64; pixel++)
    {
        picture.SetPixel((pixel * (i + 7)) % 32, (pixel * 5) % 32, SKColors.Gray);
    }

    using var file = File.Create(Path.Combine(folder, $"picture {i}.png"));
    picture.Encode(file, SKEncodedImageFormat.Png, 100);
}

// The encoder's network came with the package.
using var encoder = OnnxEncoders.ResNet18();
Console.WriteLine($"{encoder.Name} gives {encoder.Width} numbers a picture");
