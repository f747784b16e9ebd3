using Rote.Data;
using Rote.Measurement;
using Rote.Networks;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Audits.Members;

/// <summary>Trains one member of an audit and predicts every example with it.</summary>
/// <param name="plan">How.</param>
/// <param name="examples">All examples, vectors standardized; still the caller's.</param>
/// <param name="prepared">The same as a network sees them; still the caller's.</param>
/// <param name="kept">What is kept of predictions.</param>
internal sealed class MemberTraining(AuditPlan plan, Dataset examples, PreparedData prepared, KeptClasses kept)
{
    /// <summary>Members that together leave every example out once: each example's neighbours are found by a network that was not trained
    /// on it.</summary>
    public const int LooksForNeighbours = 4;

    /// <summary>Whether the first members look for neighbours; not where frozen features have found them. Default true.</summary>
    public bool LooksAround { get; init; } = true;

    /// <summary>Trains it.</summary>
    /// <param name="member">From 0.</param>
    /// <param name="inBag">[N] whether it is trained on each example.</param>
    /// <param name="labels">[N] labels with this member's canaries.</param>
    /// <param name="given">[N] given labels, without canaries: the classes of neighbours.</param>
    /// <param name="progress">Told about ten times a second.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <returns>Its predictions.</returns>
    /// <exception cref="TrainingException">The loss is no longer finite.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public MemberResult Train(
        int member,
        bool[] inBag,
        int[] labels,
        int[] given,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancel
    )
    {
        using var scope = NewDisposeScope();
        var seeds = new Seeds(new Seeds(plan.Seed).Number(SeedStreams.AuditMember, member));
        var rows = Enumerable.Range(0, inBag.Length).Where(i => inBag[i]).Select(i => (long)i).ToArray();
        using var data = Subset(rows, labels);
        using var state = new TrainingState(() => plan.Network.Build(TaskShape.Of(examples), plan.Recipe.Precision, seeds), plan.Recipe);
        IExampleMeasure[] measures =
        [
            .. MeasureCatalog.Of(plan.Measures).Select(measure => measure.Create(rows.Length, plan.Recipe.Epochs)),
        ];
        using var method = new PlainTraining(plan.Recipe, seeds, rows.Length, examples.Classes);
        var (outputs, known) = (EpochOutputs.Blank(0, 0), 0L);
        var trainer = new Trainer(plan.Recipe, data, seeds, method)
        {
            Evaluates = false, // a pass over every example follows below
            Progress = progress,
            TrainedOn = (epoch, order, logits) =>
            {
                (outputs, known) = outputs.Epoch == epoch ? (outputs, known) : (EpochOutputs.Blank(epoch, rows.Length), 0);
                outputs.Fill(order, logits, data.Train.Labels);
                known += order.shape[0];
                foreach (var measure in known == rows.Length ? measures : [])
                {
                    measure.Add(outputs);
                }
            },
        };

        trainer.Run(state, cancel);
        var (probabilities, neighbours, queries) = Predict(state.Evaluated, member, inBag, given, cancel);
        return new MemberResult
        {
            InBag = inBag,
            Label = labels,
            Probabilities = probabilities,
            Dynamics = measures.SelectMany(m => m.Results).ToDictionary(r => r.Name, r => Spread(r.Values, rows, inBag.Length)),
            Queries = queries,
            Neighbours = neighbours,
        };
    }

    private TrainingData Subset(long[] rows, int[] labels)
    {
        using var relabelled = examples.With(labels: tensor(Array.ConvertAll(labels, label => (long)label), int64));
        return TrainingData.OfRows(relabelled, plan.Recipe, rows);
    }

    private (ClassProbabilities Probabilities, ClassNeighbours? Neighbours, int[]? Queries) Predict(
        Module<Tensor, Tensor> network,
        int member,
        bool[] inBag,
        int[] given,
        CancellationToken cancel
    )
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var features =
            LooksAround && member < LooksForNeighbours ? FeatureSpace.Of(network, plan.Network.FeatureLayer, prepared) : null;
        var probabilities = new ClassProbabilities(kept);
        Evaluator.Pass(network, prepared, null, Take, cancel);
        var queries = features is null ? null : Enumerable.Range(0, inBag.Length).Where(i => !inBag[i]).ToArray();
        var neighbours = features is null
            ? null
            : new NeighbourSearch(FeatureRows.Of(features.Values), given) { Queries = queries }.Find(kept.Of(queries!), cancel);
        return (probabilities, neighbours, queries);

        void Take(int start, Tensor logits, Tensor labels)
        {
            Set(probabilities, start, functional.softmax(logits, 1).OnCpu().data<float>().ToArray());
            features?.Take(start, (int)labels.shape[0]);
        }
    }

    private static void Set(ClassProbabilities probabilities, int start, float[] rows)
    {
        for (var i = 0; i < rows.Length / probabilities.Classes; i++)
        {
            probabilities.Set(start + i, rows.AsSpan(i * probabilities.Classes, probabilities.Classes));
        }
    }

    private static float[] Spread(float[] values, long[] rows, int count)
    {
        var spread = new float[count];
        Array.Fill(spread, float.NaN);
        for (var i = 0; i < rows.Length; i++)
        {
            spread[rows[i]] = values[i];
        }

        return spread;
    }
}
