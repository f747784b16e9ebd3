using Rote.Measurement;

namespace Rote.Reports.Charts;

/// <summary>The meaning of the bars at the same place of every group, as "training".</summary>
/// <param name="Name">The name, written beside the first bar.</param>
/// <param name="Style">The colour's number, from 0; a pale bar ignores it.</param>
/// <param name="IsPale">A grey outlined bar, to be compared with a coloured one; the two also differ without colour.</param>
internal sealed record BarKind(string Name, int Style, bool IsPale);

/// <summary>The bars of one thing.</summary>
/// <param name="Name">The thing.</param>
/// <param name="Values">One a kind; NaN is written as "not measured".</param>
internal sealed record BarGroup(string Name, IReadOnlyList<Estimate> Values);

/// <summary>Horizontal bars in groups, with standard errors, and with the values written beside them.</summary>
internal sealed record BarChart : IChart
{
    /// <summary>What the chart shows, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>The chart's facts in words.</summary>
    public required string Description { get; init; }

    /// <summary>The axis of the values, which starts at 0 by default.</summary>
    public required ChartAxis Axis { get; init; }

    /// <summary>The kinds, in the order of a group's bars.</summary>
    public required IReadOnlyList<BarKind> Kinds { get; init; }

    /// <summary>The groups, from top to bottom, each with one value a kind.</summary>
    public required IReadOnlyList<BarGroup> Groups { get; init; }

    /// <summary>Formats the value beside a bar; it is not asked for NaN.</summary>
    public required Func<Estimate, string> Label { get; init; }

    /// <summary>A level to compare with; null for none.</summary>
    public ReferenceLevel? Reference { get; init; }

    /// <inheritdoc/>
    public string ToSvg(ChartSize size, string id)
    {
        if (Groups.Any(group => group.Values.Count != Kinds.Count))
        {
            throw new ArgumentException($"Every group of bars needs {Kinds.Count} values, one a kind.", nameof(size));
        }

        var drawing = new BarChartDrawing(this, size);
        return SvgDrawing.Export(drawing.Draw(), size, drawing.Height, id, Title, Description);
    }
}
