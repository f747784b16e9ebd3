using Rote.Data.Encoders;
using Rote.Embeddings;
using Rote.Embeddings.Texts;
using Rote.Tests.Support;

namespace Rote.Tests.Embeddings;

[NoTensorLeaks]
public sealed class TextEncoderTests : IDisposable
{
    private static readonly string[] Pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "bad", "##ly", "cafe", "!"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_text_is_the_mean_of_its_pieces_whatever_it_stands_beside()
    {
        // Each piece's vector is its number and its square; [PAD] would show if it counted.
        using var encoder = Open();
        string[] texts = ["good", "Bad bad badly!", "", "café"];
        using var vectors = encoder.EncodeTexts(texts);
        int[][] expected =
        [
            [2, 5, 3],
            [2, 6, 6, 6, 7, 9, 3],
            [2, 3],
            [2, 8, 3],
        ];
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(expected[i].Average(), Vectors.At(vectors, i, 0), 1e-5);
            Assert.Equal(expected[i].Average(p => p * p), Vectors.At(vectors, i, 1), 1e-4);
        }

        Assert.Equal((2, EncoderInput.Texts, null), (encoder.Width, encoder.Input, encoder.PictureSide));
    }

    [Fact]
    public void Long_and_strange_texts_cost_nothing_and_break_nothing()
    {
        using var encoder = Open();
        string[] texts =
        [
            new string('x', 10_000_000),
            string.Concat(Enumerable.Repeat("good ", 2_000_000)),
            "\uD800 good \uDC00",
            "\0\n\t",
            new string('\u0301', 1000),
        ];
        using var vectors = encoder.EncodeTexts(texts);
        Assert.All(vectors.data<float>().ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.Equal((2 + (254 * 5) + 3) / 256.0, Vectors.At(vectors, 1, 0), 1e-4); // 256 pieces are read
    }

    [Fact]
    public void The_files_beside_the_network_say_how_it_is_used()
    {
        Directory.CreateDirectory(_folder.File("1_Pooling"));
        File.WriteAllText(_folder.File("1_Pooling/config.json"), """{"pooling_mode_cls_token": true}""");
        File.WriteAllText(_folder.File("sentence_bert_config.json"), """{"max_seq_length": 12}""");
        File.WriteAllText(_folder.File("tokenizer_config.json"), """{"do_lower_case": false, "model_max_length": 1e30}""");
        Assert.Equal(new TextUse(Pooling.First, false, 12, false), TextUseFiles.Find(_folder.File("toy.onnx")));
        File.WriteAllText(
            _folder.File("modules.json"),
            """[{"idx": 0, "type": "sentence_transformers.models.Transformer"}, 7, {"type": "sentence_transformers.models.Normalize"}]"""
        );
        Assert.Equal(new TextUse(Pooling.First, true, 12, false), TextUseFiles.Find(_folder.File("toy.onnx")));
        File.WriteAllText(_folder.File("sentence_bert_config.json"), "{");
        Assert.Throws<InputException>(() => TextUseFiles.Find(_folder.File("toy.onnx")));
    }

    [Fact]
    public void What_is_no_encoder_of_texts_is_refused_in_one_sentence()
    {
        Assert.Contains("word pieces are missing", Refused(vocabulary: null), StringComparison.Ordinal);
        Assert.Contains("no vocabulary", Refused(vocabulary: []), StringComparison.Ordinal);
        Assert.Contains("no vocabulary", Refused(vocabulary: ["one", "two"]), StringComparison.Ordinal);
        Assert.Contains("expected input_ids and attention_mask", Refused(Pieces, extra: "position_ids"), StringComparison.Ordinal);
    }

    [Fact]
    public void Minilm_gives_the_published_vector()
    {
        // Source: the notebook of github.com/aniruddhadeshpande/RAG_Udemy prints what sentence-transformers/all-MiniLM-L6-v2 gives in
        // PyTorch for this text (HuggingFaceEmbeddings.embed_query); its first eight numbers.
        float[] published =
        [
            -0.01816326566040516f,
            -0.09955167025327682f,
            0.013816080056130886f,
            -0.008125949651002884f,
            0.014152277261018753f,
            0.06406491994857788f,
            -0.006253345869481564f,
            -0.0030179223977029324f,
        ];
        using var encoder = OnnxEncoders.MiniLm();
        using var vectors = encoder.EncodeTexts([
            "A much longer text stands beside it, and changes nothing.",
            "Hello, I am learning about embeddings!",
        ]);
        Assert.Equal(384, encoder.Width);
        for (var k = 0; k < published.Length; k++)
        {
            Assert.Equal(published[k], Vectors.At(vectors, 1, k), 1e-5f);
        }
    }

    private IEncoder Open(IReadOnlyList<string>? vocabulary = null, string? extra = null)
    {
        var table = Enumerable.Range(0, Pieces.Length).SelectMany(i => new[] { (float)i, i * i }).ToArray();
        File.WriteAllBytes(_folder.File("toy.onnx"), OnnxFiles.Texts(table, Pieces.Length, extra));
        File.WriteAllLines(_folder.File("vocab.txt"), vocabulary ?? Pieces);
        return OnnxEncoders.Open(_folder.File("toy.onnx"));
    }

    private string Refused(string[]? vocabulary, string? extra = null)
    {
        if (vocabulary is not null)
        {
            return Assert.Throws<InputException>(() => Open(vocabulary, extra)).Message;
        }

        Open().Dispose();
        File.Delete(_folder.File("vocab.txt"));
        return Assert.Throws<InputException>(() => OnnxEncoders.Open(_folder.File("toy.onnx"))).Message;
    }
}
