using System.CommandLine;
using System.Globalization;
using Rote.Audits;
using Rote.Cli.Help;
using Rote.Reports.Audits;

namespace Rote.Cli.Gate;

/// <summary>Makes an audit a build step: a limit above which it fails, and its suspects in the formats that build servers
/// show.</summary>
internal sealed class GateOptions
{
    /// <summary>The option's name.</summary>
    public const string FailOverName = "--fail-over";

    private readonly Option<string?> _failOver = new(FailOverName)
    {
        Description =
            "Exit with 1 if more of the labels are wrong than this, as 2%: by the lower end of the count, and also if there is no count",
        HelpName = "SHARE",
    };

    private readonly Option<string?> _sarif = new("--sarif")
    {
        Description = "Write the labels that are probably wrong as SARIF 2.1.0, which code hosts show beside the files",
        HelpName = "FILE",
    };

    private readonly Option<string?> _junit = new("--junit")
    {
        Description = "Write the same as JUnit XML, which build servers show as tests",
        HelpName = "FILE",
    };

    /// <summary>Every option.</summary>
    public IReadOnlyList<Option> All => [_failOver, _sarif, _junit];

    /// <summary>Adds them to a command.</summary>
    public Command AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Add(HelpGroups.Put(option, HelpGroups.Output));
        }

        return command;
    }

    /// <summary>What is asked for; checked before anything is trained.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="hasInterval">Whether the audit's count has an interval.</param>
    /// <exception cref="InputException">A value is no share or no file that can be written, or there is no interval to compare
    /// with.</exception>
    /// <exception cref="MachineException">A file's folder cannot be written.</exception>
    public GateRequest Read(ParseResult parse, bool hasInterval)
    {
        var limit = parse.GetValue(_failOver) is { } share ? Share(share) : (double?)null;
        if (limit is not null && !hasInterval)
        {
            throw new InputException(
                $"{FailOverName} has no meaning with --predictions or --dynamics: their count has no interval, and finds wrong labels in "
                    + $"clean data too; leave it out, or audit the data itself."
            );
        }

        var (sarif, junit) = (OutputFile.Of("--sarif", parse.GetValue(_sarif)), OutputFile.Of("--junit", parse.GetValue(_junit)));
        return sarif is not null && sarif == junit
            ? throw new InputException($"--sarif and --junit are both {sarif}; give two files.")
            : new GateRequest(limit, sarif, junit);
    }

    /// <summary>A share as people write it.</summary>
    /// <param name="text">"2%", "2 %" or "0.02".</param>
    /// <returns>In [0, 1).</returns>
    /// <exception cref="InputException">It is none, or a number that may mean either.</exception>
    internal static double Share(string text)
    {
        var trimmed = text.Trim();
        var isPercent = trimmed.EndsWith('%');
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent;
        var isNumber = double.TryParse(trimmed.TrimEnd('%').TrimEnd(), Style, CultureInfo.InvariantCulture, out var number);
        var share = isPercent ? number / 100 : number;
        return isNumber && trimmed.Count(c => c == '%') == (isPercent ? 1 : 0) && share is >= 0 and < 1
            ? Math.Abs(share) // −0
            : throw new InputException(
                $"{FailOverName} is '{Short(text)}', expected a share of the labels from 0% to below 100%, as 2% or 0.02."
            );
    }

    private static string Short(string text) => Shortened.Beginning(string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)), 40);
}

/// <summary>What is asked of an audit as a step of a build.</summary>
/// <param name="Limit">The share of wrong labels that must not be exceeded; null: none.</param>
/// <param name="Sarif">Where SARIF goes; null: nowhere.</param>
/// <param name="JUnit">Where JUnit's XML goes; null: nowhere.</param>
internal sealed record GateRequest(double? Limit, string? Sarif, string? JUnit)
{
    /// <summary>The verdict on an audit, and the files that were asked for.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="data">Its examples.</param>
    /// <param name="source">What the user named as data.</param>
    /// <returns>Null where there is no limit.</returns>
    public GateVerdict? Answer(AuditResult result, AuditData data, string source)
    {
        var verdict = Limit is { } limit ? GateVerdict.Of(result.Wrong, AuditWords.AreWeak(result), limit) : null;
        Write(GateSuspects.Of(result, data, source, AuditWords.Summary(result)[0]), verdict);
        return verdict;
    }

    /// <summary>Writes what was asked for.</summary>
    /// <param name="suspects">The labels that are probably wrong.</param>
    /// <param name="verdict">The verdict; null where there is no limit.</param>
    public void Write(GateSuspects suspects, GateVerdict? verdict)
    {
        if (Sarif is { } sarif)
        {
            AtomicFile.WriteText(sarif, SarifFile.Of(suspects));
        }

        if (JUnit is { } junit)
        {
            AtomicFile.Write(junit, stream => JUnitFile.Write(stream, suspects, verdict));
        }
    }
}
