using Rote.Audits.Members;
using Rote.Storage;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Audits.Members;

/// <summary>Member files that are whole safetensors and yet no member: one sentence, never another exception.</summary>
[NoTensorLeaks]
public sealed class DamagedMemberTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Damages =>
        [
            "none missing",
            "inside",
            "label",
            "probabilities",
            "label of another type",
            "one label less",
            "flat probabilities",
            "dynamics of another length",
            "queries without rows",
            "rows of another shape",
        ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_file_that_is_no_member_is_refused(string damage)
    {
        var path = _folder.File("member.safetensors");
        Write(path, damage);
        if (damage == "none missing")
        {
            Assert.Equal(2, MemberResult.Read(path, "a").Result.Probabilities.Classes);
            return;
        }

        Assert.EndsWith(
            "is not a member of this audit; remove it, and it is trained again.",
            Assert.Throws<InputException>(() => MemberResult.Read(path, "a")).Message,
            StringComparison.Ordinal
        );
    }

    private static void Write(string path, string damage)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>
        {
            ["inside"] = tensor(new[] { true, false, true }),
            ["label"] =
                damage == "label of another type" ? tensor(new[] { 0L, 1, 0 })
                : damage == "one label less" ? tensor(new[] { 0, 1 })
                : tensor(new[] { 0, 1, 0 }),
            ["probabilities"] = damage == "flat probabilities" ? full([6], 0.5f) : full([3, 2], 0.5f),
            ["dynamics.margin"] = zeros([damage == "dynamics of another length" ? 2 : 3], ScalarType.Float32),
            ["neighbours.queries"] = tensor(new[] { 1 }),
            ["neighbours.similarity"] = zeros([1, 2], ScalarType.Float32),
            ["neighbours.row"] = zeros(damage == "rows of another shape" ? [1, 3] : [1, 2], ScalarType.Int32),
        };
        tensors.Remove(damage == "queries without rows" ? "neighbours.row" : damage);
        var metadata = new Dictionary<string, string> { ["audit"] = "a", ["seconds"] = "1" };
        AtomicFile.Write(path, stream => Safetensors.Write(stream, tensors.Select(entry => (entry.Key, entry.Value)), metadata));
    }
}
