namespace Rote.Tests.Foundation;

public sealed class RegistryTests
{
    [Fact]
    public void What_is_added_comes_after_what_is_built_in_and_once()
    {
        var registry = new Registry<Thing>("thing", thing => thing.Name, new Thing("a"));
        registry.Add(new Thing("b"));
        registry.Add(new Thing("b"));
        Assert.Equal(["a", "b"], registry.All.Select(thing => thing.Name));
    }

    [Fact]
    public void A_name_of_another_class_or_of_what_is_built_in_is_refused()
    {
        var registry = new Registry<Thing>("thing", thing => thing.Name, new Thing("a"));
        registry.Add(new Thing("b"));
        Assert.Throws<ArgumentException>(() => registry.Add(new Thing("A")));
        var error = Assert.Throws<ArgumentException>(() => registry.Add(new Other("b")));
        Assert.Contains("; choose a name of its own.", error.Message, StringComparison.Ordinal);
        registry.Add(new Other("c"));
        Assert.Equal(["a", "b", "c"], registry.All.Select(thing => thing.Name));
        Assert.Throws<ArgumentNullException>(() => registry.Add(null!));
    }

    private record Thing(string Name);

    private sealed record Other(string Name) : Thing(Name);
}
