using Rote.Cli;
using Rote.Data;
using Rote.Data.Shapes;

namespace Rote.Tests.Cli;

public sealed class ExampleCountTests
{
    [Fact]
    public void More_examples_than_there_are_take_all_and_say_so()
    {
        using var data = ShapeImages.Generate(30, 20);
        using var output = new StringWriter();
        var screen = new Screen(json: false, quiet: true, output, TextWriter.Null);
        var spec = new DataSpec { Name = "shapes" };
        Assert.Equal(spec with { Examples = 30, TestExamples = 20 }, ExampleCount.Fit(screen, spec, data, 1_000_000_000, 21));
        Assert.Equal(
            "--examples is 1,000,000,000, and there are 30 training examples of shapes: all of them are taken.\n--test-examples is 21, "
                + "and there are 20 test examples of shapes: all of them are taken.\n",
            output.ToString()
        );
        Assert.Equal(spec with { Examples = 30, TestExamples = null }, ExampleCount.Fit(screen, spec, data, 30));
        Assert.Equal(spec, ExampleCount.Fit(screen, spec, data, null));
    }

    /// <summary>They were cut without a word, and the record said 15.</summary>
    [Fact]
    public void Of_test_examples_from_one_on_those_that_are_left_count()
    {
        using var data = ShapeImages.Generate(30, 20);
        using var output = new StringWriter();
        var screen = new Screen(json: false, quiet: true, output, TextWriter.Null);
        var spec = new DataSpec { Name = "shapes", TestFrom = 12 };
        Assert.Equal(spec with { TestExamples = 8 }, ExampleCount.Fit(screen, spec, data, null, 15));
        Assert.Equal(
            "--test-examples is 15, and there are 8 test examples of shapes from 12 on: all of them are taken.\n",
            output.ToString()
        );
        var error = Assert.Throws<InputException>(() => ExampleCount.Fit(screen, spec with { TestFrom = 20 }, data, null));
        Assert.Equal("shapes has 20 test examples, and those from 20 on are asked for.", error.Message);
    }

    /// <summary>An audit of all examples has one record, however they are asked for.</summary>
    [Theory]
    [InlineData(SplitOrigin.Given, 30)]
    [InlineData(SplitOrigin.SetAside, 50)]
    public void All_examples_of_an_audit_are_no_number(SplitOrigin origin, int count)
    {
        using var shapes = ShapeImages.Generate(30, 20);
        var data = shapes with { Origin = origin };
        using var output = new StringWriter();
        var screen = new Screen(json: false, quiet: true, output, TextWriter.Null);
        Assert.Null(ExampleCount.OfAudit(screen, "shapes", data, null));
        Assert.Null(ExampleCount.OfAudit(screen, "shapes", data, count));
        Assert.Equal(count - 1, ExampleCount.OfAudit(screen, "shapes", data, count - 1));
        Assert.Equal("", output.ToString());
        Assert.Null(ExampleCount.OfAudit(screen, "shapes", data, 1000));
        Assert.StartsWith($"--examples is 1,000, and there are {count} examples of shapes", output.ToString(), StringComparison.Ordinal);
    }
}
