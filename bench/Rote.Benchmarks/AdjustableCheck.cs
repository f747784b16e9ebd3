using System.Globalization;
using Rote.Data;
using Rote.Data.Encoders;
using Rote.Embeddings;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Memorization;
using Rote.Storage;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Benchmarks;

/// <summary>What the degrees of adjustable memorization are worth, by labels that did not set them: the data's own wrong labels at the
/// shares of all canaries, and the held-out canaries at shares that the steering canaries alone would have set.
/// docs/evidence/dial-mixture.md.</summary>
internal static class AdjustableCheck
{
    private static readonly double[] Asked = [0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 1];

    /// <param name="folders">Runs of <c>--memorize adjustable</c> on data whose wrong labels are known.</param>
    public static void Run(IEnumerable<string> folders)
    {
        var (heldOwn, heldOther, all) = (0, 0, 0);
        foreach (var folder in folders)
        {
            var path = Path.GetFullPath(folder);
            var run = new RunStore(Path.GetDirectoryName(path)!, TimeProvider.System).Get(path).Finished();
            var table = run.Degrees() ?? throw new InputException($"{folder} has one network.");
            using var scope = NewDisposeScope();
            using var whole = Whole(run);
            using var inputs = RunInputs.Prepare(run.Experiment, _ => whole);
            using var sets = inputs.Sets(run.Experiment.Recipe with { Augmentation = null });
            var places = CanaryPlaces.Of(inputs.Data.Canaries!, sets);
            var classes = whole.Train.Classes;
            using var high = TrainedNetwork.Load(run);
            using var low = TrainedNetwork.Load(run);
            AdjustableFiles.PutLowInto(run, table, low.Module);
            var (heldOut, test) = (Pair(sets.HeldOut!), Pair(sets.Test));
            var bySteering = DegreeTable.Of(Pair(sets.Train, places.Steering), heldOut, test, classes);
            var others = Pair(sets.Train, places.HeldOut);
            Console.WriteLine($"seed {run.Experiment.Seed}, {table.ChangedCount} own wrong labels");
            Console.WriteLine("  m  opening  interval (all)   own wrong          by steering: opening, held-out canaries     test %");
            foreach (var asked in Asked)
            {
                if (table.At(asked) is not { } row || bySteering.At(asked) is not { } other)
                {
                    Console.WriteLine($"{asked, 4}  out of reach");
                    continue;
                }

                var reading = new MemorizationReading(
                    others.Right(other.Opening),
                    others.Count,
                    other.HeldOutCorrect,
                    heldOut.Count,
                    classes
                );
                var truth = table.TrueMemorization(row) ?? throw new InputException($"No wrong label is known of {folder}.");
                var (from, to) = reading.Interval;
                var (isOwn, isOther) = (row.Canaries.Low <= truth && truth <= row.Canaries.High, from <= asked && asked <= to);
                (heldOwn, heldOther, all) = (heldOwn + (isOwn ? 1 : 0), heldOther + (isOther ? 1 : 0), all + 1);
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{asked, 4}  {row.Opening, 6:F3}   {row.Canaries.Low:F3} to {row.Canaries.High:F3}   {truth:F3} {Held(isOwn)}    "
                            + $"{other.Opening, 6:F3}  {reading.Value:F3} ({from:F3} to {to:F3}) {Held(isOther)}   "
                            + $"{100.0 * row.TestCorrect / test.Count:F1}"
                    )
                );
            }

            LogitPairs Pair(PreparedData part, IReadOnlyList<long>? rows = null) => LogitPairs.Of(low.Module, high.Module, part, rows);
        }

        Console.WriteLine($"{heldOwn} of {all} intervals hold m on the own wrong labels; {heldOther} of {all} the degree asked for");
    }

    /// <summary>The run's data, of the catalog, as it was encoded.</summary>
    private static DatasetSplits Whole(FinishedRun run)
    {
        var named = DatasetLoader.Load(run.Experiment.Data.Name, DataFolder.Default());
        if (run.Experiment.Data.Encoder is not { } spec)
        {
            return named.Data;
        }

        using var pictures = named.Data;
        OnnxEncoders.Register();
        using var encoder = EncoderCatalog.Open(spec.Name);
        return Encoded.Of(pictures, encoder, DataFolder.Default());
    }

    private static string Held(bool held) => held ? "held  " : "MISSED";
}
