using Rote.Data.Shapes;

namespace Rote.Tests.Data.Shapes;

public sealed class FormsTests
{
    private static readonly Gen<float> Coordinate = Gen.Float[-1.5f, 1.5f];

    // Geometry on paper: the circle of radius 0.85, the ring 0.75 ± 0.2, the square of half side 0.72, the triangle's inner radius 0.5.
    [Theory]
    [InlineData("circle", 0, 0, -0.85)]
    [InlineData("circle", 1.85, 0, 1)]
    [InlineData("ring", 0.75, 0, -0.2)]
    [InlineData("ring", 0, 0, 0.55)]
    [InlineData("square", 0, 0, -0.72)]
    [InlineData("square", 1, 0.3, 0.28)]
    [InlineData("triangle", 0, 0, -0.5)]
    [InlineData("triangle", 0, 2, 1)]
    [InlineData("star", 0, 1.25, 0.25)]
    [InlineData("cross", 0.95, 0, 0)]
    [InlineData("cross", 0.6, 0.6, 0.3)]
    [InlineData("crescent", 0.42, 0, 0.78)]
    [InlineData("crescent", -0.655, 0, -0.295)]
    [InlineData("arrow", 0, 1, 0)]
    [InlineData("arrow", 0.8, -0.5, 0.53)]
    [InlineData("hourglass", 0, 0.73, 0)]
    [InlineData("hourglass", 0.12, 0, 0)]
    public void Distances_are_those_of_geometry(string form, float x, float y, double expected) =>
        Assert.Equal(expected, Forms.Distance(Array.IndexOf(Forms.Names, form), x, y), 1e-5);

    [Fact]
    public void A_distance_never_changes_faster_than_the_point_moves() =>
        Gen.Select(Gen.Int[0, 9], Coordinate, Coordinate, Coordinate, Coordinate)
            .Sample(
                (form, x, y, otherX, otherY) =>
                    Math.Abs(Forms.Distance(form, x, y) - Forms.Distance(form, otherX, otherY))
                    <= MathF.Sqrt(((x - otherX) * (x - otherX)) + ((y - otherY) * (y - otherY))) + 1e-5f
            );

    [Fact]
    public void Every_form_lies_in_the_unit_circle_and_fills_at_least_a_fifth_of_it()
    {
        for (var form = 0; form < Forms.Names.Length; form++)
        {
            var (inside, reach) = (0, 0f);
            for (var row = -150; row <= 150; row++)
            {
                for (var column = -150; column <= 150; column++)
                {
                    var (x, y) = (column / 100f, row / 100f);
                    if (Forms.Distance(form, x, y) < 0)
                    {
                        inside++;
                        reach = MathF.Max(reach, (x * x) + (y * y));
                    }
                }
            }

            Assert.True(MathF.Sqrt(reach) is > 0.84f and < 1.03f, $"{Forms.Names[form]} reaches {MathF.Sqrt(reach)}");
            Assert.True(inside / (MathF.PI * 10_000) > 0.2, $"{Forms.Names[form]} fills {inside / (MathF.PI * 10_000)}");
        }
    }

    [Fact]
    public void There_is_no_eleventh_form() => Assert.Throws<ArgumentOutOfRangeException>(() => Forms.Distance(10, 0, 0));
}
