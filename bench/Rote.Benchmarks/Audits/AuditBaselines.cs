using Rote.Audits;
using Rote.Audits.Members;
using Rote.Data;
using Rote.Measurement;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Benchmarks.Audits;

/// <summary>What one would do without an audit, with the same network and as many image-steps: suspicion of each label.</summary>
internal static class AuditBaselines
{
    private const int Folds = 5;

    /// <summary>1 − self-confidence from five folds, each network trained so long that all five together see as many images as the audit's
    /// members did.</summary>
    /// <param name="plan">The audit's plan.</param>
    /// <param name="members">How many members it had.</param>
    /// <param name="examples">The examples.</param>
    public static double[] SelfConfidence(AuditPlan plan, int members, Dataset examples)
    {
        using var scope = NewDisposeScope();
        var epochs = Math.Max(1, (int)Math.Round(members * (1 - plan.LeftOut) * plan.Recipe.Epochs / (Folds - 1)));
        using var run = new Trained(plan, epochs, examples);
        var place = new Seeds(plan.Seed).Permutation("baseline/folds", 0, run.Labels.Length);
        var suspicion = new double[run.Labels.Length];
        var trained = run.Members(Folds, fold => (200 + fold, [.. place.Select(p => p % Folds != fold)]));
        for (var fold = 0; fold < Folds; fold++)
        {
            var (inBag, said) = (trained[fold].InBag, trained[fold].Probabilities);
            for (var i = 0; i < suspicion.Length; i++)
            {
                suspicion[i] = inBag[i] ? suspicion[i] : 1 - said[i, run.Labels[i]];
            }
        }

        return suspicion;
    }

    /// <summary>Minus the area under the margin, averaged over as many networks on all examples as see the images that the audit's members
    /// did.</summary>
    /// <param name="plan">The audit's plan.</param>
    /// <param name="members">How many members it had.</param>
    /// <param name="examples">The examples.</param>
    public static double[] Aum(AuditPlan plan, int members, Dataset examples)
    {
        using var scope = NewDisposeScope();
        using var run = new Trained(plan, plan.Recipe.Epochs, examples);
        var networks = Math.Max(1, (int)Math.Round(members * (1 - plan.LeftOut)));
        var suspicion = new double[run.Labels.Length];
        foreach (var member in run.Members(networks, n => (300 + n, [.. Enumerable.Repeat(true, suspicion.Length)])))
        {
            var aum = member.Dynamics["aum"];
            for (var i = 0; i < suspicion.Length; i++)
            {
                suspicion[i] -= aum[i] / networks;
            }
        }

        return suspicion;
    }

    /// <summary>The same training as an audit's members, on chosen examples.</summary>
    private sealed class Trained : IDisposable
    {
        private readonly AuditPlan _plan;
        private readonly Dataset _seen;
        private readonly PreparedData _prepared;
        private readonly MemberTraining _training;

        public Trained(AuditPlan plan, int epochs, Dataset examples)
        {
            _plan = plan;
            set_num_threads(plan.Threads);
            _seen = examples.IsVectors ? VectorFeatures.Of(examples).Standardize(examples) : examples.With();
            _prepared = PreparedData.From(_seen, plan.Recipe.Precision);
            _training = new MemberTraining(
                plan with
                {
                    Recipe = plan.Recipe with { Epochs = epochs, EvaluateEvery = epochs, TestEvery = epochs },
                },
                _seen,
                _prepared,
                KeptClasses.All(_seen.Count, _seen.Classes)
            );
            Labels = Array.ConvertAll(examples.Labels.data<long>().ToArray(), l => (int)l);
        }

        public int[] Labels { get; }

        /// <summary>Trains them at the same time, as an audit does.</summary>
        public MemberResult[] Members(int count, Func<int, (int Number, bool[] InBag)> which)
        {
            var members = new MemberResult[count];
            SideBySide.Run(
                count,
                AuditDefaults.Together(_plan, _seen),
                (n, cancel) =>
                {
                    var (number, inBag) = which(n);
                    members[n] = _training.Train(number, inBag, Labels, Labels, null, cancel);
                },
                default
            );
            return members;
        }

        public void Dispose()
        {
            _prepared.Dispose();
            _seen.Dispose();
        }
    }
}
