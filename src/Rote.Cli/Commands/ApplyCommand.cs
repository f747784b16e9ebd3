using System.CommandLine;
using Rote.Audits.Review;
using Rote.Cli.Documents;

namespace Rote.Cli.Commands;

/// <summary><c>rote apply AUDIT</c>: lists the pictures that a review moves to another class's folder, and moves them on request.</summary>
internal static class ApplyCommand
{
    private static readonly Argument<string> Audit = new("AUDIT")
    {
        Description = "The folder of an audit's results, the beginning of its name in --audits, or the data: then its last audit",
    };
    private static readonly Option<string?> Decisions = new("--decisions")
    {
        Description = "decisions.jsonl of a review, or decisions.csv of an audit's page [default: decisions.jsonl in the audit's folder]",
        HelpName = "FILE",
    };
    private static readonly Option<bool> Move = new("--move") { Description = "Move the pictures; without it nothing is changed" };
    private static readonly Option<string> Audits = new("--audits")
    {
        Description = "Folder that keeps every audit",
        DefaultValueFactory = _ => AuditPlaces.Root,
        HelpName = "FOLDER",
    };

    public static Command Create()
    {
        var command = new Command(
            "apply",
            "List the pictures that a review moves to another class's folder, and with --move move them; nothing else changes your data"
        )
        {
            Audit,
            Decisions,
            Move,
            Audits,
        };
        command.SetAction(parse =>
        {
            var screen = new Screen(parse);
            var set = ReviewSet.Open(AuditPlaces.Find(parse.GetRequiredValue(Audit), parse.GetValue(Audits)!));
            var moves = ReviewMoves.Of(set, Log(set, parse.GetValue(Decisions)));
            foreach (var move in moves)
            {
                screen.Line($"{move.From} → {move.To}");
            }

            var isMoved = parse.GetValue(Move) && moves.Count > 0;
            if (isMoved)
            {
                ReviewMoves.Make(set, moves);
            }

            screen.Line(
                moves.Count == 0 ? "No picture has another class by what was decided."
                : isMoved
                    ? $"{Wording.Count(moves.Count, "picture")} moved; {Path.Combine(set.Folder, ReviewMoves.FileName)} says from where."
                : $"{Wording.Count(moves.Count, "picture")} would move; --move does it."
            );
            screen.Document(new ApplyDocument(isMoved, moves));
            return ExitCode.Done;
        });
        return command;
    }

    private static DecisionLog Log(ReviewSet set, string? file) =>
        string.IsNullOrEmpty(file) ? new DecisionLog(set)
        : Path.GetExtension(file).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? DecisionLog.OfTable(set, file)
        : new DecisionLog(set, file);
}
