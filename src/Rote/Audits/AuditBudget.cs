using System.Globalization;

namespace Rote.Audits;

/// <summary>How much an audit may train.</summary>
public sealed record AuditBudget
{
    /// <summary>Most members where the user gives no number: estimates hardly change beyond.</summary>
    private const int Most = 20;

    /// <summary>As <see cref="Time"/>: nothing but <see cref="Members"/> counts.</summary>
    public static readonly TimeSpan Unlimited = TimeSpan.MaxValue;

    /// <summary>How <see cref="Unlimited"/> is written.</summary>
    public const string NoLimit = "none";

    /// <summary>Wall time of all sessions together, above 0, or <see cref="Unlimited"/>. Default 15 minutes.</summary>
    /// <exception cref="InputException">The value is not positive.</exception>
    public TimeSpan Time
    {
        get;
        init =>
            field =
                value > TimeSpan.Zero
                    ? value
                    : throw new InputException($"The budget is {value.TotalSeconds:0.###} s, expected a time above 0, as 15m.");
    } = TimeSpan.FromMinutes(15);

    /// <summary>Members at most, from 1 to 10,000; the time still counts. Default 20.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public int Members
    {
        get;
        init =>
            field = value is >= 1 and <= 10_000
                ? value
                : throw new InputException($"The number of members is {value}, expected 1 to 10,000.");
    } = Most;

    /// <summary>Members trained at the same time, from 1 to 1000; null: as many as cores and memory allow. Default null. No result depends
    /// on it; networks with dropout are trained one at a time.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public int? Together
    {
        get;
        init =>
            field = value is null or (>= 1 and <= 1000)
                ? value
                : throw new InputException($"The number of networks at the same time is {value}, expected 1 to 1000.");
    }

    /// <summary>Reads a time.</summary>
    /// <param name="text">A number and s, m or h, as <c>90s</c>, <c>15m</c>, <c>1.5h</c>; without a letter minutes; or <c>none</c>.</param>
    /// <returns>The time; <see cref="Unlimited"/> for none.</returns>
    /// <exception cref="InputException">It is none.</exception>
    public static TimeSpan ParseTime(string text)
    {
        if (text == NoLimit)
        {
            return Unlimited;
        }

        var (digits, unit) = text.Length > 0 && char.IsAsciiLetter(text[^1]) ? (text[..^1], text[^1]) : (text, 'm');
        var seconds = unit switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            _ => 0,
        };
        return
            seconds > 0
            && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value > 0
            && value * seconds < 1e7
            ? TimeSpan.FromSeconds(value * seconds)
            : throw new InputException($"The budget is \"{text}\", expected a time above 0, as 90s, 15m or 1.5h, or none.");
    }
}
