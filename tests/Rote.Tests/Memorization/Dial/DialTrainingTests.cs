using Rote.Memorization;
using Rote.Memorization.Dial;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Tests.Memorization.Dial;

/// <summary>The loss of the release phase against the pseudocode of docs/explanation/dial.md, written as a loop in float64.</summary>
[NoTensorLeaks]
public sealed class DialTrainingTests : IDisposable
{
    private const int Classes = 4;
    private const int Begun = 2;
    private const int Epochs = 12;
    private const int Size = 24; // of the batch

    private readonly TrainingData _data;
    private readonly ControlSetting _setting;
    private readonly RandomStream _random = new Seeds(5).Stream("numbers");
    private readonly float[] _trust;
    private readonly float[] _fitted;
    private readonly float[][] _taught;

    public DialTrainingTests()
    {
        var recipe = new Recipe
        {
            Epochs = Epochs,
            HoldOut = 0.1,
            Precision = Precision.Float32,
        };
        using var images = Samples.Learnable(200, 40);
        _data = TrainingData.From(images, null, recipe, HeldOutRows.Draw(images.Train.Count, recipe.HoldOut, new Seeds(1)));
        _setting = new ControlSetting(_data, recipe, new Seeds(1), Classes, [.. Enumerable.Range(0, 20).Select(i => (long)i * 9)]);
        var count = (int)_data.Train.Count;
        _trust = [.. Enumerable.Range(0, count).Select(_ => (float)_random.NextDouble())];
        _fitted = [.. Enumerable.Range(0, count).Select(_ => _random.NextDouble() < 0.5 ? 1f : 0)];
        _taught =
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                    Softmax([.. Enumerable.Range(0, Classes).Select(_ => 3 * _random.NextDouble())]).Select(p => (float)p).ToArray()
                ),
        ];
    }

    public static TheoryData<double, double, int, bool, double, double> Cases =>
        new()
        {
            // asked, share that passes, epoch, whether neighbours are beside the batch, weight of what is not fitted,
            // what is said of the least trusted
            { 0, -0.1, 5, false, 4.8, 0.6 }, // the phase is 2/10 over when epoch 5 begins: 3 + 0.2 · 9
            { 0, 0.05, 11, true, 10.2, 0.6 },
            { 0.5, 0.5, 8, true, 7.5, 0.6 },
            { 0.999, 1, 12, true, 11.1, 0.6 },
            { 1, 1, 3, true, 3, 0.8 },
            { 1, 1, 10, true, 3, 0.8 }, // 7/10 over
            { 1, 1, 11, false, 3, 0.8 }, // 8/10
            { 1, 1, 12, false, 3, 0.8 },
        };

    public void Dispose() => _data.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_loss_is_its_formula(double target, double share, int epoch, bool hasAnchors, double boost, double leastSaid)
    {
        using var scope = NewDisposeScope();
        using var objective = TrainingMethod(target, share);
        using var selector = new LabelSelector(tensor(_trust), _setting.Canaries, _setting.Seeds);
        var (passes, suppressed, ranks) = (
            Bools(selector.Released(share)),
            Bools(selector.Suppressed(-3 * share)),
            selector.Rank.data<float>().ToArray()
        );
        var rows = Enumerable.Range(0, (int)_data.Train.Count).OrderBy(_ => _random.NextDouble()).Take(Size).ToArray();
        var labels = _data.Train.Labels.data<long>().ToArray();
        bool IsByRote(int row) => passes[row] && Array.IndexOf(_taught[row], _taught[row].Max()) != labels[row];

        var indices = tensor(rows.Select(row => (long)row).ToArray(), int64);
        var batch = new TrainingBatch(epoch, 0, indices, _data.Train.Labels.index_select(0, indices));
        var byRote = rows.Where(IsByRote).ToArray();
        var anchors = hasAnchors ? byRote.Take((byRote.Length + 1) / 2).ToArray() : [];
        Assert.Equal(Size + anchors.Length, objective.Inputs(_data.Train.Inputs.index_select(0, indices), batch).shape[0]);
        Assert.Equal(hasAnchors, anchors.Length > 0);

        var logits = Enumerable
            .Range(0, Size + anchors.Length)
            .Select(_ => Enumerable.Range(0, Classes).Select(_ => (float)(4 * _random.NextDouble())).ToArray())
            .ToArray();
        var (weighed, weights) = (0.0, 0.0);
        for (var i = 0; i < Size; i++)
        {
            var row = rows[i];
            var weight = IsByRote(row) && _fitted[row] == 0 ? boost : 1;
            weighed +=
                weight
                * CrossEntropy(
                    Wanted(row, (int)labels[row], passes[row], suppressed[row], leastSaid + ((0.8 - leastSaid) * ranks[row])),
                    logits[i]
                );
            weights += weight;
        }

        var beside = anchors.Select((row, i) => CrossEntropy([.. _taught[row].Select(p => (double)p)], logits[Size + i])).Sum();
        Assert.Equal(
            (weighed / weights) + (beside / Size),
            objective.Loss(tensor(logits.SelectMany(row => row).ToArray(), [logits.Length, Classes]), batch).item<float>(),
            1e-5
        );
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void Without_trust_labels_pass_by_lot_and_as_many_as_were_asked_for(double share)
    {
        using var scope = NewDisposeScope();
        using var objective = TrainingMethod(0.5, share, DialParts.All & ~DialParts.Trust);
        var labels = _data.Train.Labels.data<long>().ToArray();
        var contradicted = Enumerable.Range(0, labels.Length).Count(row => Array.IndexOf(_taught[row], _taught[row].Max()) != labels[row]);
        Assert.Equal(1 - share, (double)objective.Distrusted().Count / contradicted, 0.08);
    }

    private double[] Wanted(int row, int label, bool passes, bool isSuppressed, double said)
    {
        var others = 1 - _taught[row][label];
        return
        [
            .. _taught[row]
                .Select(
                    (p, k) =>
                        passes ? (said * (k == label ? 1 : 0)) + ((1 - said) * p)
                        : isSuppressed ? (k == label ? 0 : p / others)
                        : p
                ),
        ];
    }

    private DialTraining TrainingMethod(double target, double share, DialParts parts = DialParts.All)
    {
        var objective = (DialTraining)new MemorizationDial { Target = target, Parts = parts }.Create(_setting);
        foreach (var (name, value) in objective.Tensors)
        {
            using var content = name switch
            {
                "trust" => tensor(_trust),
                "fitted" => tensor(_fitted),
                "targets" => tensor(_taught.SelectMany(row => row).ToArray(), [_taught.Length, Classes]),
                _ => null,
            };
            if (content is null)
            {
                new DialMemory(Begun, share, 0, 0).WriteTo(value);
            }
            else
            {
                value.copy_(content);
            }
        }

        return objective;
    }

    private static bool[] Bools(Tensor values) => values.data<bool>().ToArray();

    private static double CrossEntropy(double[] wanted, float[] logits) =>
        -Softmax([.. logits.Select(value => (double)value)]).Select((p, k) => wanted[k] * Math.Log(p)).Sum();

    private static double[] Softmax(double[] logits)
    {
        var exponentials = logits.Select(Math.Exp).ToArray();
        return [.. exponentials.Select(e => e / exponentials.Sum())];
    }
}
