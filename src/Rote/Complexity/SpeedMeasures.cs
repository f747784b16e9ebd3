using Rote.Storage;

namespace Rote.Complexity;

/// <summary>How fast a network was trained, read from its run alone.</summary>
internal static class SpeedMeasures
{
    /// <summary>The mean loss of all training examples after the first epoch, in nats.</summary>
    /// <exception cref="InputException">The run did not evaluate its training loss after the first epoch.</exception>
    public static double LossAfterEpoch1(FinishedRun run) =>
        run.History.FirstOrDefault(epoch => epoch.Epoch == 1)?.TrainLoss
        ?? throw new InputException($"The run {Path.GetFileName(run.Folder)} has no training loss of its first epoch.");

    /// <summary>The prequential code length of the given labels in nats an example: in the first epoch every batch is predicted before it
    /// is trained on (Dawid 1984; Blier and Ollivier 2018, arXiv:1802.07044).</summary>
    public static double CodeLength(FinishedRun run) => run.History.First(epoch => epoch.Epoch == 1).RunningLoss!.Value;

    /// <summary>The sum over all epochs of the mean loss of the examples when they were trained on (Ru et al. 2021,
    /// arXiv:2006.04492).</summary>
    public static double SumOfLosses(FinishedRun run) => run.History.Sum(epoch => epoch.RunningLoss ?? 0);

    /// <summary>Steps of gradient descent until the loss was reached.</summary>
    public static double Steps(FinishedRun run) =>
        run.History[^1].Epoch * Math.Ceiling((double)run.Summary.TrainCount / run.Experiment.Recipe.BatchSize);
}
