using System.CommandLine;
using System.CommandLine.Parsing;
using Rote.Audits;
using Rote.Cli.Clusters;

namespace Rote.Cli.Commands;

/// <summary>The part of <c>rote audit</c> that concerns clusters: what is submitted, and what a worker does otherwise than somebody's own
/// process.</summary>
internal sealed class AuditCluster
{
    private readonly ClusterOptions _cluster = new(JobKind.Networks);

    private readonly Option<string?> _probe = new("--probe")
    {
        Description = "What must stand in the folder of the audit's job, so that a folder of the same name elsewhere is not taken for it",
        Hidden = true,
    };

    /// <summary>Every option.</summary>
    public IReadOnlyList<Option> All => [.. _cluster.All, _probe];

    /// <summary>Adds the options to a command.</summary>
    public Command AddTo(Command command)
    {
        command.Add(_probe);
        return _cluster.AddTo(command);
    }

    /// <summary>What is asked of a cluster.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="budget">The option that has no meaning there.</param>
    /// <returns>Null: networks are trained here.</returns>
    /// <exception cref="InputException">A value is none, or a budget of time is asked for.</exception>
    public ClusterRequest? Read(ParseResult parse, Option budget)
    {
        var request = _cluster.Read(parse);
        return request is not null && CommandLine.Has(parse, budget)
            ? throw new InputException(
                $"{budget.Name} is for one machine; with --on all --members are trained, whatever time they take: leave it out."
            )
            : request;
    }

    /// <summary>How long work may take to end after a signal; null: as long as usual.</summary>
    public TimeSpan? Patience(ParseResult parse) => parse.GetValue(_probe) is null ? null : JobWorker.Patience;

    /// <summary>The networks that a worker of a job trains at the same time.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="usual">How many would be trained outside a job.</param>
    /// <param name="threads">Threads that each computes with.</param>
    /// <returns>As many as the job's cores allow.</returns>
    public int? Together(ParseResult parse, int? usual, int threads) =>
        parse.GetValue(_probe) is not null && SlurmTask.Cores() is { } cores && usual is null ? Math.Max(1, cores / threads) : usual;

    /// <summary>Stops a worker when its job is cancelled.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="root">The folder that holds audits.</param>
    /// <param name="plan">The audit.</param>
    /// <param name="interrupt">Asked to stop.</param>
    /// <returns>Null where this is no worker of a job; else looks until it is disposed of.</returns>
    /// <exception cref="MachineException">The submitter sees another folder.</exception>
    public IDisposable? Enter(ParseResult parse, string root, AuditPlan plan, Interrupt interrupt)
    {
        if (parse.GetValue(_probe) is not { } probe)
        {
            return null;
        }

        var folder = AuditRunner.FolderOf(root, plan);
        if (!folder.Holds(probe))
        {
            throw new MachineException(
                $"{folder.Path} is not on {Environment.MachineName} what it is where the audit was submitted, because data, program or "
                    + $"folder are others here; the folder of audits must lie on a file system that all nodes share (--audits)."
            );
        }

        return JobWorker.Follow(folder, interrupt);
    }

    /// <summary>Puts a worker whose time is up back into the queue; nothing for others.</summary>
    public void Leave(ParseResult parse, Screen screen, string root, AuditPlan? plan)
    {
        if (parse.GetValue(_probe) is not null)
        {
            JobWorker.Leave(plan is null ? null : AuditRunner.FolderOf(root, plan), screen);
        }
    }

    /// <summary>The words of a worker: the command as typed, without what concerns this process alone.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="own">Options that are left out.</param>
    /// <param name="added">Options that are added.</param>
    /// <param name="probe">What the worker must find in the job's folder.</param>
    public IReadOnlyList<string> Words(ParseResult parse, IEnumerable<Option> own, IEnumerable<string> added, string probe)
    {
        var left = own.Concat(All)
            .Select(parse.GetResult)
            .OfType<OptionResult>()
            .SelectMany(result => result.Tokens.Append(result.IdentifierToken))
            .ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. parse.Tokens.Where(token => !left.Contains(token)).Select(token => token.Value), .. added, _probe.Name, probe];
    }
}
