using System.Diagnostics;
using System.Text.Json;
using Rote.Audits;
using Rote.Audits.Scoring;
using Rote.Data;
using Rote.Data.Encoders;
using Rote.Measurement;

namespace Rote.Benchmarks.Audits;

/// <summary>One planted set, searched for its errors by one method after the other.</summary>
/// <param name="planted">The set.</param>
/// <param name="plan">The audit of it.</param>
/// <param name="members">Its networks.</param>
/// <param name="folder">Keeps finished networks, and every method's scores: what is compared later needs no training.</param>
/// <param name="encoder">What the audit looks through beside its networks; null: nothing.</param>
internal sealed class AuditEvaluationRun(PlantedErrors planted, AuditPlan plan, int members, string folder, IEncoder? encoder = null)
{
    /// <summary>So many suspects one looks at.</summary>
    public const int First = 200;

    /// <summary>Finds the errors by one method.</summary>
    /// <param name="method">audit, self-confidence or aum.</param>
    /// <param name="audit">The audit's record of the same set, at whose recall a baseline is cut; null: none yet.</param>
    public AuditEvaluationRecord Measure(string method, AuditEvaluationRecord? audit)
    {
        var clock = Stopwatch.StartNew();
        AuditResult? result = null;
        double[] suspicion;
        if (method == "audit")
        {
            using var data = AuditData.Of(planted.Data);
            if (encoder is not null)
            {
                data.LookThrough(Encoded.Of(data.Examples, encoder, DataFolder.Default()));
            }

            result = Audit.Run(plan, data, new AuditBudget { Members = members, Time = TimeSpan.FromDays(10) }, folder);
            suspicion = [.. result.Examples.Select(e => e.Score)];
        }
        else
        {
            suspicion =
                Scores(method)
                ?? (
                    method == "aum"
                        ? AuditBaselines.Aum(plan, members, planted.Data.Train)
                        : AuditBaselines.SelfConfidence(plan, members, planted.Data.Train)
                );
        }

        Keep(method, suspicion);
        var order = Enumerable.Range(0, suspicion.Length).OrderByDescending(i => suspicion[i]).ToArray();
        var wrong = planted.IsWrong.Count(w => w);
        var called =
            result?.Count(Verdict.ProbablyWrong) ?? (audit?.Recall is { } recall ? ToRecall(order, planted.IsWrong, recall) : null);
        return new AuditEvaluationRecord
        {
            Data = "",
            Kind = "",
            Rate = 0,
            Seed = 0,
            Examples = suspicion.Length,
            Method = method,
            Network = plan.Network.Title,
            Epochs = plan.Recipe.Epochs,
            Members = members,
            Auroc = RankQuality.Auroc(suspicion, planted.IsWrong),
            AveragePrecision = PrecisionBootstrap.Of(suspicion, planted.IsWrong),
            AuditLead = method != "audit" && Scores("audit") is { } own ? PrecisionBootstrap.Lead(own, suspicion, planted.IsWrong) : null,
            TrueShare = (double)wrong / suspicion.Length,
            Seconds = clock.Elapsed.TotalSeconds,
            Wrong = result?.Wrong,
            OutOfBagAccuracy = result?.OutOfBagAccuracy.Value,
            SaidAmongFirst = result?.WrongAmong(First),
            WrongAmongFirst = result?.Suspects.Take(First).Count(e => planted.IsWrong[e.Id]),
            MeanWrongProbability = result?.Examples.Average(e => e.WrongProbability),
            Called = called,
            Recall = called is { } some && wrong > 0 ? (double)order.Take(some).Count(i => planted.IsWrong[i]) / wrong : null,
            RareThrownAway =
                called is { } count && planted.IsRare.Any(r => r)
                    ? (double)order.Take(count).Count(i => planted.IsRare[i]) / planted.IsRare.Count(r => r)
                    : null,
        };
    }

    /// <summary>How many suspects a list needs for a recall.</summary>
    private static int ToRecall(int[] order, bool[] isWrong, double recall)
    {
        var needed = recall * isWrong.Count(w => w);
        var found = 0;
        for (var count = 0; count < order.Length; count++)
        {
            if (found >= needed)
            {
                return count;
            }

            found += isWrong[order[count]] ? 1 : 0;
        }

        return order.Length;
    }

    private double[]? Scores(string method) =>
        File.Exists(ScoresFile(method)) ? JsonSerializer.Deserialize<double[]>(File.ReadAllText(ScoresFile(method))) : null;

    private void Keep(string method, double[] scores) => AtomicFile.WriteText(ScoresFile(method), JsonSerializer.Serialize(scores));

    private string ScoresFile(string method) => Path.Combine(folder, "scores", $"{plan.Identity[..12]}-{members}-{method}.json");
}
