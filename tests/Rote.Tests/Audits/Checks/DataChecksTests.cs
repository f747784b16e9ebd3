using Rote.Audits.Checks;
using Rote.Data;
using Rote.Data.Shapes;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Audits.Checks;

[NoTensorLeaks]
public sealed class DataChecksTests
{
    private const int Count = 1000;
    private const int Planted = 10;

    [Fact]
    public void Of_drawn_shapes_nothing_is_said()
    {
        using var shapes = ShapeImages.Generate(Count, 100);
        Assert.Empty(DataChecks.Of(new CheckInput(shapes.Train) { Test = shapes.Test }).Findings);
    }

    [Theory]
    [InlineData("dark-pictures")]
    [InlineData("bright-pictures")]
    [InlineData("blurred-pictures")]
    [InlineData("repeated-examples")]
    public void What_is_planted_is_found_and_nothing_else(string check)
    {
        using var scope = NewDisposeScope();
        using var shapes = ShapeImages.Generate(Count, 100);
        var pixels = shapes.Train.Pixels.clone();
        var part = pixels.narrow(0, Count - Planted, Planted);
        part.copy_(
            check switch
            {
                "dark-pictures" => zeros_like(part),
                "bright-pictures" => full_like(part, 255),
                "blurred-pictures" => Blurred(part),
                _ => pixels.narrow(0, 0, Planted),
            }
        );
        using var planted = shapes.Train.With(pixels: pixels);
        var finding = Assert.Single(DataChecks.Of(new CheckInput(planted)).Findings, f => f.Check == check);
        Assert.Empty(finding.Examples.Except(Enumerable.Range(Count - Planted, Planted)));

        // A drawn shape with a soft edge on a plain ground is not much sharper before it is blurred.
        Assert.InRange(finding.Examples.Count, check == "blurred-pictures" ? Planted - 2 : Planted, Planted);
    }

    [Fact]
    public void A_test_picture_among_the_training_pictures_is_a_leak()
    {
        using var scope = NewDisposeScope();
        using var shapes = ShapeImages.Generate(Count, 100);
        var pixels = shapes.Train.Pixels.clone();
        pixels[7] = shapes.Test.Pixels[3];
        using var leaked = shapes.Train.With(pixels: pixels);
        var finding = Assert.Single(DataChecks.Of(new CheckInput(leaked) { Test = shapes.Test }).Findings);
        Assert.Equal(("leaked-examples", 7), (finding.Check, Assert.Single(finding.Examples)));
        Assert.StartsWith(
            "1 training example stands in the test set too: 1 equal, 0 nearly equal.",
            finding.Sentence,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_class_with_less_than_a_tenth_of_its_share_is_small()
    {
        using var shapes = ShapeImages.Generate(Count, 100);
        var labels = shapes.Train.Labels.data<long>().ToArray();
        long[] rows = [.. Enumerable.Range(0, Count).Where(i => labels[i] != 4 || i < 60).Select(i => (long)i)];
        using var few = shapes.Train.Select(rows);
        var finding = Assert.Single(DataChecks.Of(new CheckInput(few)).Findings);
        Assert.Equal("small-classes", finding.Check);
        Assert.Contains($"1 class has less than a tenth", finding.Sentence, StringComparison.Ordinal);
        Assert.Contains($"{shapes.Train.ClassNames[4]} (6).", finding.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_networks_fail_on_is_named_and_chance_is_not()
    {
        using var shapes = ShapeImages.Generate(Count, 100);
        var labels = shapes.Train.Labels.data<long>().ToArray();
        var random = new Seeds(9).Stream(SeedStreams.FairSample);
        bool?[] byChance = [.. labels.Select(_ => (bool?)(random.NextDouble() < 0.8))];
        Assert.Empty(DataChecks.Of(new CheckInput(shapes.Train) { IsPredicted = byChance }).Findings);
        bool?[] weak = [.. labels.Zip(byChance, (label, right) => (bool?)(right == true && (label != 2 || random.NextDouble() < 0.5)))];
        var finding = Assert.Single(DataChecks.Of(new CheckInput(shapes.Train) { IsPredicted = weak }).Findings);
        Assert.Equal("weak-groups", finding.Check);
        Assert.Contains($"the class {shapes.Train.ClassNames[2]} ", finding.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain($"the class {shapes.Train.ClassNames[3]} ", finding.Sentence, StringComparison.Ordinal);

        // What every network was trained on is no error: it counted as one.
        bool?[] half = [.. weak.Select((right, i) => i % 2 == 0 ? right : null)];
        var among = Assert.Single(DataChecks.Of(new CheckInput(shapes.Train) { IsPredicted = half }).Findings);
        var share = (double)half.Count(right => right == true) / half.Count(right => right is not null);
        Assert.Contains($"predict {CheckWords.Percent(share)} as labelled", among.Sentence, StringComparison.Ordinal);
        Assert.Contains($"the class {shapes.Train.ClassNames[2]} ", among.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void By_chance_no_more_than_one_data_set_in_twenty_has_a_weak_group()
    {
        using var shapes = ShapeImages.Generate(500, 100);
        var random = new Seeds(11).Stream(SeedStreams.FairSample);
        var check = DataCheckCatalog.All.Single(c => c.Name == "weak-groups");
        var statistics = new CheckInput(shapes.Train);
        _ = statistics.Pictures;
        var alarms = Enumerable
            .Range(0, 100)
            .Count(_ =>
                check.Look(
                    new CheckInput(shapes.Train)
                    {
                        IsPredicted = [.. Enumerable.Range(0, 500).Select(_ => (bool?)(random.NextDouble() < 0.7))],
                    },
                    default
                )
                    is not null
            );
        Assert.InRange(alarms, 0, 10);
    }

    [Fact]
    public void Pictures_of_another_size_and_shape_are_told_by_what_their_files_say()
    {
        using var shapes = ShapeImages.Generate(Count, 100);
        var names = Enumerable.Range(0, Count).Select(i => $"{i}.png").ToArray();
        using var odd = Sized(shapes.Train, names, i => i < 5 ? (640, 480) : (32, 32));
        Assert.Equal(Enumerable.Range(0, 5), Found(odd, "odd-sizes"));
        using var mixed = Sized(shapes.Train, names, i => i < 5 ? (20, 20) : (300 + (i * 37 % 400), 300 + (i * 53 % 400)));
        Assert.Equal(Enumerable.Range(0, 5), Found(mixed, "odd-sizes"));
        using var narrow = Sized(shapes.Train, names, i => i < 5 ? (100, 1000) : (300 + (i * 37 % 200), 300 + (i * 53 % 200)));
        Assert.Equal(Enumerable.Range(0, 5), Found(narrow, "odd-shapes"));
        using var usual = Sized(shapes.Train, names, i => (300 + (i * 37 % 400), 300 + (i * 53 % 400)));
        Assert.Empty(DataChecks.Of(new CheckInput(usual)).Findings);
    }

    [Fact]
    public void Vectors_far_from_all_others_are_outliers_and_rows_of_tables_are_not_asked()
    {
        using var scope = NewDisposeScope();
        var drawn = new float[Count * 16];
        new Seeds(5).Stream(SeedStreams.FairSample).FillGaussian(drawn);
        var values = tensor(drawn).view(Count, 16);
        for (var i = 0; i < Count; i++)
        {
            values[i][i < Count - 5 ? i % 4 : i - Count + 15] += 10; // four clusters, and five that lie where nobody is, each alone
        }

        var labels = zeros(Count, int64);
        using var vectors = new Dataset(values, labels, ["a"], Split.Train, new Provenance("v", "test", ""));
        Assert.Equal(Enumerable.Range(Count - 5, 5), Found(vectors, "outliers"));
        using var table = new Dataset(
            values.clone(),
            labels.clone(),
            ["a"],
            Split.Train,
            new Provenance("v", "test", ""),
            featureNames: [.. Enumerable.Range(0, 16).Select(i => $"c{i}")]
        );
        Assert.Empty(Found(table, "outliers"));
    }

    [Fact]
    public void Where_everything_resembles_something_resemblance_is_not_told_but_equality_is()
    {
        Rote.Audits.Twins[] near = [.. Enumerable.Range(0, 300).Select(i => new Rote.Audits.Twins(i, i + 1, 0.95 + (i * 0.0001)))];
        Assert.Empty(Resemblance.Told(near, Count));
        Assert.Equal(near[..10], Resemblance.Told(near[..10], Count));
        var equal = new Rote.Audits.Twins(1, 2, 1);
        Assert.Equal([equal], Resemblance.Told([.. near, equal], Count));
    }

    [Fact]
    public void Every_example_has_a_row_in_the_order_of_the_source()
    {
        using var scope = NewDisposeScope();
        using var shapes = ShapeImages.Generate(200, 100);
        var pixels = shapes.Train.Pixels.clone();
        pixels[3].zero_();
        using var planted = shapes.Train.With(pixels: pixels);
        using var turned = planted.Select([.. Enumerable.Range(0, 200).Reverse().Select(i => (long)i)]);
        var columns = DataChecks.Of(new CheckInput(turned)).Columns(turned);
        Assert.Equal(
            ["file", "row", "label", "found", "brightest", "darkest", "spread", "sharpness"],
            columns.Select(column => column.Name)
        );
        var found = (string[])columns.Single(column => column.Name == "found").Values;
        Assert.Equal("dark-pictures", found[3]);
        Assert.Equal(199, found.Count(names => names.Length == 0));
    }

    [Fact]
    public void A_check_of_another_assembly_is_asked_and_a_name_is_taken_once()
    {
        var own = new Own();
        DataCheckCatalog.Register(own);
        try
        {
            DataCheckCatalog.Register(own);
            using var noise = Samples.Noise(12, 2);
            Assert.Contains(DataChecks.Of(new CheckInput(noise.Train)).Findings, finding => finding.Check == "own-check");
        }
        finally
        {
            DataCheckCatalog.Remove(own);
        }

        Assert.Throws<ArgumentException>(() => DataCheckCatalog.Register(new Own("outliers")));
    }

    private static IEnumerable<int> Found(Dataset data, string check) =>
        DataChecks.Of(new CheckInput(data)).Findings.SingleOrDefault(finding => finding.Check == check)?.Examples.Order()
        ?? Enumerable.Empty<int>();

    private static Dataset Sized(Dataset data, string[] names, Func<int, (int, int)> size) =>
        new(
            data.Pixels.alias(),
            data.Labels.alias(),
            data.ClassNames,
            data.Split,
            data.Provenance,
            SourceRows.OfFiles(names, [.. Enumerable.Range(0, data.Count).Select(size)])
        );

    private static Tensor Blurred(Tensor pictures)
    {
        var planes = pictures.to(float32).permute(0, 3, 1, 2);
        for (var i = 0; i < 2; i++)
        {
            planes = nn.functional.avg_pool2d(nn.functional.pad(planes, [4L, 4, 4, 4], TorchSharp.PaddingModes.Replicate), 9, 1);
        }

        return planes.permute(0, 2, 3, 1).to(uint8);
    }

    private sealed class Own(string name = "own-check") : IDataCheck
    {
        public string Name { get; } = name;

        public string Title => "Own";

        public CheckFinding? Look(CheckInput input, CancellationToken cancel) => new(Name, Title, "Always.", [0]);
    }
}
