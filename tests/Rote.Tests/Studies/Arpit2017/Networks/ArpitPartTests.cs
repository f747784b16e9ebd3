using System.Text.Json;
using Rote.Data;
using Rote.Studies.Arpit2017;
using Rote.Studies.Arpit2017.Networks;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Studies.Arpit2017.Networks;

/// <summary>The parts of a draw, on drawn pictures.</summary>
[NoTensorLeaks]
public sealed class ArpitPartTests(DrawnShapes shapes) : IClassFixture<DrawnShapes>
{
    private static readonly ArpitScale Smoke = ArpitScale.Find("smoke");

    public static TheoryData<string> Parts => [.. All.Keys];

    private static Dictionary<string, Func<DatasetSplits, object>> All { get; } =
        new()
        {
            ["easy"] = data => EasyExamples.Run(data, Smoke.Easy(1, 0), default),
            ["sensitivity"] = data => LossSensitivity.Run(data, Smoke.Sensitivity(1, 0), default),
            ["capacity"] = data => CapacitySweep.Run(data, Smoke.Capacity(1, 0), default),
            ["course"] = data => LearningCourse.Run(data, Smoke.Course(1, 0), default),
            ["regularizers"] = data => RegularizerSweep.Run(data, Smoke.Regularized(1, 0), default),
        };

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_part_made_again_is_the_same_to_the_last_digit_whatever_the_threads(string part)
    {
        var threads = get_num_threads();
        try
        {
            set_num_threads(1);
            var first = Text(part);
            set_num_threads(2);
            Assert.Equal(first, Text(part));
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void Networks_are_counted_and_shuffling_keeps_their_sum()
    {
        var result = EasyExamples.Run(shapes.Data, Smoke.Easy(1, 0), default);
        Assert.Equal(3, result.Kinds.Count);
        Assert.All(
            result.Kinds,
            kind =>
            {
                Assert.Equal(Smoke.Examples, kind.Right.Count);
                Assert.All(kind.Right, count => Assert.InRange(count, 0, Smoke.EasyNetworks));
                Assert.Equal(kind.Right.Sum(), kind.Shuffled.Sum());
                Assert.NotEqual(kind.Right, kind.Shuffled);
            }
        );
    }

    [Fact]
    public void Training_ends_where_every_label_is_fitted()
    {
        var result = CapacitySweep.Run(shapes.Data, Smoke.Capacity(1, 0), default);
        Assert.Equal((Smoke.Units.Count + 1) * ArpitScale.CapacityLevels.Count, result.Points.Count);
        Assert.Contains(result.Points, point => point.Epochs is not null);
        Assert.Contains(result.Points, point => point.Epochs is null);
        Assert.All(result.Points, point => Assert.Equal(point.Epochs is not null, point.Train == 1));
        Assert.All(result.Points, point => Assert.True(point.Best >= point.Last));
    }

    [Fact]
    public void A_course_divides_the_examples_into_right_and_wrong_ones()
    {
        var result = LearningCourse.Run(shapes.Data, Smoke.Course(1, 0), default);
        Assert.Equal(ArpitScale.CourseLevels, result.Courses.Select(course => course.Noise));
        var (real, inputs) = (result.Courses[0], result.Courses[^1]);
        Assert.All(real.Points, point => Assert.Equal((point.Train, null, null), (point.Right!.Value, point.Wrong, point.Recovered)));
        Assert.All(inputs.Points, point => Assert.Equal((null, point.Train), (point.Right, point.Wrong!.Value)));
        Assert.Equal([1, 20], real.Criticals().Select(found => found.Epoch));
        var some = result.Courses[2].Points[^1]; // 40 % random labels
        Assert.InRange(some.Train, Math.Min(some.Right!.Value, some.Wrong!.Value), Math.Max(some.Right.Value, some.Wrong.Value));
        Assert.True(some.Wrong + some.Recovered <= 1);
    }

    [Fact]
    public void A_peak_is_the_first_best_epoch_and_a_level_that_is_not_reached_takes_for_ever()
    {
        var course = new Course(
            NoiseLevel.Real,
            [.. new[] { 0.3, 0.6, 0.6, 0.5 }.Select((share, i) => new CoursePoint(i + 1, share, share, null, null, share, null))]
        );
        Assert.Equal(2, course.Peak().Epoch);
        Assert.Equal(2, course.EpochsTo(point => point.Right, 0.5));
        Assert.Equal(double.PositiveInfinity, course.EpochsTo(point => point.Right, 0.7));
        Assert.Equal(double.PositiveInfinity, course.EpochsTo(point => point.Wrong, 0.1));
        Assert.Empty(course.Criticals());
    }

    [Fact]
    public void Too_few_examples_are_one_sentence()
    {
        var options = Smoke.Easy(1, 0);
        var error = Assert.Throws<InputException>(() =>
            EasyExamples.Run(shapes.Data, options with { Pictures = options.Pictures with { Examples = 1_000_000 } }, default)
        );
        Assert.Contains("expected at least 1000000: use larger data or a smaller scale.", error.Message, StringComparison.Ordinal);
    }

    private string Text(string part) => JsonSerializer.Serialize(All[part](shapes.Data), RoteJson.Options);
}
