using System.CommandLine;
using System.Runtime.CompilerServices;
using Rote.Cli.Documents;
using Rote.Pages.Runs;

namespace Rote.Cli.Commands;

/// <summary><c>rote serve</c>: a page that shows runs while they train, sets, audits and frontiers.</summary>
internal static class ServeCommand
{
    private static readonly Argument<string> Folder = new("FOLDER")
    {
        Description = "The folder to show, with all that lies below it; a cluster may fill it",
        DefaultValueFactory = _ => "runs",
    };
    private static readonly Option<int> Port = LocalPage.Port();
    private static readonly Option<bool> NoOpen = LocalPage.NoOpen();

    public static Command Create()
    {
        var command = new Command(
            "serve",
            "Show runs while they train, sets, audits and frontiers on a page in your browser; it starts nothing and writes nothing"
        )
        {
            Folder,
            Port,
            NoOpen,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var screen = new Screen(parse);
        var port = LocalPage.Port(parse, Port);
        WebServerLibraries.Require();
        using var interrupt = new Interrupt(screen, "Stopped.");
        Serve(parse, screen, port, interrupt.Token);
        interrupt.Stopped();
        return ExitCode.Done;
    }

    // A method of its own: what it names is looked for when it is compiled, after the web server was found.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Serve(ParseResult parse, Screen screen, int port, CancellationToken stop) =>
        ServeUntil(parse, screen, port, stop).GetAwaiter().GetResult();

    private static async Task ServeUntil(ParseResult parse, Screen screen, int port, CancellationToken stop)
    {
        await using var server = await RunsServer.Start(parse.GetRequiredValue(Folder), port);
        var address = server.NewAddress();
        screen.Line($"Runs, sets, audits and frontiers below {server.Folder}; nothing is started and nothing is written.");
        screen.Line($"The page: {address}");
        screen.Line("It opens once, in one browser. Enter gives a new address, Ctrl-C stops.");
        screen.Document(new ServeDocument(address, server.Origin, server.Folder));
        await LocalPage.Show(screen, address, server.NewAddress, isOpened: !parse.GetValue(NoOpen), stop);
    }
}
