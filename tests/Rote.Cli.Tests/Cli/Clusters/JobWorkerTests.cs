using Rote.Cli;
using Rote.Cli.Clusters;
using Rote.Tests.Support;
using Rote.Workers;

namespace Rote.Tests.Cli.Clusters;

public sealed class JobWorkerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Every look at a cancelled job used to be a signal, and the second signal ends a process at once.
    [Fact]
    public void A_worker_of_a_cancelled_job_is_asked_to_stop_once_and_has_its_time()
    {
        var job = new JobFolder(_folder.File("job"));
        job.Open();
        var ended = 0;
        using var interrupt = new Interrupt(
            new Screen(json: false, quiet: false, TextWriter.Null, TextWriter.Null),
            end: _ => Interlocked.Increment(ref ended),
            patience: JobWorker.Patience
        );
        using (JobWorker.Follow(job, interrupt, TimeSpan.FromMilliseconds(2)))
        {
            Assert.False(interrupt.Token.WaitHandle.WaitOne(50));
            job.Stop();
            Assert.True(interrupt.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(20)));
            Thread.Sleep(200); // a hundred looks
        }

        Assert.Equal(0, ended);
    }
}
