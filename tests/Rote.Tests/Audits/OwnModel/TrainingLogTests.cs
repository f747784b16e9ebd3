using Rote.Audits.OwnModel;
using Rote.Data;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Audits.OwnModel;

[NoTensorLeaks]
public sealed class TrainingLogTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly OwnModels _model = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_measures_are_those_of_a_naive_loop()
    {
        var result = Run("log.csv", _model.Csv());
        Assert.Equal((OwnModels.Epochs, OwnModels.Examples), (result.Epochs, result.Labels.Length));
        foreach (var i in Enumerable.Range(0, OwnModels.Examples))
        {
            var at = Enumerable.Range(0, OwnModels.Examples).First(e => result.Rows[e].Row == i);
            var label = _model.Labels[i];
            var epochs = Enumerable.Range(0, OwnModels.Epochs).Select(e => _model.Logits(e)[i]).ToArray();
            var margins = epochs.Select(z => z[label] - z.Where((_, k) => k != label).Max()).ToArray();
            var chances = epochs.Select(z => z.Select(v => Math.Exp(v) / z.Sum(Math.Exp)).ToArray()).ToArray();
            var mean = chances.Average(c => c[label]);
            var right = margins.Select(margin => margin > 0).ToArray();
            Check("aum", margins.Average());
            Check("confidence", mean);
            Check("variability", Math.Sqrt(chances.Average(c => (c[label] - mean) * (c[label] - mean))));
            Check("forgettingEvents", right.Zip(right.Skip(1)).Count(pair => pair is (true, false)));
            Check("firstLearned", Array.IndexOf(right, true) is var first and >= 0 ? first + 1 : OwnModels.Epochs + 1);
            Check("el2n", Math.Sqrt(chances[0].Select((c, k) => Math.Pow(c - (k == label ? 1 : 0), 2)).Sum())); // a quarter of 5 epochs
            void Check(string name, double expected) =>
                Assert.Equal(expected, result.Dynamics.Single(m => m.Name == name).Values[at], 1e-5);
        }
    }

    [Fact]
    public void Every_form_of_the_same_log_gives_the_same_result()
    {
        var whole = Run("log.csv", _model.Csv());
        Same(Run("log.jsonl", _model.JsonLines()));
        Same(Run("log.tsv", _model.Csv().Replace(',', '\t')));
        Same(Run("turned.csv", _model.Csv(header: "ID,Epoch,Label,0,1,2")));
        var rows = _model.Csv().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')).ToArray();
        var parts = rows.Chunk(77).ToArray(); // groups of rows that do not end with an epoch
        Same(
            OwnModelAudit.Run(
                new OwnModelInput
                {
                    Dynamics = _folder.Put(
                        "log.parquet",
                        ParquetFiles.Write(
                            [
                                ParquetFiles.Lists("logits", [.. parts.Select(p => p.Select(Logits).ToArray())]),
                                ParquetFiles.Plain<long>("id", [.. parts.Select(p => p.Select(f => (long?)Whole(f[0])).ToArray())]),
                                ParquetFiles.Plain<int>("epoch", [.. parts.Select(p => p.Select(f => (int?)Whole(f[1])).ToArray())]),
                                ParquetFiles.Texts("label", [.. parts.Select(p => p.Select(f => f[2]).ToArray())]),
                            ],
                            parts.Length
                        )
                    ),
                }
            )
        );

        void Same(OwnModelResult other)
        {
            Assert.Equal(whole.Ranking.Select(i => whole.Rows[i].Row), other.Ranking.Select(i => other.Rows[i].Row));
            foreach (var ((name, values), (otherName, others)) in whole.Dynamics.Zip(other.Dynamics))
            {
                Assert.Equal(name, otherName);
                Assert.Equal(values, others, (a, b) => Math.Abs(a - b) < 1e-5);
            }
        }

        static long Whole(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        static float[] Logits(string[] fields) =>
            [.. fields.Skip(3).Select(f => float.Parse(f, System.Globalization.CultureInfo.InvariantCulture))];
    }

    [Fact]
    public void A_log_alone_ranks_and_gives_no_verdict()
    {
        var result = Run("log.csv", _model.Csv());
        Assert.InRange(result.Ranking.Take(OwnModels.Wrong).Count(i => result.Rows[i].Row < OwnModels.Wrong), 10, 12);
        Assert.False(result.HasVerdicts);
        Assert.Null(result.VerdictOn(0));
        Assert.True(double.IsNaN(OwnModelSummary.Of(result).ConfidentJointShare));
    }

    [Fact]
    public void Ids_that_are_names_name_the_examples()
    {
        var result = Run("log.csv", _model.Csv(i => $"cat/{i}.png"));
        Assert.All(result.Ranking.Take(8), i => Assert.Matches(@"^cat/(\d|1[01])\.png$", result.Rows[i].Name));
    }

    [Fact]
    public void A_log_beside_probabilities_is_met_by_id_and_both_rank()
    {
        File.WriteAllText(_folder.File("y.txt"), _model.LabelText());
        var input = new OwnModelInput { Predictions = _folder.Put("p.npy", _model.Npy()), Labels = _folder.File("y.txt") };
        File.WriteAllText(_folder.File("log.csv"), _model.Csv());
        var both = OwnModelAudit.Run(input with { Dynamics = _folder.File("log.csv") });
        var alone = OwnModelAudit.Run(input with { Predictions = null, Labels = null, Dynamics = _folder.File("log.csv") });
        var place = Enumerable.Range(0, OwnModels.Examples).ToDictionary(i => alone.Rows[i].Row!.Value, i => i);
        float[] Aum(OwnModelResult result) => result.Dynamics.Single(m => m.Name == "aum").Values;
        Assert.All(Enumerable.Range(0, OwnModels.Examples), i => Assert.Equal(Aum(alone)[place[i]], Aum(both)[i]));
        Assert.InRange(both.Ranking.Take(OwnModels.Wrong).Count(i => i < OwnModels.Wrong), 10, 12);
        Assert.True(both.HasVerdicts);
        Assert.NotEqual(both.Identity, alone.Identity);
    }

    [Fact]
    public void A_log_of_some_of_the_data_leaves_the_others_unknown()
    {
        using var scope = NewDisposeScope();
        using var data = new Dataset(
            zeros(OwnModels.Examples + 4, 2),
            tensor([.. _model.Labels.Select(l => (long)l), 0, 1, 2, 0]),
            ["cat", "dog", "owl"],
            Split.Train,
            new Provenance("table", "made by the test", ""),
            SourceRows.Of("t.csv", OwnModels.Examples + 4)
        );
        File.WriteAllText(_folder.File("log.csv"), _model.Csv(i => $"t.csv[{i}]", "id,epoch,label,logit_cat,logit_dog,logit_owl"));
        var result = OwnModelAudit.Run(new OwnModelInput { Dynamics = _folder.File("log.csv") }, data);
        Assert.All(result.Score.TakeLast(4), score => Assert.True(double.IsNaN(score)));
        Assert.Equal("owl", result.ClassNames[2]);

        File.WriteAllText(_folder.File("log.csv"), "id,epoch,label,a,b,c\n0,1,a,1,2,3\n");
        Refuse("has the columns a, b, c and table has the classes cat, dog, owl", data);
        File.WriteAllText(_folder.File("log.csv"), "id,epoch,label,cat,dog,owl\n0,1,owl,1,2,3\n");
        Refuse("and table has dog", data);
        File.WriteAllText(_folder.File("log.csv"), "id,epoch,label,cat,dog,owl\n999,1,owl,1,2,3\n");
        Refuse("999, which table lacks", data);
        File.WriteAllText(_folder.File("log.csv"), "id,epoch,label,cat,dog,owl\n50,1,owl,1,2,3\nt.csv[50],1,owl,1,2,3\n");
        Refuse("are the same example", data);
        File.WriteAllText(_folder.File("log.csv"), "id,epoch,label,logit0,logit1\n0,1,0,1,2\n");
        Refuse("2 columns and table has 3 classes", data);
    }

    [Theory]
    [InlineData("goes from epoch 1 to epoch 3", "0,1,0,1,2\n0,3,0,1,2\n")]
    [InlineData("comes after epoch 2", "0,1,0,1,2\n0,2,0,1,2\n0,1,0,1,2\n")]
    [InlineData("has the id 0 a second time in epoch 1", "0,1,0,1,2\n0,1,0,1,2\n")]
    [InlineData("which the first epoch lacks", "0,1,0,1,2\n0,2,0,1,2\n1,2,0,1,2\n")]
    [InlineData("1 of 2 examples in epoch 2 (it lacks 1)", "0,1,0,1,2\n1,1,1,1,2\n0,2,0,1,2\n")]
    [InlineData("1 of 2 examples in epoch 2 (it lacks 1)", "0,1,0,1,2\n1,1,1,1,2\n0,2,0,1,2\n0,3,0,1,2\n")]
    [InlineData("4 fields, expected 5", "0,1,0,1,2\n0,2,0,1")]
    [InlineData("expected one label an example", "0,1,0,1,2\n0,2,1,1,2\n")]
    [InlineData("\"NaN\", expected a finite number", "0,1,0,1,NaN\n")]
    [InlineData("\"inf\", expected a finite number", "0,1,0,1,inf\n")]
    [InlineData("\"\", expected a finite number", "0,1,0,1,\n")]
    [InlineData("one of the 2 classes of the logits (0, 1)", "0,1,2,1,2\n")]
    [InlineData("one of the 2 classes of the logits (0, 1)", "0,1,-1,1,2\n")]
    [InlineData("one of the 2 classes of the logits (0, 1)", "0,1,cat,1,2\n")]
    [InlineData("the id in row 0 (line 2) is empty", ",1,0,1,2\n")]
    [InlineData("\"one\", expected a whole number", "0,one,0,1,2\n")]
    [InlineData("\"1.5\", expected a whole number", "0,1.5,0,1,2\n")]
    [InlineData("columns and no rows", "")]
    public void A_log_that_is_not_whole_is_one_sentence(string part, string rows)
    {
        File.WriteAllText(_folder.File("log.csv"), "id,epoch,label,logit0,logit1\n" + rows);
        Refuse(part);
    }

    [Theory]
    [InlineData("is empty", "log.csv", "")]
    [InlineData("has no column epoch", "log.csv", "id,label,logit0,logit1\n0,0,1,2\n")]
    [InlineData("has 1 column of logits", "log.csv", "id,epoch,label,logit0\n0,0,1,2\n")]
    [InlineData("has 0 columns of logits", "log.csv", "id,epoch,label\n0,0,1\n")]
    [InlineData(
        "3 numbers and the first has 2",
        "log.jsonl",
        "{\"id\":0,\"epoch\":1,\"label\":0,\"logits\":[1,2]}\n{\"id\":1,\"epoch\":1,\"label\":0,\"logits\":[1,2,3]}\n"
    )]
    [InlineData("is no JSON object", "log.jsonl", "{\"id\":0,\"epoch\":1,\"label\":0,\"logits\":[1,2]}\n{\"id\":1,\"epo")]
    [InlineData("NaN and Infinity are none", "log.jsonl", "{\"id\":0,\"epoch\":1,\"label\":0,\"logits\":[NaN,2]}\n")]
    [InlineData("Parquet", "log.parquet", "no parquet")]
    public void A_file_that_is_no_log_is_one_sentence(string part, string name, string content)
    {
        File.WriteAllText(_folder.File(name), content);
        Refuse(part, name: name);
    }

    // Of a log that is 40 times as long no more is kept: what was allocated is let go.
    [Fact]
    public void Memory_does_not_grow_with_the_epochs()
    {
        const int Long = 400;
        using (var file = File.CreateText(_folder.File("long.csv")))
        {
            file.WriteLine("id,epoch,label,logit0,logit1");
            foreach (var epoch in Enumerable.Range(0, Long))
            {
                foreach (var id in Enumerable.Range(0, 500))
                {
                    file.WriteLine($"{id},{epoch},{id % 2},0.5,0.25");
                }
            }
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var result = OwnModelAudit.Run(new OwnModelInput { Dynamics = _folder.File("long.csv") });
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(Long, result.Epochs);
        Assert.InRange(kept, long.MinValue, 2_000_000); // the log has 200,000 rows, and 3 numbers of each would be 2.4 MB
        GC.KeepAlive(result);
    }

    private OwnModelResult Run(string name, string content)
    {
        File.WriteAllText(_folder.File(name), content);
        return OwnModelAudit.Run(new OwnModelInput { Dynamics = _folder.File(name) });
    }

    private void Refuse(string part, Dataset? data = null, string name = "log.csv")
    {
        var error = Assert.Throws<InputException>(() => OwnModelAudit.Run(new OwnModelInput { Dynamics = _folder.File(name) }, data));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain("--", error.Message, StringComparison.Ordinal);
    }
}
