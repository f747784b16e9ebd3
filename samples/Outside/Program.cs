using Rote;
using Rote.Data;
using Rote.Experiments;
using Rote.Networks;
using Rote.Storage;
using Rote.Training;

using var data = DatasetLoader.Load("shapes", DataFolder.Default());
var spec = data.Spec with { Examples = 1000, TestExamples = 500, CropSide = 28 };
var experiment = new Experiment
{
    Data = spec,
    Network = new Mlp { Hidden = [64] },
    Recipe = new Recipe { Epochs = 20, LearningRate = 0.02 },
    Threads = 1,
};
var run = Flow.Run(experiment, new RunStore("runs", TimeProvider.System), _ => data.Data);
Console.WriteLine($"training accuracy {run.Summary.TrainAccuracy().Value:P1}, test accuracy {run.Summary.TestAccuracy().Value:P1}");
