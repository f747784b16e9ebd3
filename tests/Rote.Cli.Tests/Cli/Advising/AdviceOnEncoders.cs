using Rote.Tests.Support;

namespace Rote.Tests.Cli.Advising;

/// <summary>Advice on encoders whose vectors are not finite or whose weights lie elsewhere.</summary>
internal static class AdviceOnEncoders
{
    private const string Pictures = "embed @pets --split all --embed @net.onnx --out @x.npy";
    private const string Texts = "embed @texts.csv --text text --split all --embed @net.onnx --out @x.npy";

    /// <summary>The colours' means are taken as they are, in [0, 1].</summary>
    private static readonly (string, string)[] AsTheyAre = [("image_mean", "[0, 0, 0]"), ("image_std", "[1, 1, 1]")];

    private static readonly string[] Pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "bad", "##ly"];

    public static TypedAdvice[] All { get; } =
    [
        new(Pictures, "; leave that example out, or", Pictures, "24 examples of pets, 1 numbers each")
        {
            Given = White,
            Then = folder => File.Delete(folder.File("pets/cat/white.png")),
        },
        new(Pictures, ", or choose another encoder.", "embed @pets --split all --embed @other.onnx --out @x.npy", "25 examples of pets")
        {
            Given = folder =>
            {
                White(folder);
                Write(folder, "other.onnx", OnnxFiles.Pictures([0, 3, 8, 8], [1, 1, 1], 1, false, AsTheyAre));
            },
        },
        new(Texts, "not finite for the text \"good badly\"; leave it out, or", Texts, "20 examples of texts, 2 numbers each")
        {
            Given = Infinite,
            Then = folder => Examples(folder, 20),
        },
        new(Texts, "choose another encoder.", "embed @texts.csv --text text --split all --embed minilm --out @x.npy", "384 numbers each")
        {
            Given = Infinite,
        },
        new(Pictures, "; save it as one ONNX file.", Pictures, "24 examples of pets, 2 numbers each")
        {
            Given = folder => Write(folder, "net.onnx", OnnxFiles.WeightsElsewhere([0, 3, 8, 8], 2)),
            Then = folder => Write(folder, "net.onnx", OnnxFiles.Pictures([0, 3, 8, 8], [1, 0, 0, 1, 1, 1], 2)),
        },
    ];

    /// <summary>A network whose numbers overflow for a white picture, and one.</summary>
    private static void White(AdviceFolder folder)
    {
        Write(folder, "pets/cat/white.png", PngFiles.Make(9, 9, 8, PngFiles.Grey, (_, _, _) => 255));
        Write(folder, "net.onnx", OnnxFiles.Pictures([0, 3, 8, 8], [1.5e38f, 1.5e38f, 1.5e38f], 1, false, AsTheyAre));
    }

    /// <summary>A network that gives no number for the end of "badly", and a text with it.</summary>
    private static void Infinite(AdviceFolder folder)
    {
        float[] table = [.. Enumerable.Range(0, 2 * Pieces.Length).Select(i => i < 14 ? i : float.PositiveInfinity)];
        Write(folder, "net.onnx", OnnxFiles.Texts(table, Pieces.Length));
        folder.Write("vocab.txt", string.Join('\n', Pieces) + "\n");
        Examples(folder, 21);
    }

    private static void Examples(AdviceFolder folder, int count) =>
        folder.Table("texts.csv", "text,label", count, i => $"good {(i < 20 ? $"bad {i}" : "badly")},c{i % 2}");

    private static void Write(AdviceFolder folder, string name, byte[] content) => File.WriteAllBytes(folder.File(name), content);
}
