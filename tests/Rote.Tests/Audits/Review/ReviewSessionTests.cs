using Rote.Audits.Review;
using Rote.Tests.Support;

namespace Rote.Tests.Audits.Review;

public sealed class ReviewSessionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_class_of_the_audit_is_taken_in_place_of_one_that_it_lacks()
    {
        var session = ReviewSamples.Session(ReviewSamples.Write(_folder.File("audit"), 9, suspects: 3));
        var error = Assert.Throws<InputException>(() => session.Decide(1, ReviewChoice.Change, "elk"));
        Assert.Contains("; choose one of its classes.", error.Message, StringComparison.Ordinal);
        Assert.Empty(session.Log.All());

        session.Decide(1, ReviewChoice.Change, "cow");
        Assert.Equal("cow", Assert.Single(session.Log.All(1)).NewLabel);
    }
}
