using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rote.Tests.Foundation;

/// <summary>Members of other assemblies in a family that is chosen by name.</summary>
public sealed class AdditionsTests
{
    private readonly Additions<Shape> _added = new("shape", name => name == "circle");

    [Fact]
    public void A_member_is_found_by_its_name_with_its_number_and_is_a_kind_in_json()
    {
        _added.Add("square", side => new Square(side ?? 1));
        Assert.Equal(["square"], _added.Names);
        Assert.Equal(new Square(1), _added.Find("square"));
        Assert.Equal(new Square(2.5), _added.Find("square=2.5"));
        Assert.Null(_added.Find("hexagon"));
        var json = JsonSerializer.Serialize<Shape>(new Square(3), RoteJson.LineOptions);
        Assert.Equal("{\"kind\":\"square\",\"side\":3}", json);
        Assert.Equal(new Square(3), JsonSerializer.Deserialize<Shape>(json, RoteJson.Options));
        Assert.Equal(new Circle(), JsonSerializer.Deserialize<Shape>("{\"kind\":\"circle\"}", RoteJson.Options));
        Assert.Equal(
            "The shape 'square=wide' has 'wide' where a number is expected.",
            Assert.Throws<InputException>(() => _added.Find("square=wide")).Message
        );
    }

    [Fact]
    public void A_name_that_is_taken_or_is_none_is_refused_and_the_same_class_again_is_not()
    {
        _added.Add("square", side => new Square(side ?? 1));
        _added.Add("square", side => new Square(side ?? 1));
        Assert.Single(_added.Names);
        Assert.All(
            new[] { "circle", "Square", "a b", "", "square=", "2d" },
            name => Assert.Throws<ArgumentException>(() => _added.Add(name, _ => new Line()))
        );
        var error = Assert.Throws<ArgumentException>(() => _added.Add("square", _ => new Line()));
        Assert.Contains("; choose a name of its own.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _added.Add("rectangle", side => new Square(side ?? 1)));

        _added.Add("line", _ => new Line());
        Assert.Equal(new Line(), _added.Find("line"));
    }

    // "circle" is the catalog's own name; "dot" has one line, the kind.
    [Fact]
    public void A_kind_that_the_catalog_does_not_list_goes_by_its_kind_and_takes_no_number()
    {
        var shapes = new Additions<Dotted>("shape", name => name == "circle");
        Assert.Equal(["dot"], shapes.Names);
        Assert.Equal(new Dot(), shapes.Find("dot"));
        Assert.Null(shapes.Find("circle"));
        Assert.Equal("The shape dot takes no number, found 'dot=2'.", Assert.Throws<InputException>(() => shapes.Find("dot=2")).Message);
        Assert.Equal(
            "The shape 'dot=x' has 'x' where a number is expected.",
            Assert.Throws<InputException>(() => shapes.Find("dot=x")).Message
        );
        Assert.Throws<ArgumentException>(() => shapes.Add("dot", _ => new Ring()));
        shapes.Add("ring", _ => new Ring());
        Assert.Equal(["dot", "ring"], shapes.Names);
    }

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Disc), "circle")]
    [JsonDerivedType(typeof(Dot), "dot")]
    private abstract record Dotted;

    private sealed record Disc : Dotted;

    private sealed record Dot : Dotted;

    private sealed record Ring : Dotted;

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Circle), "circle")]
    private abstract record Shape;

    private sealed record Circle : Shape;

    private sealed record Square(double Side) : Shape;

    private sealed record Line : Shape;
}
