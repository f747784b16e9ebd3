using System.Diagnostics;
using Spectre.Console;

namespace Rote.Cli.Displays;

/// <summary>How many networks of an audit others have trained: a line redrawn in place on a terminal, elsewhere one every half
/// minute.</summary>
internal static class NetworkDisplay
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(30);

    /// <summary>Shows progress while the work goes on, on this thread.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="members">Networks in all.</param>
    /// <param name="work">Told what to call with the number that is finished; null under --quiet.</param>
    public static void Show(Screen screen, int members, Action<Action<int>?> work)
    {
        var begun = Stopwatch.GetTimestamp();
        int? first = null;
        if (screen.Quiet)
        {
            work(null);
        }
        else if (screen.IsLive)
        {
            screen
                .People.Status()
                .Spinner(Spinner.Known.Dots)
                .Start("Waiting", context => work(finished => context.Status(Markup.Escape(Text(finished)))));
        }
        else
        {
            var last = 0L;
            work(finished =>
            {
                if (last == 0 || finished == members || Stopwatch.GetElapsedTime(last) >= BetweenLines)
                {
                    last = Stopwatch.GetTimestamp();
                    screen.Line(Text(finished));
                }
            });
        }

        string Text(int finished)
        {
            first ??= finished;
            return Line(finished, finished - first.Value, members, Stopwatch.GetElapsedTime(begun));
        }
    }

    /// <summary>As "12 of 40 networks are trained, about 6 min left".</summary>
    /// <param name="finished">Networks that are finished.</param>
    /// <param name="since">How many of them since somebody looks.</param>
    /// <param name="members">Networks in all.</param>
    /// <param name="time">How long somebody has looked.</param>
    internal static string Line(int finished, int since, int members, TimeSpan time)
    {
        var left = since > 0 && finished < members ? time * (members - finished) / since : (TimeSpan?)null;
        var more = left is { } known ? $", about {RunSetText.Duration(known)} left" : "";
        return $"{finished:N0} of {Wording.Count(members, "network")} {(finished == 1 ? "is" : "are")} trained{more}.";
    }
}
