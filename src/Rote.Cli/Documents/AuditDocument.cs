using System.Text.Json;
using System.Text.Json.Serialization;
using Rote.Cli.Gate;

namespace Rote.Cli.Documents;

/// <summary>An audit by networks on random subsets.</summary>
/// <param name="Folder">The folder of the audit's files.</param>
/// <param name="Page">The page in it.</param>
/// <param name="Gate">The verdict on <c>--fail-over</c>; null where no limit was given.</param>
/// <param name="Summary">The audit in numbers, as <c>summary.json</c> in the folder holds it.</param>
internal sealed record AuditDocument(string Folder, string Page, GateDocument? Gate, JsonElement Summary);

/// <summary>Whether an audit passes a limit.</summary>
/// <param name="Limit">The share of wrong labels that must not be exceeded, in [0, 1).</param>
/// <param name="Low">The lower end of the 95 % interval of the share of wrong labels, in [0, 1]; null where there is no count.</param>
/// <param name="State">The verdict.</param>
/// <param name="Sentence">The verdict in one sentence.</param>
internal sealed record GateDocument(
    double Limit,
    double? Low,
    [property: JsonConverter(typeof(CamelCase<GateState>))] GateState State,
    string Sentence
)
{
    public static GateDocument Of(GateVerdict gate) => new(gate.Limit, double.IsNaN(gate.Low) ? null : gate.Low, gate.State, gate.Sentence);
}

/// <summary>An audit by the predictions or the training log of somebody's own model.</summary>
/// <param name="Folder">The folder of the audit's files.</param>
/// <param name="Page">The page in it.</param>
/// <param name="Summary">The audit in numbers, as <c>summary.json</c> in the folder holds it.</param>
internal sealed record OwnModelDocument(string Folder, string Page, JsonElement Summary);
