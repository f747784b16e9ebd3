using System.Globalization;
using Rote.Data;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Memorization;
using Rote.Storage;
using static TorchSharp.torch;

namespace Rote.Benchmarks;

/// <summary>Can two networks stand in for a dial at every degree between theirs? The logits of one that memorizes little and of one that
/// memorizes all are mixed; the share is set so that the steering canaries give the degree asked for, and the held-out canaries say what
/// came of it. docs/evidence/dial-mixture.md.</summary>
internal static class LogitMixture
{
    private const int Steps = 1000;

    /// <param name="low">Folder of the run that memorizes little.</param>
    /// <param name="high">Folder of the run at m = 1, of the same data, seed and canaries.</param>
    public static void Run(string low, string high)
    {
        var store = new RunStore(Path.GetDirectoryName(Path.GetFullPath(low))!, TimeProvider.System);
        var (first, second) = (store.Get(Path.GetFullPath(low)).Finished(), store.Get(Path.GetFullPath(high)).Finished());
        using var scope = NewDisposeScope();
        var named = DatasetLoader.Load(first.Experiment.Data.Name, DataFolder.Default());
        using var whole = named.Data;
        using var inputs = RunInputs.Prepare(first.Experiment, _ => whole);
        using var sets = inputs.Sets(first.Experiment.Recipe with { Augmentation = null });
        var places = CanaryPlaces.Of(inputs.Data.Canaries!, sets);
        using var few = TrainedNetwork.Load(first);
        using var all = TrainedNetwork.Load(second);
        var pairs = new[] { sets.Train, sets.HeldOut!, sets.Test }
            .Select(part => (Labels: part.Labels.data<long>().ToArray(), Few: Logits(few, part), All: Logits(all, part)))
            .ToArray();
        var (train, heldOut, test) = (pairs[0], pairs[1], pairs[2]);
        long[] everyone(int count) => [.. Enumerable.Range(0, count).Select(row => (long)row)];
        Console.WriteLine("asked  share   steering  held out (95 %)          test %");
        foreach (var asked in new[] { 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 1 })
        {
            var (share, steering) = Enumerable
                .Range(0, Steps + 1)
                .Select(step => (Share: (double)step / Steps, Reading: Read((double)step / Steps, places.Steering)))
                .MinBy(pair => Math.Abs(pair.Reading.Value - asked));
            var audit = Read(share, places.HeldOut);
            var (low95, high95) = audit.Interval;
            var right = 100.0 * Right(test, share, everyone(test.Labels.Length)) / test.Labels.Length;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{asked, 5}  {share:F3}   {steering.Value:F3}     {audit.Value:F3} ({low95:F3} to {high95:F3})   {right:F1}"
                )
            );
        }

        MemorizationReading Read(double share, IReadOnlyList<long> rows) =>
            new(
                Right(train, share, rows),
                rows.Count,
                Right(heldOut, share, everyone(heldOut.Labels.Length)),
                heldOut.Labels.Length,
                whole.Train.Classes
            );
    }

    private static int Right((long[] Labels, float[] Few, float[] All) part, double share, IReadOnlyList<long> rows)
    {
        var classes = part.Few.Length / part.Labels.Length;
        return rows.Count(row =>
        {
            var start = (int)row * classes;
            var best = Enumerable.Range(0, classes).MaxBy(k => ((1 - share) * part.Few[start + k]) + (share * part.All[start + k]));
            return best == part.Labels[row];
        });
    }

    private static float[] Logits(TrainedNetwork network, Training.PreparedData part) =>
        Predictions.Of(network.Module, part, keepLogits: true).Logits!;
}
