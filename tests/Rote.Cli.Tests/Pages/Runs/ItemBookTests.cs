using Rote.Pages.Runs;

namespace Rote.Tests.Pages.Runs;

/// <summary>What pages are told in parts, while items come and go.</summary>
public sealed class ItemBookTests
{
    private const int Part = 500;

    // A part's version used to be taken for all that the page knew: it was told to start anew, and got the same part again without end.
    [Fact]
    public void A_page_that_is_opened_after_many_removals_reads_every_item_once()
    {
        var book = Book(2 * Part + 1, removed: ItemBook.MostGone + 100);
        var (items, answers) = ReadAll(book, default);
        Assert.Equal(Names(2 * Part + 1), items.Order());
        Assert.All(answers, answer => Assert.False(answer.IsAnew));
        Assert.Equal([Part, Part, 1], answers.Select(answer => answer.Items.Count));
        Assert.False(book.Changed(answers[^1].Version).IsCompleted);
    }

    [Fact]
    public void A_page_that_misses_removals_which_are_forgotten_starts_anew_also_between_two_parts()
    {
        var book = Book(2 * Part + 1, removed: 0);
        var first = book.Since(default, Part);
        Take(book, Names(2 * Part + 1).Skip(100), ItemBook.MostGone + 100); // a hundred go, and are forgotten
        var (items, answers) = ReadAll(book, first.Version);
        Assert.Equal([true, false], answers.Select(answer => answer.IsAnew));
        Assert.Equal(Names(2 * Part + 1).Skip(100), items.Order());
    }

    [Fact]
    public void A_removal_between_two_parts_is_told()
    {
        var book = Book(2 * Part + 1, removed: 0);
        var first = book.Since(default, Part);
        Take(book, Names(2 * Part + 1).Skip(100), 0);
        var (_, answers) = ReadAll(book, first.Version);
        Assert.All(answers, answer => Assert.False(answer.IsAnew));
        Assert.Equal(Names(100), answers.SelectMany(answer => answer.Gone).Order());
    }

    [Fact]
    public void A_page_of_an_earlier_server_starts_anew()
    {
        var earlier = new ItemBook(start: 1000);
        Take(earlier, Names(10), 0);
        var known = earlier.Since(default, Part).Version;
        var book = new ItemBook(start: 2000);
        Take(book, Names(5), 0);
        Assert.True(book.Since(known, Part).IsAnew);
        Assert.Equal(5, book.Since(known, Part).Items.Count);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("-")]
    [InlineData("1-")]
    [InlineData("1-2-3")]
    [InlineData("-1-2")]
    [InlineData("99999999999999999999-1")]
    [InlineData("a-b")]
    public void What_is_no_bookmark_is_refused(string text) => Assert.Throws<InputException>(() => Bookmark.Parse(text));

    [Fact]
    public void A_bookmark_is_read_back() => Assert.Equal(new Bookmark(7, 5), Bookmark.Parse(new Bookmark(7, 5).ToString()));

    private static ItemBook Book(int count, int removed)
    {
        var book = new ItemBook(start: 1);
        Take(book, Names(count), removed);
        return book;
    }

    /// <summary>The book has these items, and others that came and went.</summary>
    private static void Take(ItemBook book, IEnumerable<string> names, int removed)
    {
        Item[] items = [.. names.Select(Item)];
        book.Take([.. items, .. Enumerable.Range(0, removed).Select(i => Item($"gone{i:0000}"))], [], isComplete: true);
        book.Take(items, [], isComplete: true);
    }

    private static Item Item(string id) =>
        new()
        {
            Kind = "run",
            Id = id,
            Name = id,
            Place = "",
        };

    private static IEnumerable<string> Names(int count) => Enumerable.Range(0, count).Select(i => $"run{i:0000}");

    private static (HashSet<string> Items, List<ItemChanges> Answers) ReadAll(ItemBook book, Bookmark known)
    {
        var (items, answers) = (new HashSet<string>(), new List<ItemChanges>());
        do
        {
            answers.Add(book.Since(known, Part));
            known = Bookmark.Parse(answers[^1].Version.ToString());
            items.UnionWith(answers[^1].Items.Select(item => item.Id));
        } while (answers[^1].HasMore && answers.Count < 20);
        return (items, answers);
    }
}
