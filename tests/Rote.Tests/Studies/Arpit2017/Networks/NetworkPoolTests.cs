using Rote.Studies.Arpit2017.Networks;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Studies.Arpit2017.Networks;

[NoTensorLeaks]
public sealed class NetworkPoolTests
{
    [Fact]
    public void Results_stand_in_the_order_of_the_jobs_and_threads_stay_as_they_were()
    {
        var threads = get_num_threads();
        var squares = NetworkPool.Run([.. Enumerable.Range(0, 40)], job => full([1], (float)job * job).item<float>(), default);
        Assert.Equal(Enumerable.Range(0, 40).Select(job => (float)job * job), squares);
        Assert.Equal(threads, get_num_threads());
        Assert.Empty(NetworkPool.Run(Array.Empty<int>(), job => job, default));
    }

    [Fact]
    public void A_job_has_one_thread_and_no_gradients() =>
        Assert.All(
            NetworkPool.Run([1, 2, 3], _ => (get_num_threads(), is_grad_enabled()), default),
            found => Assert.Equal((1, false), found)
        );

    [Fact]
    public void What_a_job_throws_is_thrown_and_cancelling_stops()
    {
        var error = Assert.Throws<InputException>(() =>
            NetworkPool.Run([1, 2, 3], job => job == 2 ? throw new InputException("the second") : job, default)
        );
        Assert.Equal("the second", error.Message);
        Assert.Throws<OperationCanceledException>(() => NetworkPool.Run([1], job => job, new CancellationToken(canceled: true)));
    }
}
