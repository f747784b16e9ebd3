using Rote.Audits;
using Rote.Audits.Shown;
using Rote.Data;

namespace Rote.Shortcuts;

/// <summary>Options of <see cref="Shortcut.Audit"/>. The defaults audit labels as <c>rote audit DATA --embed none</c> does.</summary>
public sealed record AuditOptions
{
    /// <summary>Time and networks. Default: 20 networks, or as many as fit into 15 minutes.</summary>
    public AuditBudget Budget { get; init; } = new();

    /// <summary>The networks, by a name of <see cref="Rote.Networks.NetworkCatalog"/>; null, the default: chosen from the data.</summary>
    public string? Network { get; init; }

    /// <summary>Audit only this many examples, the first ones; null, the default: all.</summary>
    public int? Examples { get; init; }

    /// <summary>Source of all randomness. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The folder that keeps every audit. Default <c>audits</c>.</summary>
    public string Audits { get; init; } = "audits";

    /// <summary>How the user's data is read.</summary>
    public UserDataOptions Reading { get; init; } = new();

    /// <summary>What the page and the tables show of the examples beside the data; results do not depend on it. Null, the default:
    /// nothing.</summary>
    public ShownSettings? Show { get; init; }
}
