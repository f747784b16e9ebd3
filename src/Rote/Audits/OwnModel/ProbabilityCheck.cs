using System.Globalization;

namespace Rote.Audits.OwnModel;

/// <summary>Refuses what is no probability.</summary>
internal static class ProbabilityCheck
{
    /// <summary>The probabilities of an example may sum to 1 up to this: half precision and three decimals round so.</summary>
    public const double Tolerance = 0.01;

    /// <summary>A single one may leave [0, 1] by this, as sums in float32 do; it is drawn back.</summary>
    private const float Rounding = 1e-4f;

    /// <summary>Checks every example and draws back what rounding has pushed out of [0, 1].</summary>
    /// <param name="path">What holds them, for messages.</param>
    /// <param name="values">[N·K] in the order of the examples; an example with NaN alone has no prediction.</param>
    /// <param name="examples">The examples.</param>
    /// <returns>How many examples have a prediction, at least 1.</returns>
    /// <exception cref="InputException">Something is no probability, an example has some of them only, or none has any.</exception>
    public static int Require(string path, float[] values, LabelledExamples examples)
    {
        var (classes, predicted) = (examples.ClassNames.Count, 0);
        foreach (var i in examples.Order)
        {
            var row = values.AsSpan(i * classes, classes);
            if (IsMissing(row))
            {
                row.Fill(float.NaN);
                continue;
            }

            predicted++;
            Require(path, row, examples, i);
        }

        return predicted > 0 ? predicted : throw new InputException($"{path} has NaN for every example, expected probabilities.");
    }

    private static bool IsMissing(ReadOnlySpan<float> row)
    {
        foreach (var p in row)
        {
            if (!float.IsNaN(p))
            {
                return false;
            }
        }

        return true;
    }

    private static void Require(string path, Span<float> row, LabelledExamples examples, int example)
    {
        var sum = 0.0;
        foreach (ref var p in row)
        {
            if (!(p >= -Rounding && p <= 1 + Rounding))
            {
                throw new InputException(
                    Text($"{path}: {Name(examples, example)} has the value {p}, expected probabilities") + Advice(row)
                );
            }

            p = Math.Clamp(p, 0, 1);
            sum += p;
        }

        if (Math.Abs(sum - 1) > Tolerance)
        {
            throw new InputException(
                Text($"{path}: the probabilities of {Name(examples, example)} sum to {sum:0.####}, expected 1 up to {Tolerance}")
                    + "; give softmax probabilities of all classes."
            );
        }
    }

    /// <summary>What it looks like instead.</summary>
    private static string Advice(ReadOnlySpan<float> row)
    {
        var (isFinite, areLogarithms, sum) = (true, true, 0.0);
        foreach (var value in row)
        {
            isFinite &= float.IsFinite(value);
            areLogarithms &= value <= 0;
            sum += Math.Exp(value);
        }

        return !isFinite ? " in [0, 1], or NaN in every class where an example has none."
            : areLogarithms && Math.Abs(sum - 1) <= Tolerance ? " in [0, 1]; these are logarithms of them, give their exponentials."
            : " in [0, 1]; these look like logits, give their softmax.";
    }

    private static string Name(LabelledExamples examples, int example) => examples.Rows[example].Name;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
