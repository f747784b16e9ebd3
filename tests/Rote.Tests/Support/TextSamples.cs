using Rote.Data;
using Rote.Data.Texts;
using static TorchSharp.torch;

namespace Rote.Tests.Support;

/// <summary>Small sets of texts made on the spot.</summary>
internal static class TextSamples
{
    /// <summary>Texts of three classes.</summary>
    public static Dataset Of(string[] texts, long[] labels)
    {
        using var scope = NewDisposeScope();
        return new Dataset(
            HashedWords.Of(texts, CancellationToken.None),
            tensor(labels),
            ["a", "b", "c"],
            Split.Train,
            new Provenance("texts", "made by the test", ""),
            columns: [new DataColumn { Name = "text", Kind = DataColumnKind.Text }],
            texts: texts
        );
    }
}
