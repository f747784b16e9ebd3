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
}
