using System.Buffers.Binary;
using System.Globalization;
using Rote.Audits.OwnModel;
using Rote.Audits.Scoring;
using Rote.Data;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Audits.OwnModel;

[NoTensorLeaks]
public sealed class ProbabilityFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly OwnModels _model = new();

    public ProbabilityFilesTests() => File.WriteAllText(_folder.File("y.txt"), _model.LabelText());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_scores_are_those_of_a_naive_loop()
    {
        var own = Run(_folder.Put("p.npy", _model.Npy())).Predictions!;
        var p = _model.Probabilities();
        for (var i = 0; i < OwnModels.Examples; i++)
        {
            var (label, rivals) = (_model.Labels[i], p[i].Where((_, k) => k != _model.Labels[i]).ToArray());
            Assert.Equal(p[i][label], own.SelfConfidence[i], 1e-6);
            Assert.Equal(p[i][label] - rivals.Max(), own.NormalizedMargin[i], 1e-6);
            Assert.Equal(Array.IndexOf(p[i], p[i].Max()), own.Predicted[i]);
            Assert.Equal(Array.IndexOf(p[i], rivals.Max()), own.Suggested[i]);
        }
    }

    [Fact]
    public void Wrong_labels_come_first_and_are_called_so()
    {
        var result = Run(_folder.Put("p.npy", _model.Npy()));
        Assert.InRange(result.Ranking.Take(OwnModels.Wrong).Count(i => i < OwnModels.Wrong), OwnModels.Wrong - 2, OwnModels.Wrong);
        Assert.InRange(result.Predictions!.WrongShare, 0.07, 0.2);
        var called = Enumerable.Range(0, OwnModels.Examples).Where(i => result.VerdictOn(i) == Verdict.ProbablyWrong).ToArray();
        Assert.InRange(called.Count(i => i < OwnModels.Wrong), OwnModels.Wrong - 4, OwnModels.Wrong);
        Assert.All(called, i => Assert.True(result.Predictions!.NormalizedMargin[i] < 0));
    }

    [Fact]
    public void Every_form_of_the_same_numbers_gives_the_same_result()
    {
        var p = _model.Probabilities();
        double[] flat = [.. p.SelectMany(row => row)];
        double[] turned = [.. Enumerable.Range(0, OwnModels.Classes).SelectMany(k => p.Select(row => row[k]))];
        var whole = Run(_folder.Put("p.npy", _model.Npy()));
        void Same(string name, byte[] content, double tolerance = 1e-6)
        {
            var other = Run(_folder.Put(name, content));
            for (var i = 0; i < OwnModels.Examples; i++)
            {
                Assert.Equal(whole.Predictions!.SelfConfidence[i], other.Predictions!.SelfConfidence[i], tolerance);
            }

            Assert.Equal(whole.Predictions!.WrongShare, other.Predictions!.WrongShare, Math.Max(1e-6, 20 * tolerance));
        }

        var (n, k) = (OwnModels.Examples, OwnModels.Classes);
        Same("f.npy", NpyFiles.Fortran("<f8", NpyFiles.Raw(turned, 8, BinaryPrimitives.WriteDoubleLittleEndian), n, k));
        Same("big.npy", NpyFiles.Array(">f8", NpyFiles.Raw(flat, 8, BinaryPrimitives.WriteDoubleBigEndian), n, k));
        Same(
            "half.npy",
            NpyFiles.Array("<f2", NpyFiles.Raw(flat, 2, (to, v) => BinaryPrimitives.WriteHalfLittleEndian(to, (Half)v)), n, k),
            1e-3
        );
        Same("p.npz", NpyFiles.Npz(true, ("probabilities.npy", _model.Npy())));
        Same("p.csv", Text($"0,1,2\n{Lines(p.Select(Joined))}"));
        Same("bare.csv", Text(Lines(p.Select(Joined))));
        Same("turned.csv", Text($"2,row,0,1\n{Lines(p.Select((row, i) => $"{T(row[2])},{i},{T(row[0])},{T(row[1])}").Reverse())}"));
        Same("p.jsonl", Text(Lines(p.Select((row, i) => $"{{\"row\": {i}, \"p\": [{Joined(row)}]}}").Reverse())));
        Same(
            "p.parquet",
            ParquetFiles.Write(
                [
                    .. Enumerable
                        .Range(0, k)
                        .Reverse()
                        .Select(c =>
                            ParquetFiles.Plain<double>(
                                $"{c}",
                                [.. p.Take(50).Select(row => (double?)row[c])],
                                [.. p.Skip(50).Select(row => (double?)row[c])]
                            )
                        ),
                ],
                parts: 2
            )
        );
        Same("list.parquet", ParquetFiles.Write([ParquetFiles.Lists("p", [.. p.Select(row => row.Select(v => (float)v).ToArray())])]));
        Same(
            "evaluate.csv",
            Text($"row,label,loss,probability0,probability1,probability2\n{Lines(p.Select((row, i) => $"{i},a,0.1,{Joined(row)}"))}")
        );
    }

    [Fact]
    public void Data_that_was_shuffled_is_met_by_file_and_row()
    {
        using var data = Data(reversed: true, "cat", "dog", "owl");
        var array = OwnModelAudit.Run(new OwnModelInput { Predictions = _folder.Put("p.npy", _model.Npy()) }, data);
        var lines = _model.Probabilities().Select((row, i) => $"t.csv,{i},{T(row[2])},{T(row[0])},{T(row[1])}").Reverse();
        var table = OwnModelAudit.Run(
            new OwnModelInput { Predictions = _folder.Put("p.csv", Text($"file,row,owl,cat,dog\n{Lines(lines)}")) },
            data
        );
        Assert.Equal(array.Score, table.Score, (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.All(array.Ranking.Take(8), i => Assert.True(data.Rows[i].Row < OwnModels.Wrong));
        Assert.Equal("owl", table.ClassNames[2]);
    }

    [Fact]
    public void Examples_without_a_prediction_have_none_and_are_said()
    {
        var p = _model.Probabilities();
        var lines = p.Select((row, i) => i < 5 ? $"{i},,," : $"{i},{Joined(row)}").SkipLast(3);
        var result = Run(_folder.Put("p.csv", Text($"row,0,1,2\n{Lines(lines)}")));
        Assert.Equal(OwnModels.Examples - 8, result.Predictions!.Count);
        Assert.True(double.IsNaN(result.Score[0]));
        Assert.Equal((-1, Verdict.Ambiguous), (result.Predictions.Suggested[0], result.VerdictOn(0)));
        Assert.Equal([0, 1, 2, 3, 4, 117, 118, 119], result.Ranking.TakeLast(8));
    }

    [Fact]
    public void A_class_that_no_label_has_keeps_its_column()
    {
        File.WriteAllText(_folder.File("y.txt"), "0\n3\n0\n3\n");
        var result = Run(_folder.Put("p.npy", NpyFiles.Floats([.. Enumerable.Repeat(0.25f, 16)], 4, 4)));
        Assert.Equal(["0", "1", "2", "3"], result.ClassNames);
        Assert.Equal([0, 3, 0, 3], result.Labels);
    }

    // What a model says of its own training examples: it agrees with every label, wrong or not.
    [Fact]
    public void Of_probabilities_that_know_the_labels_nothing_is_told()
    {
        var known = _model.Labels.SelectMany(label => Enumerable.Range(0, 3).Select(k => k == label ? 0.998f : 0.001f)).ToArray();
        var result = Run(_folder.Put("p.npy", NpyFiles.Floats(known, OwnModels.Examples, 3)));
        Assert.True(result.Predictions!.MayKnowLabels);
        Assert.True(double.IsNaN(result.Predictions.WrongShare));
        Assert.Null(result.VerdictOn(0));
        Assert.Empty(ClassNoise.Of(result));

        // Unsure ones that agree too are no sign of it.
        var unsure = _model.Labels.SelectMany(label => Enumerable.Range(0, 3).Select(k => k == label ? 0.8f : 0.1f)).ToArray();
        Assert.False(Run(_folder.Put("q.npy", NpyFiles.Floats(unsure, OwnModels.Examples, 3))).Predictions!.MayKnowLabels);
    }

    [Theory]
    [InlineData("sum to 1.5, expected 1 up to 0.01", "0.5,0.5,0.5")]
    [InlineData("sum to 0.97", "0.9,0.05,0.02")]
    [InlineData("these look like logits, give their softmax", "4.5,-1,0.3")]
    [InlineData("these are logarithms of them", "-0.1053605,-2.9957323,-2.9957323")]
    [InlineData("or NaN in every class", "nan,0.5,0.5")]
    [InlineData("or NaN in every class", "Infinity,0,0")]
    [InlineData("\"inf\", expected a probability", "inf,0,0")]
    [InlineData("\"cat\", expected a probability", "0.5,0.5,cat")]
    [InlineData("NaN for every example", "nan,nan,nan")]
    public void What_is_no_probability_is_one_sentence(string part, string row)
    {
        File.WriteAllText(_folder.File("y.txt"), "0\n1\n2\n");
        Refused(part, "p.csv", $"0,1,2\n{row}\n{row}\n{row}\n");
    }

    [Theory]
    [InlineData("has 2 rows and", "0.2,0.3,0.5\n0.2,0.3,0.5\n")]
    [InlineData("at least 4 rows", "0.2,0.3,0.5\n0.2,0.3,0.5\n0.2,0.3,0.5\n0.2,0.3,0.5\n0.2,0.3,0.5\n")]
    [InlineData("4 columns and", "0.2,0.3,0.4,0.1\n0.2,0.3,0.4,0.1\n0.2,0.3,0.4,0.1\n")]
    [InlineData("for the classes 0 to 1", "0.2,0.8\n0.2,0.8\n0.2,0.8\n")]
    [InlineData("give 1 − p beside p", "p\n0.2\n0.8\n0.2\n")]
    [InlineData("of which 0, 1, 2 have no column", "zero,one,two\n0.2,0.3,0.5\n0.2,0.3,0.5\n0.2,0.3,0.5\n")]
    [InlineData("the columns fold", "0,1,2,fold\n0.2,0.3,0.5,1\n0.2,0.3,0.5,1\n0.2,0.3,0.5,1\n")]
    [InlineData("which an earlier row is about", "row,0,1,2\n0,0.2,0.3,0.5\n0,0.2,0.3,0.5\n")]
    [InlineData("lacks; expected names as", "row,0,1,2\n7,0.2,0.3,0.5\n")]
    [InlineData("lacks; expected names as", "file,row,0,1,2\nother.npy,1,0.2,0.3,0.5\n")]
    [InlineData("expected a whole number from 0", "row,0,1,2\n0.5,0.2,0.3,0.5\n")]
    [InlineData("columns and no rows", "0,1,2\n")]
    [InlineData("3 fields, expected 4", "row,0,1,2\n0,0.2,0.3,0.5\n1,0.2,0.3")]
    [InlineData("is empty", "")]
    public void A_table_that_does_not_fit_is_one_sentence(string part, string content)
    {
        File.WriteAllText(_folder.File("y.txt"), "0\n1\n2\n");
        if (content.StartsWith("0.2,0.3,0.4", StringComparison.Ordinal))
        {
            File.WriteAllText(_folder.File("y.txt"), "a\nb\nc\n");
        }

        Refused(part, "p.csv", content);
    }

    [Fact]
    public void An_array_that_does_not_fit_is_one_sentence()
    {
        File.WriteAllText(_folder.File("y.txt"), "0\n1\n2\n");
        Refused("has 2 rows", "p.npy", NpyFiles.Floats([0.5f, 0.5f, 0.5f, 0.5f], 2, 2));
        Refused("the label 2, and", "p.npy", NpyFiles.Floats([.. Enumerable.Repeat(0.5f, 6)], 3, 2));
        Refused("give 1 − p beside p", "p.npy", NpyFiles.Floats([1, 1, 1], 3));
        Refused("give 1 − p beside p", "p.npy", NpyFiles.Floats([1, 1, 1], 3, 1));
        Refused("text of 1 characters", "p.npy", NpyFiles.Array("<U1", new byte[36], 3, 3));
        Refused("object", "p.npy", NpyFiles.Array("|O", new byte[72], 3, 3));
        Refused("cut or damaged", "p.npy", NpyFiles.Floats([.. Enumerable.Repeat(0.5f, 9)], 3, 3)[..^5]);
        Refused("cut or damaged", "p.npy", NpyFiles.WithHeader("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 900000000), }", []));
        Refused("holds the arrays a, b", "p.npz", NpyFiles.Npz(false, ("a.npy", NpyFiles.Labels(1)), ("b.npy", NpyFiles.Labels(1))));
        Refused("not a sound .npz", "p.npz", "no archive"u8.ToArray());
        Refused("is empty", "p.npy", []);
        Refused("Parquet", "p.parquet", "PAR1 no table PAR1"u8.ToArray());
    }

    [Fact]
    public void Classes_of_data_that_are_called_otherwise_are_one_sentence()
    {
        using var data = Data(reversed: false, "cat", "dog", "owl");
        var path = _folder.Put("p.csv", Text($"Cat,dog,owl\n{Lines(_model.Probabilities().Select(Joined))}"));
        var error = Assert.Throws<InputException>(() => OwnModelAudit.Run(new OwnModelInput { Predictions = path }, data));
        Assert.Contains(
            "the columns Cat and table has the classes cat, dog, owl, of which cat has no column",
            error.Message,
            StringComparison.Ordinal
        );
    }

    // A model that knows nothing: its own mistakes would be counted as wrong labels.
    [Fact]
    public void Of_a_model_that_knows_too_little_nothing_is_told()
    {
        var turned = _model.Probabilities().Select(row => new[] { row[1], row[2], row[0] });
        var result = Run(_folder.Put("p.csv", Text(Lines(turned.Select(Joined)))));
        Assert.True(result.Predictions!.Joint.WrongShare > 0.5);
        Assert.False(result.HasVerdicts);
        Assert.True(double.IsNaN(OwnModelSummary.Of(result).ConfidentJointShare));
    }

    [Fact]
    public void Columns_in_another_order_are_seen()
    {
        var turned = _model.Probabilities().Select(row => new[] { row[1], row[2], row[0] });
        var result = Run(_folder.Put("p.csv", Text(Lines(turned.Select(Joined)))));
        Assert.Equal(1, result.Predictions!.StrangeClasses);
        Assert.Equal(0, Run(_folder.Put("q.npy", _model.Npy())).Predictions!.StrangeClasses);
    }

    private void Refused(string part, string name, string content) => Refused(part, name, Text(content));

    private void Refused(string part, string name, byte[] content)
    {
        var error = Assert.Throws<InputException>(() => Run(_folder.Put(name, content)));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain("--", error.Message, StringComparison.Ordinal);
    }

    private OwnModelResult Run(string predictions) =>
        OwnModelAudit.Run(new OwnModelInput { Predictions = predictions, Labels = _folder.File("y.txt") });

    private Dataset Data(bool reversed, params string[] names)
    {
        using var scope = NewDisposeScope();
        long[] rows = [.. Enumerable.Range(0, OwnModels.Examples).Select(i => (long)(reversed ? OwnModels.Examples - 1 - i : i))];
        return new Dataset(
            zeros(OwnModels.Examples, 2),
            tensor(Array.ConvertAll(rows, row => (long)_model.Labels[row])),
            names,
            Split.Train,
            new Provenance("table", "made by the test", ""),
            SourceRows.Of("t.csv", OwnModels.Examples).Select(rows)
        );
    }

    private static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => $"{line}\n"));

    private static string Joined(double[] row) => string.Join(',', row.Select(T));

    private static string T(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
