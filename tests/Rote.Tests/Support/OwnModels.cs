using System.Globalization;
using System.Text;
using Rote.Tensors;

namespace Rote.Tests.Support;

/// <summary>What a model left behind, made on the spot: labels of which some are wrong, probabilities, and a training log.</summary>
internal sealed class OwnModels
{
    public const int Examples = 120;
    public const int Classes = 3;
    public const int Epochs = 5;

    /// <summary>The first so many labels are wrong.</summary>
    public const int Wrong = 12;

    private readonly float[] _noise = new float[Epochs * Examples * Classes];

    public OwnModels(long seed = 1)
    {
        new Seeds(seed).Stream("sample").FillGaussian(_noise);
        Labels = [.. Enumerable.Range(0, Examples).Select(i => (i + (i < Wrong ? 1 : 0)) % Classes)];
    }

    /// <summary>[N] the labels.</summary>
    public int[] Labels { get; }

    /// <summary>[N][K] logits of an epoch from 0: of the true class they grow.</summary>
    public double[][] Logits(int epoch) =>
        [
            .. Enumerable
                .Range(0, Examples)
                .Select(i =>
                    Enumerable
                        .Range(0, Classes)
                        .Select(k => _noise[(((epoch * Examples) + i) * Classes) + k] + (k == i % Classes ? 0.9 * (epoch + 1) : 0))
                        .ToArray()
                ),
        ];

    /// <summary>[N][K] the softmax of the last epoch's.</summary>
    public double[][] Probabilities() =>
        [
            .. Logits(Epochs - 1)
                .Select(row =>
                {
                    var sum = row.Sum(Math.Exp);
                    return row.Select(z => Math.Exp(z) / sum).ToArray();
                }),
        ];

    /// <summary>The bytes of an array of float64 of them.</summary>
    public byte[] Npy(int known = Examples) =>
        NpyFiles.Array(
            "<f8",
            NpyFiles.Raw(
                [.. Probabilities().SelectMany((row, i) => i < known ? row : [.. row.Select(_ => double.NaN)])],
                8,
                System.Buffers.Binary.BinaryPrimitives.WriteDoubleLittleEndian
            ),
            Examples,
            Classes
        );

    /// <summary>The labels, one a line.</summary>
    public string LabelText(Func<int, string>? name = null) =>
        string.Concat(Labels.Select(label => $"{name?.Invoke(label) ?? $"{label}"}\n"));

    /// <summary>The log as a CSV: every epoch has the examples in another order.</summary>
    public string Csv(Func<int, string>? id = null, string header = "id,epoch,label,logit0,logit1,logit2")
    {
        var text = new StringBuilder($"{header}\n");
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var logits = Logits(epoch);
            foreach (var i in new Seeds(1).Permutation("order", epoch, Examples).Select(i => (int)i))
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{id?.Invoke(i) ?? $"{i}"},{epoch},{Labels[i]},{string.Join(',', logits[i].Select(Text))}\n"
                );
            }
        }

        return text.ToString();
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The same as JSON lines with a list.</summary>
    public string JsonLines() =>
        string.Concat(
            Csv()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(line => line.Split(','))
                .Select(f => $"{{\"logits\": [{f[3]}, {f[4]}, {f[5]}], \"epoch\": {f[1]}, \"id\": {f[0]}, \"label\": {f[2]}}}\n")
        );
}
