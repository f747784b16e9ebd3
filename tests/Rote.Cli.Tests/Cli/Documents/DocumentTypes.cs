using System.Text.Json;
using Rote.Audits;
using Rote.Audits.OwnModel;
using Rote.Cli.Documents;
using Rote.Data.Packing;
using Rote.Reports.Features;
using Rote.Studies.Frontiers;

namespace Rote.Tests.Cli.Documents;

/// <summary>The record that a document is written from.</summary>
/// <param name="Type">The record, or an array of it.</param>
/// <param name="Options">How it is written.</param>
internal sealed record DocumentType(Type Type, JsonSerializerOptions Options)
{
    /// <summary>How most are written, without what extensions have added to this process.</summary>
    private static readonly JsonSerializerOptions _usual = RoteJson.Create(indented: true, []);

    public static DocumentType Of<T>() => new(typeof(T), _usual);
}

/// <summary>Which records each command prints.</summary>
internal static class DocumentTypes
{
    private static readonly DocumentType _cluster = DocumentType.Of<ClusterDocument>();

    /// <summary>By the schema's name.</summary>
    public static IReadOnlyDictionary<string, DocumentType[]> All { get; } =
        new Dictionary<string, DocumentType[]>(StringComparer.Ordinal)
        {
            ["apply"] = [DocumentType.Of<ApplyDocument>()],
            ["audit"] = [DocumentType.Of<AuditDocument>(), DocumentType.Of<OwnModelDocument>(), DocumentType.Of<AuditClusterDocument>()],
            ["data-check"] = [DocumentType.Of<DataCheckDocument>()],
            ["data-get"] = [DocumentType.Of<CatalogDocument>()],
            ["data-list"] = [DocumentType.Of<CatalogDocument[]>()],
            ["data-pack"] = [DocumentType.Of<PackedData>()],
            ["data-show"] = [DocumentType.Of<DataFactsDocument>(), DocumentType.Of<DrawnDataDocument>()],
            ["doctor"] = [DocumentType.Of<DoctorDocument>()],
            ["embed"] = [DocumentType.Of<EmbedDocument>()],
            ["evaluate"] = [DocumentType.Of<EvaluateDocument>(), DocumentType.Of<UnlabelledDocument>()],
            ["features"] = [new DocumentType(typeof(FeaturesDocument), FeaturesFile.Numbers)],
            ["forget"] = [DocumentType.Of<ForgetDocument>()],
            ["frontier"] = [DocumentType.Of<FrontierDocument>(), _cluster],
            ["quickstart"] = [DocumentType.Of<QuickstartDocument>()],
            ["reproduce"] = [DocumentType.Of<ReproduceDocument>(), DocumentType.Of<ClaimDocument[]>(), _cluster],
            ["review"] = [DocumentType.Of<ReviewDocument>(), DocumentType.Of<ReviewExportDocument>()],
            ["runs-compare"] = [DocumentType.Of<RunsCompareDocument>()],
            ["runs-list"] = [DocumentType.Of<RunDocument[]>()],
            ["runs-remove"] = [DocumentType.Of<RunsRemoveDocument>()],
            ["runs-show"] = [DocumentType.Of<RunsShowDocument>()],
            ["schema"] = [DocumentType.Of<SchemaDocument[]>()],
            ["serve"] = [DocumentType.Of<ServeDocument>()],
            ["theory-kernel"] = [DocumentType.Of<KernelDocument>()],
            ["theory-minimum-norm"] = [DocumentType.Of<MinimumNormDocument>()],
            ["theory-theorem1"] = [DocumentType.Of<Theorem1Document>()],
            ["train"] = [DocumentType.Of<TrainDocument>(), DocumentType.Of<TrainSeedsDocument>(), _cluster],
        };

    /// <summary>What stands in a member that holds any JSON: a file that the library writes in a way of its own.</summary>
    public static IReadOnlyDictionary<(Type Record, string Member), DocumentType> Within { get; } =
        new Dictionary<(Type, string), DocumentType>
        {
            [(typeof(AuditDocument), nameof(AuditDocument.Summary))] = new(typeof(AuditSummary), AuditFiles.Options),
            [(typeof(OwnModelDocument), nameof(OwnModelDocument.Summary))] = new(typeof(OwnModelSummary), AuditFiles.Options),
        };
}
