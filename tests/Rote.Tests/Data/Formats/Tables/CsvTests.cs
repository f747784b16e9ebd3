using System.Globalization;
using System.Text;
using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Tables;

/// <summary>Tables of separated values, from bytes on disk to examples.</summary>
[NoTensorLeaks]
public sealed class CsvTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Recorder _told = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a,b,label\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n")]
    [InlineData("a;b;label\n1;2;x\n3;4;y\n5;6;x\n7;8;y\n")]
    [InlineData("a\tb\tlabel\n1\t2\tx\n3\t4\ty\n5\t6\tx\n7\t8\ty")]
    [InlineData("\uFEFFa,b,label\r\n1,2,x\r\n3,4,y\r\n5,6,x\r\n7,8,y\r\n")]
    [InlineData("\"a\",\"b\",\"label\"\n\"1\",\"2\",\"x\"\n 3 , 4 ,y\n5,6,x\n\n7.0,8e0,y\n")]
    [InlineData("label,a,b\nx,1,2\ny,3,4\nx,5,6\ny,7,8\n")]
    public void Separators_line_ends_marks_quotes_and_space_make_no_difference(string text)
    {
        using var data = Load(text);
        Assert.Equal(["a", "b"], data.Data.Train.FeatureNames!);
        Assert.Equal(["x", "y"], data.Data.Train.ClassNames);
        Assert.Equal("[0] 1 2 x; [1] 3 4 y; [2] 5 6 x; [3] 7 8 y", Text(data));
        Assert.Equal("label", data.Spec.LabelColumn);
        Assert.Equal("The labels are in the column label of t.csv; another is chosen with the label column.", _told.Notes);
    }

    [Fact]
    public void Without_names_columns_have_numbers_and_the_last_holds_the_labels()
    {
        using var data = Load("1,2,x\n3,4,y\n5,6,x\n7,8,y\n");
        Assert.Equal(["column 1", "column 2"], data.Data.Train.FeatureNames!);
        Assert.Equal("[0] 1 2 x; [1] 3 4 y; [2] 5 6 x; [3] 7 8 y", Text(data));
        Assert.Equal("column 3", data.Spec.LabelColumn);
    }

    [Theory]
    [InlineData("price\n1\n4\n2\n8\n", "price", "[0] 1 x; [1] 4 y; [2] 2 x; [3] 8 y")]
    [InlineData("1\n4\n2\n8\n", "column 1", "[0] 1 x; [1] 4 y; [2] 2 x; [3] 8 y")]
    public void A_text_above_the_numbers_of_the_only_column_is_its_name(string text, string name, string rows)
    {
        File.WriteAllText(_folder.File("l.txt"), "x\ny\nx\ny\n");
        using var data = Load(text, new UserDataOptions { Labels = _folder.File("l.txt") });
        Assert.Equal([name], data.Data.Train.FeatureNames!);
        Assert.Equal(rows, Text(data));
    }

    [Fact]
    public void A_text_above_texts_in_the_only_column_stays_the_first_row()
    {
        File.WriteAllText(_folder.File("l.txt"), "x\ny\nx\ny\n");
        var options = new UserDataOptions { Labels = _folder.File("l.txt"), Text = "column 1" };
        using var data = Load("\"one fine day\"\n\"two fine days\"\n\"three, or so\"\n\"four fine days\"\n", options);
        using var all = data.Data.Joined(Split.Train);
        Assert.Equal(
            ["one fine day", "two fine days", "three, or so", "four fine days"],
            all.Rows.InOrder().Select(row => all.Texts![row])
        );
    }

    // pandas calls columns 0, 1, 2, … where nobody named them.
    [Fact]
    public void Names_that_are_numbers_are_known_by_the_name_of_the_labels()
    {
        using var data = Load("0,1,Target\n1,2,0\n3,4,1\n5,6,0\n7,8,1\n");
        Assert.Equal(["0", "1"], data.Data.Train.FeatureNames!);
        Assert.Equal("[0] 1 2 0; [1] 3 4 1; [2] 5 6 0; [3] 7 8 1", Text(data));
    }

    [Theory]
    [InlineData("kind")]
    [InlineData("1")]
    public void The_column_of_labels_is_chosen_by_name_or_number(string column)
    {
        using var data = Load("kind,a,b\np,1,2\nq,3,4\np,5,6\nq,7,8\n", new UserDataOptions { LabelColumn = column });
        Assert.Equal("[0] 1 2 p; [1] 3 4 q; [2] 5 6 p; [3] 7 8 q", Text(data));
        Assert.Empty(_told.Notes);
    }

    // The first record is an example whatever number stands in it; names that programs number from 0 or 1 are names.
    [Theory]
    [InlineData("1,14.2,1.7\n2,13.2,1.8\n1,13.1,2.3\n2,14.3,1.9\n", "1", "[0] 14.2 1.7 1; [1] 13.2 1.8 2; [2] 13.1 2.3 1; [3] 14.3 1.9 2")]
    [InlineData("2,5,3\n4,6,5\n5,7,3\n8,9,5\n", "3", "[0] 2 5 3; [1] 4 6 5; [2] 5 7 3; [3] 8 9 5")]
    [InlineData("0,1,2\n4,6,5\n5,7,3\n8,9,5\n7,8,3\n", "2", "[0] 4 6 5; [1] 5 7 3; [2] 8 9 5; [3] 7 8 3")]
    public void A_number_names_a_place_and_makes_no_header(string text, string column, string expected)
    {
        using var data = Load(text, new UserDataOptions { LabelColumn = column });
        Assert.Equal(expected, Text(data));
    }

    [Fact]
    public void Labels_that_are_whole_numbers_are_classes_in_their_order()
    {
        using var data = Load("a,y\n1,10\n2,9.0\n3,-1\n4,10.0\n5,9\n6,-1\n");
        Assert.Equal(["-1", "9", "10"], data.Data.Train.ClassNames);
    }

    [Theory]
    [InlineData("", "t.csv is empty, expected a table with a row an example.")]
    [InlineData("\n\n", "t.csv is empty")]
    [InlineData("a,label\n", "t.csv has columns and no rows, expected a row an example.")]
    [InlineData(
        "label\nx\ny\n",
        "t.csv has one column only, label; expected features beside the labels, or the labels in a file of their own with the "
            + "file of labels."
    )]
    [InlineData("a,label\n1,x\n2\n", "t.csv: row 1 (line 3) has 1 field, expected 2 as the first line has.")]
    [InlineData("a,label\n1,x,3\n", "t.csv: row 0 (line 2) has 3 fields, expected 2 as the first line has.")]
    [InlineData("a,a,label\n1,2,x\n", "t.csv has 2 columns called \"a\", expected one; rename or remove the others.")]
    [InlineData(
        ",a,label\n5,2,x\n",
        "t.csv: the column Unnamed: 0 has no name; name it, or leave it out (pandas writes row numbers into such a column: index=False)."
    )]
    [InlineData(
        "a,label\n1,x\n-inf,y\n",
        "t.csv has a value that is missing or not finite, the first in row 1 (line 3), column a (\"-inf\");"
    )]
    [InlineData(
        "a,label\n1,x\n1e300,y\n",
        "t.csv has a value that is missing or not finite, the first in row 1 (line 3), column a (\"1e300\");"
    )]
    [InlineData(
        "a,label\n1,x\n2,NA\n",
        "t.csv has a value that is missing or not finite, the first in row 1 (line 3), column label (\"NA\");"
    )]
    [InlineData(
        "a,label\n1,0\n2,nan\n",
        "t.csv has a value that is missing or not finite, the first in row 1 (line 3), column label (\"nan\");"
    )]
    [InlineData("a,label\n1,x\n2,\n", "t.csv has a value that is missing or not finite, the first in row 1 (line 3), column label (\"\");")]
    [InlineData(
        "a,label\n1,x\n2x,x\n3,y\n4,y\n",
        "t.csv has a column whose values are not all numbers: a (\"2x\" in row 1 (line 3)); write"
    )]
    [InlineData("a;b;label\n1,500;2,500;x\n", "t.csv has 2 columns whose values are not all numbers: a (\"1,500\" in row 0 (line 2)); b")]
    [InlineData("a,label\n1,x\n2,x\n", "t.csv: every label is x, expected at least two classes.")]
    [InlineData(
        "a,label\n1,x\n2,z\n3,y\n",
        "t.csv has every label only once, expected one of them at least twice: one example to train on and one to test; is this the "
            + "column of labels?"
    )]
    [InlineData(
        "a,price\n1,2.5\n2,3.5\n",
        "t.csv has the label 2.5, a number that is not whole; expected classes, as names or whole numbers. A quantity is a "
    )]
    [InlineData("a,label\n1,\"x\ny\"\"\n2,z\n", "t.csv")]
    [InlineData(
        "a,label\n1,x\"y\n2,z\n",
        "t.csv: line 2 is damaged: a quote stands inside a field that does not begin with one, or is not closed."
    )]
    public void What_is_no_table_of_numbers_is_one_sentence(string text, string sentence) => Refused(sentence, text);

    [Fact]
    public void A_column_that_is_not_there_is_told_with_those_that_are() =>
        Refused(
            "t.csv has no column \"kind\"; it has the columns a, b, label.",
            "a,b,label\n1,2,x\n",
            new UserDataOptions { LabelColumn = "kind" }
        );

    [Fact]
    public void A_field_without_end_and_a_record_without_end_are_refused()
    {
        Refused(
            "t.csv: line 2 begins a field of more than 1,048,576 characters; is a quote not closed, or a text longer than is read?",
            $"a,label\n\"{new string('x', 2_000_000)}"
        );
        Refused(
            "t.csv: the label in row 0 (line 2) has 201 characters, expected at most 200; is label the column of labels?",
            $"a,label\n1,{new string('x', 201)}\n"
        );
        Refused("t.csv has 70001 columns, expected at most 65537.", string.Concat(Enumerable.Repeat("1,", 70_000)) + "x\n");
        Refused(
            "t.csv has a record of more than 33,554,432 characters; it is no table of separated values.",
            string.Concat(Enumerable.Repeat("1,", 17_000_000)) + "x\n"
        );
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        PictureFiles.Write(_folder, "t.csv", [.. "a,label\n1,"u8, 0xFF, 0xFE, 0xFD, .. "\n"u8]);
        Assert.Contains("is not UTF-8", Assert.Throws<InputException>(() => Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_to_train_and_to_test_keep_their_rows_and_may_differ_in_the_order_of_columns()
    {
        Write("d/train.csv", "a,b,label\n1,2,x\n3,4,y\n");
        Write("d/test.csv", "label;b;a\ny;6;5\n");
        Write("d/notes.csv", "q\n");
        using var data = DatasetLoader.Load(_folder.File("d"), new DataFolder("/nowhere"), null, _told);
        Assert.Equal([1f, 2, 3, 4], data.Data.Train.Pixels.data<float>().ToArray());
        Assert.Equal([5f, 6], data.Data.Test.Pixels.data<float>().ToArray());
        Assert.Equal((1L, "test.csv[0]"), (data.Data.Test.Labels.data<long>()[0], data.Data.Test.ExampleNames![0]));
        Assert.StartsWith(
            "Not read, because there are files whose names begin with train: notes.csv.",
            _told.Notes,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Parts_that_do_not_fit_are_refused()
    {
        Write("d/train.csv", "a,b,label\n1,2,x\n3,4,y\n");
        Write("d/test.csv", "a,c,label\n1,2,x\n");
        Assert.EndsWith("test.csv has no column b; it has the columns a, c, label.", Refused("d"), StringComparison.Ordinal);
        Write("d/test.csv", "a,b,c,label\n1,2,3,x\n");
        Assert.EndsWith(
            "test.csv has the column c that other files of the data set lack; give them the same columns.",
            Refused("d"),
            StringComparison.Ordinal
        );
        Write("d/test.csv", "a,b,label\n1,2,z\n");
        Assert.EndsWith(
            "test.csv: the label of row 0 is \"z\", which the training examples lack; expected classes that can be learned.",
            Refused("d"),
            StringComparison.Ordinal
        );
        File.Delete(_folder.File("d/train.csv"));
        Assert.EndsWith(
            "has test.csv and no file whose name begins with train; expected both, or neither.",
            Refused("d"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Several_files_are_one_table_in_the_order_of_their_names()
    {
        Write("d/b.csv", "a,label\n5,x\n7,y\n");
        Write("d/a.csv", "a,label\n1,x\n3,y\n");
        using var data = DatasetLoader.Load(_folder.File("d"), new DataFolder("/nowhere"));
        Assert.Equal(
            ["a.csv[0] 1", "a.csv[1] 3", "b.csv[0] 5", "b.csv[1] 7"],
            Parts(data).SelectMany(i => i.ExampleNames!.Zip(i.Pixels.data<float>().ToArray(), (n, v) => $"{n} {v}")).Order()
        );
    }

    [Fact]
    public void Numbers_round_trip() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[2, 30])
            .SelectMany(s => Gen.Double[-1e30, 1e30].Array[s.Item1].Array[s.Item2])
            .Sample(
                rows =>
                {
                    var text = string.Concat(
                        rows.Select(
                            (r, i) =>
                                $"{string.Join(',', r.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))},{(i < 2 ? i : i % 2)}\n"
                        )
                    );
                    if (rows.Length < 4)
                    {
                        return true; // too few to split
                    }

                    using var data = Load(text);
                    return Parts(data)
                        .All(part =>
                            part.ExampleNames!.Select((name, i) => (Row: int.Parse(name[6..^1], CultureInfo.InvariantCulture), i))
                                .All(p => Vectors.Values(part.Pixels).Chunk(part.Width).ElementAt(p.i).SequenceEqual(rows[p.Row]))
                        );
                },
                iter: 30,
                threads: 1
            );

    [Fact]
    public void The_checksum_is_that_of_the_listing_and_another_column_is_another_data_set()
    {
        const string Text = "a,kind,species\n1,0,0\n3,1,1\n5,0,0\n7,1,1\n";
        using var one = Load(Text);
        using var two = Load(Text, new UserDataOptions { LabelColumn = "kind" });
        Assert.Equal(one.Spec.Sha256, two.Spec.Sha256);
        Assert.NotEqual(one.Spec, two.Spec);
        var file = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"{file}  t.csv\n"))),
            one.Spec.Sha256
        );
    }

    [Fact]
    public void A_file_cut_anywhere_is_read_or_refused_in_one_sentence()
    {
        var whole = Encoding.UTF8.GetBytes("a,\"b\",label\r\n1,\"2\",x\r\n3,4,\"y\"\r\n5,6,x\r\n7,8,y\r\n");
        Assert.All(
            Enumerable.Range(0, whole.Length),
            length =>
            {
                PictureFiles.Write(_folder, "t.csv", whole[..length]);
                try
                {
                    using var data = Load();
                }
                catch (InputException error)
                {
                    Assert.DoesNotContain('\n', error.Message);
                }
            }
        );
    }

    private static IEnumerable<Dataset> Parts(NamedData data) => [data.Data.Train, data.Data.Test];

    private static string Text(NamedData data) =>
        string.Join(
            "; ",
            Parts(data)
                .SelectMany(part =>
                    Enumerable
                        .Range(0, part.Count)
                        .Select(i =>
                            $"{part.ExampleNames![i]["t.csv".Length..]} "
                            + $"{string.Join(' ', Vectors.Values(part.Pixels).Chunk(part.Width).ElementAt(i))} "
                            + $"{part.ClassNames[(int)part.Labels.data<long>()[i]]}"
                        )
                )
                .Order(StringComparer.Ordinal)
        );

    private void Write(string file, string text) => PictureFiles.Write(_folder, file, Encoding.UTF8.GetBytes(text));

    private NamedData Load(string text, UserDataOptions? options = null)
    {
        Write("t.csv", text);
        return Load(options);
    }

    private NamedData Load(UserDataOptions? options = null) =>
        DatasetLoader.Load(_folder.File("t.csv"), new DataFolder("/nowhere"), options, _told);

    private string Refused(string path) =>
        Assert.Throws<InputException>(() => DatasetLoader.Load(_folder.File(path), new DataFolder("/nowhere"))).Message;

    private void Refused(string sentence, string text, UserDataOptions? options = null)
    {
        var message = Assert.Throws<InputException>(() => Load(text, options)).Message;
        Assert.StartsWith($"{_folder.Path}{Path.DirectorySeparatorChar}{sentence}", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}
