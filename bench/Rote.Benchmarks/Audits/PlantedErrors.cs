using Rote.Audits;
using Rote.Audits.Members;
using Rote.Data;
using Rote.Measurement;
using Rote.Networks;
using Rote.Tensors;
using Rote.Training;
using Rote.Training.Schedules;
using static TorchSharp.torch;

namespace Rote.Benchmarks.Audits;

/// <summary>A data set some of whose labels are wrong, and which ones.</summary>
/// <param name="Data">The examples with the wrong labels.</param>
/// <param name="IsWrong">[N] whose label was changed.</param>
/// <param name="IsRare">[N] who were made to look different from their class, with their right label.</param>
internal sealed record PlantedErrors(DatasetSplits Data, bool[] IsWrong, bool[] IsRare) : IDisposable
{
    /// <summary>Share of every class that looks different under "rare".</summary>
    private const double RareShare = 0.01;

    /// <summary>The kinds.</summary>
    public static readonly string[] Kinds = ["none", "symmetric", "pair-flip", "class-dependent", "image-dependent", "uncertain", "rare"];

    /// <summary>Plants errors.</summary>
    /// <param name="clean">The data; its labels are taken for right.</param>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="rate">Share of the labels that are changed.</param>
    /// <param name="seed">Which draw.</param>
    public static PlantedErrors Of(DatasetSplits clean, string kind, double rate, long seed)
    {
        using var scope = NewDisposeScope();
        var seeds = new Seeds(seed);
        var truth = clean.Train.Labels.data<long>().ToArray();
        var (given, classes) = ((long[])truth.Clone(), clean.Train.Classes);
        var order = seeds.Permutation("planted/which", 0, truth.Length);
        var stream = seeds.Stream("planted/label");
        var wanted = (int)Math.Round(rate * truth.Length);
        var weak = kind is "class-dependent" or "image-dependent" or "uncertain" ? WeakProbabilities(clean.Train, seeds) : [];
        var chosen = kind switch
        {
            "image-dependent" => order.OrderBy(i => weak[((int)i * classes) + (int)truth[i]]),
            "uncertain" => order.OrderBy(i => Gap(weak.AsSpan((int)i * classes, classes))),
            _ => order.AsEnumerable(),
        };
        var confused = kind == "class-dependent" ? Confused(weak, truth, classes) : [];
        foreach (var i in chosen.Take(wanted))
        {
            given[i] = kind switch
            {
                "symmetric" or "rare" => (truth[i] + 1 + stream.NextInt(classes - 1)) % classes,
                "pair-flip" => (truth[i] + 1) % classes,
                "class-dependent" => confused[truth[i]],
                "image-dependent" or "uncertain" => ArgMax.Beside(weak.AsSpan((int)i * classes, classes), (int)truth[i]),
                _ => truth[i],
            };
        }

        var isRare = kind == "rare" ? Rare(truth, given, classes, seeds) : new bool[truth.Length];
        var pixels = kind == "rare" ? Changed(clean.Train.Pixels, isRare, truth) : null;
        var train = clean.Train.With(pixels, tensor(given, int64));
        return new PlantedErrors(new DatasetSplits(train, clean.Test.With()), [.. truth.Zip(given, (a, b) => a != b)], isRare);
    }

    public void Dispose() => Data.Dispose();

    /// <summary>What a network with 64 hidden units says after five passes: weaker than any that audits.</summary>
    private static float[] WeakProbabilities(Dataset examples, Seeds seeds)
    {
        var features = examples.IsVectors ? VectorFeatures.Of(examples) : null;
        using var seen = features?.Standardize(examples) ?? examples.With();
        using var prepared = PreparedData.From(seen, Precision.Float32);
        var plan = new AuditPlan
        {
            Data = new DataSpec { Name = "weak" },
            Network = new Mlp { Hidden = [64] },
            Recipe = new Recipe
            {
                Epochs = 5,
                EvaluateEvery = 5,
                Schedule = new OneCycleSchedule(),
            },
            Seed = seeds.Root,
            Threads = 1,
            Canaries = 1,
        };
        var labels = Array.ConvertAll(examples.Labels.data<long>().ToArray(), l => (int)l);
        var probabilities = new float[labels.Length * examples.Classes];
        for (var fold = 0; fold < 2; fold++)
        {
            bool[] inBag = [.. labels.Select((_, i) => i % 2 == fold)];
            var training = new MemberTraining(plan, seen, prepared, KeptClasses.All(seen.Count, seen.Classes));
            var said = training.Train(100 + fold, inBag, labels, labels, null, default).Probabilities.Values;
            for (var i = 0; i < labels.Length; i++)
            {
                if (!inBag[i])
                {
                    said.AsSpan(i * examples.Classes, examples.Classes).CopyTo(probabilities.AsSpan(i * examples.Classes));
                }
            }
        }

        return probabilities;
    }

    /// <summary>For each class the other one that the weak network gives most probability.</summary>
    private static int[] Confused(float[] weak, long[] truth, int classes) =>
        [
            .. Enumerable
                .Range(0, classes)
                .Select(k =>
                {
                    var sums = new float[classes];
                    for (var i = 0; i < truth.Length; i++)
                    {
                        for (var j = 0; j < classes && truth[i] == k; j++)
                        {
                            sums[j] += weak[(i * classes) + j];
                        }
                    }

                    return ArgMax.Beside(sums, k);
                }),
        ];

    /// <summary>By how much the likeliest class is ahead of the next.</summary>
    private static float Gap(ReadOnlySpan<float> probabilities)
    {
        var (first, second) = (0f, 0f);
        foreach (var p in probabilities)
        {
            (first, second) = p > first ? (p, first) : (first, Math.Max(second, p));
        }

        return first - second;
    }

    private static bool[] Rare(long[] truth, long[] given, int classes, Seeds seeds)
    {
        var isRare = new bool[truth.Length];
        var order = seeds.Permutation("planted/rare", 0, truth.Length);
        for (var k = 0; k < classes; k++)
        {
            var members = order.Where(i => truth[i] == k && given[i] == k).ToArray();
            foreach (var i in members.Take(Math.Max(1, (int)Math.Round(RareShare * members.Length))))
            {
                isRare[i] = true;
            }
        }

        return isRare;
    }

    /// <summary>The rare ones of each class in a look of its own: a combination of inverted, upside down and transposed.</summary>
    private static Tensor Changed(Tensor pixels, bool[] isRare, long[] truth)
    {
        var changed = pixels.clone();
        for (var i = 0; i < isRare.Length; i++)
        {
            if (isRare[i])
            {
                var (look, picture) = ((truth[i] % 7) + 1, pixels[i]); // [H, W, C]
                picture = (look & 1) > 0 ? 255 - picture : picture;
                picture = (look & 2) > 0 ? picture.flip(0) : picture;
                changed[i] = (look & 4) > 0 && pixels.shape[1] == pixels.shape[2] ? picture.transpose(0, 1) : picture;
            }
        }

        return changed;
    }
}
