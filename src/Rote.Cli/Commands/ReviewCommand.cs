using System.CommandLine;
using System.Runtime.CompilerServices;
using Rote.Audits.Review;
using Rote.Cli.Documents;
using Rote.Data;
using Rote.Pages.Review;
using Rote.Reports.Reviews;

namespace Rote.Cli.Commands;

/// <summary><c>rote review AUDIT</c>: a page for deciding on an audit's suspects, and exports of the decisions.</summary>
internal static class ReviewCommand
{
    private static readonly Argument<string> Audit = new("AUDIT")
    {
        Description = "The folder of an audit's results, the beginning of its name in --audits, or the data: then its last audit",
    };
    private static readonly Option<string?> Reviewer = new("--reviewer")
    {
        Description = "Who reviews [default: your user name]",
        HelpName = "NAME",
    };
    private static readonly Option<double> Controls = new("--controls")
    {
        Description = "Share of random control items among the suspects, 0 to 1: they say how many labels are wrong in all",
        DefaultValueFactory = _ => ReviewQueue.DefaultControls,
        HelpName = "SHARE",
    };
    private static readonly Option<bool> Share = new("--share")
    {
        Description = "Pass over what other reviewers have decided, to share the work; else everyone looks at everything",
    };
    private static readonly Option<string?> Decisions = new("--decisions")
    {
        Description = "The file that decisions are kept in [default: decisions.jsonl in the audit's folder]",
        HelpName = "FILE",
    };
    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Where the data lies now, if it was moved or the audit does not say [default: where it was audited]",
        HelpName = "DATA",
    };
    private static readonly Option<int> Port = LocalPage.Port();
    private static readonly Option<bool> NoOpen = LocalPage.NoOpen();
    private static readonly Option<string?> Export = new("--export")
    {
        Description = $"Write what was decided instead: {string.Join(", ", ReviewExport.Formats.Select(f => f.Name))}",
        HelpName = "FORMAT",
    };
    private static readonly Option<string?> Output = new("--output")
    {
        Description = "With --export: the file, or for links the folder [default: a name of its own in the audit's folder]",
        HelpName = "PATH",
    };
    private static readonly Option<string> Disagreements = new("--disagreements")
    {
        Description = "With --export: what reviewers disagree on is decided by majority, or becomes unsure",
        DefaultValueFactory = _ => "majority",
    };
    private static readonly Option<string> Audits = new("--audits")
    {
        Description = "Folder that keeps every audit",
        DefaultValueFactory = _ => AuditPlaces.Root,
        HelpName = "FOLDER",
    };

    public static Command Create()
    {
        var command = new Command(
            "review",
            "Decide on what an audit suspects, on a page in your browser; stop at any time and go on with the same command"
        )
        {
            Audit,
            Reviewer,
            Controls,
            Share,
            Decisions,
            Data,
            Port,
            NoOpen,
            Export,
            Output,
            Disagreements,
            Audits,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var screen = new Screen(parse);
        var port = LocalPage.Port(parse, Port);
        var disagreement = parse.GetValue(Disagreements) switch
        {
            "majority" => Disagreement.Majority,
            "unsure" => Disagreement.Unsure,
            var other => throw new InputException($"--disagreements is \"{other}\", expected majority or unsure."),
        };
        var set = ReviewSet.Open(AuditPlaces.Find(parse.GetRequiredValue(Audit), parse.GetValue(Audits)!));
        var log = new DecisionLog(set, FileOf(parse.GetValue(Decisions)));
        if (log.Skipped > 0)
        {
            screen.Progress(
                $"{Wording.Count(log.Skipped, "line")} of {log.Path} cannot be read or are on no example of this audit, "
                    + $"and are passed over."
            );
        }

        if (parse.GetValue(Export) is { } format)
        {
            return Write(parse, screen, set.At(Source(parse, set)), log, format, disagreement);
        }

        if (CommandLine.FirstOf(parse, [Output, Disagreements]) is { } asked)
        {
            throw new InputException($"{asked.Name} has no meaning without --export; leave it out.");
        }

        WebServerLibraries.Require();
        return Serve(parse, screen, set, log, port);
    }

    private static int Write(ParseResult parse, Screen screen, ReviewSet set, DecisionLog log, string format, Disagreement disagreement)
    {
        var known = ReviewExport.Formats.FirstOrDefault(f => f.Name == format) is { Name: not null } found
            ? found
            : throw Nearest.Unknown("form of export", format, [.. ReviewExport.Formats.Select(f => f.Name)]);
        var path = Path.GetFullPath(FileOf(parse.GetValue(Output)) ?? Path.Combine(set.Folder, known.File));
        ReviewExport.Write(format, set, log, path, disagreement);
        screen.Line($"{Wording.Count(log.All().Count, "example")} decided; {known.Words}: {path}");
        screen.Document(new ReviewExportDocument(format, path, log.All().Count));
        return ExitCode.Done;
    }

    // A method of its own: what it names is looked for when it is compiled, after the web server was found.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Serve(ParseResult parse, Screen screen, ReviewSet set, DecisionLog log, int port)
    {
        var reviewer =
            parse.GetValue(Reviewer) ?? (Environment.UserName is { Length: > 0 and <= ReviewSession.LongestName } user ? user : "reviewer");
        var queue = new ReviewQueue(set, parse.GetValue(Controls));
        var session = new ReviewSession(set, log, queue, reviewer, TimeProvider.System) { Share = parse.GetValue(Share) };
        try
        {
            log.RequireWritable();
        }
        catch (MachineException e)
        {
            throw new MachineException($"{e.Message.TrimEnd('.')} (--decisions).", e);
        }

        using var content = ReviewContent.Open(set, Source(parse, set), DataFolder.Default());
        using var interrupt = new Interrupt(
            screen,
            $"Stopped; every decision is kept in {log.Path}. Go on with: {CommandLine.Typed(parse)}"
        );
        Serve(parse, screen, session, content, port, interrupt.Token).GetAwaiter().GetResult();
        interrupt.Stopped();
        return ExitCode.Done;
    }

    private static async Task Serve(
        ParseResult parse,
        Screen screen,
        ReviewSession session,
        ReviewContent content,
        int port,
        CancellationToken stop
    )
    {
        await using var server = await ReviewServer.Start(session, content, port);
        var address = server.NewAddress();
        var (set, log) = (session.Set, session.Log);
        screen.Line(
            $"{Wording.Count(set.Suspects, "suspect")} among {Wording.Count(set.Examples.Count, "example")}, {log.All().Count:N0} decided; "
                + $"you are {session.Reviewer}."
        );
        screen.Line($"The page: {address}");
        screen.Line("It opens once, in one browser. Ctrl-C stops; whatever was decided is kept.");
        screen.Document(new ReviewDocument(address, server.Origin, log.Path, session.Reviewer));
        await LocalPage.Show(screen, address, server.NewAddress, isOpened: !parse.GetValue(NoOpen), stop);
    }

    private static AuditSource? Source(ParseResult parse, ReviewSet set) =>
        parse.GetValue(Data) is not { } data ? set.Source
        : set.Source is { } source ? source with { Data = AuditSource.Of(set.Audit, data, source.Options, set.ClassNames).Data }
        : AuditSource.Of(set.Audit, data, new UserDataOptions(), set.ClassNames);

    private static string? FileOf(string? path) =>
        path is "" || path?.Contains('\0', StringComparison.Ordinal) == true
            ? throw new InputException("The name of a file is empty or holds a character that no file's name has; give another one.")
            : path;
}
