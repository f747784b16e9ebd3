using System.Globalization;
using System.Text;
using ADRaffy.ENSNormalize;
using Microsoft.ML.Tokenizers;

namespace Rote.Embeddings.Texts;

/// <summary>Turns texts into numbers of word pieces, as BERT reads them.</summary>
internal sealed class WordPieces
{
    /// <summary>The characters of a text that are read: far more than a network's pieces, so that texts of many megabytes cost
    /// nothing.</summary>
    private const int MostCharacters = 1 << 16;

    private readonly BertTokenizer _tokenizer;
    private readonly int _mostPieces;

    /// <param name="vocabulary">The content of <c>vocab.txt</c>: one piece a line.</param>
    /// <param name="isLowerCase">Whether the network was trained on texts in lower case, without accents.</param>
    /// <param name="mostPieces">The pieces of a text that the network reads, at least 3; the rest is cut off.</param>
    /// <param name="name">The vocabulary's name in messages.</param>
    /// <exception cref="InputException">It is not a vocabulary of word pieces.</exception>
    public WordPieces(byte[] vocabulary, bool isLowerCase, int mostPieces, string name)
    {
        _mostPieces = mostPieces;
        IsLowerCase = isLowerCase;
        try
        {
            using var stream = new MemoryStream(vocabulary);
            _tokenizer = BertTokenizer.Create(
                stream,
                new BertOptions
                {
                    LowerCaseBeforeTokenization = isLowerCase,
                    ApplyBasicTokenization = true,
                    IndividuallyTokenizeCjk = true,
                    RemoveNonSpacingMarks = isLowerCase,
                }
            );
        }
        catch (Exception error) when (error is ArgumentException or InvalidDataException or InvalidOperationException or FormatException)
        {
            throw new InputException(
                $"{name} is no vocabulary of word pieces ({error.Message.Split('\n')[0].TrimEnd('.', '\r')}); expected one "
                    + $"piece a line, with [UNK], [CLS], "
                    + $"[SEP] and [PAD].",
                error
            );
        }
    }

    /// <summary>Whether upper and lower case count as the same.</summary>
    public bool IsLowerCase { get; }

    /// <summary>The number of the padding token.</summary>
    public int Padding => _tokenizer.PaddingTokenId;

    /// <summary>Returns the pieces of a text, between the start and end tokens.</summary>
    /// <param name="text">Any text; an empty one gives only these tokens.</param>
    /// <returns>At least 2 numbers, at most as many as the network reads.</returns>
    public int[] Of(string text)
    {
        var pieces = _tokenizer.EncodeToIds(Plain(text), _mostPieces - 2, addSpecialTokens: false, out _, out _);
        return [_tokenizer.ClassificationTokenId, .. pieces, _tokenizer.SeparatorTokenId];
    }

    /// <summary>Removes accents before the tokenizer does. The tokenizer uses .NET's normal form D, which leaves text unchanged in programs
    /// that run without ICU, as this one does.</summary>
    private string Plain(string text)
    {
        var cut = text.Length <= MostCharacters ? text : text[..MostCharacters];
        if (!IsLowerCase || Ascii.IsValid(cut))
        {
            return cut;
        }

        var plain = new StringBuilder(cut.Length);
        foreach (var rune in ENSNormalize.NF.NFD(cut).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
            {
                plain.Append(rune.ToString());
            }
        }

        return plain.ToString();
    }
}
