using System.Globalization;
using Rote.Data.Formats.Pictures.Layouts;

namespace Rote.Data.Formats.Tables;

/// <summary>Detects a column that says which part of a data set a row belongs to: <c>split</c> with train and test, <c>fold</c> with 0 to
/// 4, <c>is_train</c> with 0 and 1. It is neither a feature nor a label.</summary>
/// <param name="name">The column's name.</param>
internal sealed class PartColumn(string name)
{
    private const int MostFolds = 100;

    private static readonly string[] Splits = ["split", "splits", "set", "subset", "partition", "part", "dataset", "usage", "phase"];
    private static readonly string[] Folds = ["fold", "folds", "kfold", "cvfold", "foldid", "foldnumber", "cv"];
    private static readonly string[] Bits = ["istrain", "istraining", "istest", "isval", "isvalid", "isvalidation", "train", "test"];

    private readonly string _plain = new([.. name.Where(char.IsLetter).Select(char.ToLowerInvariant)]);
    private bool _isOpen = true;

    /// <summary>Whether all rows so far name a part, and there is at least one.</summary>
    public bool IsOne { get; private set; }

    /// <summary>Whether more rows could still matter.</summary>
    public bool IsOpen => _isOpen && (Splits.Contains(_plain) || Folds.Contains(_plain) || Bits.Contains(_plain));

    /// <summary>Adds a value of the column.</summary>
    public void Add(string text)
    {
        if (!IsOpen)
        {
            return;
        }

        IsOne =
            Splits.Contains(_plain) ? IsSplit(text)
            : Folds.Contains(_plain) ? IsFold(text)
            : text is "0" or "1" || bool.TryParse(text, out _);
        _isOpen = IsOne;
    }

    private static bool IsSplit(string text) =>
        NameWords.Split(text) is { Beside.Length: 0 }
        || text.Equals("private", StringComparison.OrdinalIgnoreCase) // Kaggle's parts of a test set; FER2013 has PrivateTest
        || text.Equals("public", StringComparison.OrdinalIgnoreCase)
        || NameWords.Split(text) is { Split: "test", Beside: "public" or "private" };

    private static bool IsFold(string text) =>
        NameWords.Split(text) is not null
        || (
            double.TryParse(
                text.Replace("fold", "", StringComparison.OrdinalIgnoreCase),
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out var fold
            )
            && double.IsInteger(fold)
            && fold is >= -1 and <= MostFolds
        );
}
