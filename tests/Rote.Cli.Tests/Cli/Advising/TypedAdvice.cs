using Rote.Cli;

namespace Rote.Tests.Cli.Advising;

/// <summary>A command line that gets a message with advice, and the line of somebody who has followed it.</summary>
/// <param name="Asked">The line. A word that begins with @ is a path below the folder; {plain} and the like are runs, as
/// <see cref="AdviceFolder"/> names them.</param>
/// <param name="Message">A part of the message, with the advice.</param>
/// <param name="Followed">The line that the advice leads to.</param>
/// <param name="Right">A part of what is printed then and not before: the number or the name that was asked for.</param>
internal sealed record TypedAdvice(string Asked, string Message, string Followed, string Right)
{
    /// <summary>Other lines whose advice leads to the same one, which takes long.</summary>
    public (string Asked, string Message)[] Also { get; init; } = [];

    /// <summary>Makes what is there before.</summary>
    public Action<AdviceFolder>? Given { get; init; }

    /// <summary>Does what the advice says beside typing.</summary>
    public Action<AdviceFolder>? Then { get; init; }

    /// <summary>The exit code of the message.</summary>
    public int Code { get; init; } = ExitCode.WrongInput;

    /// <summary>The exit code of the line that was recommended.</summary>
    public int FollowedCode { get; init; } = ExitCode.Done;

    /// <summary>Whether the lines are typed by somebody whom permissions bind.</summary>
    public bool IsBound { get; init; }

    /// <summary>What tells it from others with the same line and message.</summary>
    public string Of { get; init; } = "";

    /// <summary>All lines that get a message.</summary>
    public IEnumerable<string> Lines => Also.Select(other => other.Asked).Prepend(Asked);

    /// <summary>Their messages.</summary>
    public IEnumerable<string> Messages => Also.Select(other => other.Message).Prepend(Message);

    /// <summary>What a list of tests shows.</summary>
    public string Name => $"{Message} [{Asked}]{Of}";
}
