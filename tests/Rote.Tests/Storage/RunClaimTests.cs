using System.Text.Json;
using Rote.Storage;
using Rote.Tests.Foundation;
using Rote.Tests.Support;

namespace Rote.Tests.Storage;

public sealed class RunClaimTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Run => Path.Combine(_folder.File("runs"), "0123456789ab-x");

    private string Claims => Path.Combine(_folder.File("runs"), RunClaim.Folder);

    [Fact]
    public void A_claim_is_held_until_it_is_let_go_and_leaves_nothing()
    {
        using (RunClaim.Take(Run))
        {
            Assert.True(RunClaim.IsHeld(Run));
            var error = Assert.Throws<BusyException>(() => RunClaim.Take(Run));
            Assert.Contains($"process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
            Assert.EndsWith("; wait for it, or stop it.", error.Message, StringComparison.Ordinal);
        }

        RunClaim.Take(Run).Dispose();
        Assert.False(RunClaim.IsHeld(Run));
        Assert.False(Directory.Exists(Claims));
    }

    [Fact]
    public void Whoever_waits_for_a_run_in_work_finds_it_finished()
    {
        var store = new RunStore(_folder.File("runs"), TimeProvider.System);
        var experiment = RunFolders.Experiment();
        var folder = RunFolders.Interrupted(store, experiment);
        using (store.Open(experiment))
        {
            var error = Assert.Throws<BusyException>(() => store.Get(folder).Finished());
            Assert.EndsWith(": a process works on it; wait for it.", error.Message, StringComparison.Ordinal);
        }

        RunFolders.Finished(store, experiment);
        Assert.Equal(experiment.Identity, store.Get(folder).Finished().Experiment.Identity);
    }

    [Fact]
    public void Of_many_that_try_one_has_it()
    {
        var held = 0;
        var most = 0;
        var made = 0;
        Parallel.For(
            0,
            8,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            _ =>
            {
                while (Volatile.Read(ref made) < 40)
                {
                    try
                    {
                        using var claim = RunClaim.Take(Run);
                        InterlockedMax(ref most, Interlocked.Increment(ref held));
                        Thread.Yield();
                        Interlocked.Decrement(ref held);
                        Interlocked.Increment(ref made);
                    }
                    catch (BusyException)
                    {
                        Thread.Yield();
                    }
                }
            }
        );
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task The_folder_of_claims_may_go_at_any_moment()
    {
        // As whoever lets go of the last claim does, and oftener: a try to claim fails then, and the next one does not.
        var isOver = false;
        var remover = Task.Run(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                try
                {
                    Directory.Delete(Claims);
                }
                catch (IOException)
                {
                    Thread.Yield(); // a claim is in it, or it is gone already
                }
            }
        });
        try
        {
            for (var i = 0; i < 2000; i++)
            {
                try
                {
                    RunClaim.Take(Run).Dispose();
                }
                catch (BusyException)
                {
                    Thread.Yield(); // ten tries met the remover
                }
            }
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            await remover;
        }
    }

    [Fact]
    public void Of_many_that_take_over_a_stale_one_one_has_it()
    {
        for (var round = 0; round < 20; round++)
        {
            Claimed(process: 1, space: "elsewhere", age: TimeSpan.FromMinutes(6));
            var taken = 0;
            var claims = new RunClaim?[8];
            Parallel.For(
                0,
                8,
                i =>
                {
                    try
                    {
                        claims[i] = RunClaim.Take(Run);
                        Interlocked.Increment(ref taken);
                    }
                    catch (BusyException)
                    {
                        return;
                    }
                }
            );
            Assert.Equal(1, taken);
            Array.ForEach(claims, claim => claim?.Dispose());
        }
    }

    [Fact]
    public void A_dead_process_of_this_machine_holds_nothing()
    {
        Claimed(OrphansTests.Nobody, ProcessSpace.Tag, TimeSpan.Zero);
        Assert.False(RunClaim.IsHeld(Run));
        RunClaim.Take(Run).Dispose();
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(6, false)]
    public void A_process_elsewhere_holds_it_for_five_minutes_without_a_sign_of_life(int minutes, bool isHeld)
    {
        // Its own clock is years off: nothing is decided by it.
        Claimed(OrphansTests.Nobody, "elsewhere", TimeSpan.FromMinutes(minutes));
        Assert.Equal(isHeld, RunClaim.IsHeld(Run));
        if (isHeld)
        {
            Assert.Throws<BusyException>(() => RunClaim.Take(Run));
        }
        else
        {
            RunClaim.Take(Run).Dispose();
        }
    }

    [Fact]
    public void A_process_that_was_stopped_for_minutes_loses_it_and_knows()
    {
        using var stopped = RunClaim.Take(Run);
        Age(Directory.GetFiles(Path.Combine(Claims, Path.GetFileName(Run)))[0], TimeSpan.FromMinutes(6));
        using (RunClaim.Take(Run))
        {
            stopped.Live();
            Assert.True(stopped.IsLost);
        }

        stopped.Live(); // nobody has it any more
        Assert.False(stopped.IsLost);
        Assert.True(RunClaim.IsHeld(Run));
    }

    [Fact]
    public void A_sign_of_life_makes_it_young_again()
    {
        using var claim = RunClaim.Take(Run);
        Age(Directory.GetFiles(Path.Combine(Claims, Path.GetFileName(Run)))[0], TimeSpan.FromMinutes(6));
        Assert.False(RunClaim.IsHeld(Run));
        claim.Live();
        Assert.True(RunClaim.IsHeld(Run));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"host\":1}")]
    public void A_claim_that_cannot_be_read_counts_by_its_age(string content)
    {
        var file = Claimed(1, "elsewhere", TimeSpan.Zero);
        File.WriteAllText(file, content);
        Assert.Throws<BusyException>(() => RunClaim.Take(Run));
        Age(file, TimeSpan.FromMinutes(6));
        RunClaim.Take(Run).Dispose();
    }

    [Fact]
    public void What_a_kill_leaves_half_done_is_no_claim()
    {
        Directory.CreateDirectory(Path.Combine(Claims, Path.GetFileName(Run))); // between the two steps of letting go
        RunClaim.Take(Run).Dispose();
    }

    [Fact]
    public void Claims_of_dead_processes_here_are_freed_and_no_others()
    {
        Claimed(OrphansTests.Nobody, ProcessSpace.Tag, TimeSpan.Zero);
        var other = Path.Combine(_folder.File("runs"), "ba9876543210-y");
        using var mine = RunClaim.Take(other);
        RunClaim.FreeDead(_folder.File("runs"));
        Assert.Equal([Path.GetFileName(other)], Directory.GetFileSystemEntries(Claims).Select(Path.GetFileName));
    }

    private string Claimed(int process, string space, TimeSpan age)
    {
        var place = Path.Combine(Claims, Path.GetFileName(Run));
        Directory.CreateDirectory(place);
        Array.ForEach(Directory.GetFiles(place), File.Delete);
        var file = Path.Combine(place, "0123456789abcdef.json");
        var owner = ClaimOwner.Now() with { Process = process, Space = space, Since = DateTimeOffset.UnixEpoch };
        File.WriteAllText(file, JsonSerializer.Serialize(owner, RoteJson.Options));
        Age(file, age);
        return file;
    }

    private static void Age(string file, TimeSpan age) => File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file) - age);

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen) { }
    }
}
