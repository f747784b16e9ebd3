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

    private Func<string, bool>? _names = NamesOf(name); // whether a value names a part; null once the column is known to be none

    /// <summary>Whether all rows so far name a part, and there is at least one.</summary>
    public bool IsOne { get; private set; }

    /// <summary>Whether more rows could still matter.</summary>
    public bool IsOpen => _names is not null;

    /// <summary>Adds a value of the column.</summary>
    public void Add(string text)
    {
        if (_names is null)
        {
            return;
        }

        IsOne = _names(text);
        _names = IsOne ? _names : null;
    }

    private static Func<string, bool>? NamesOf(string name)
    {
        var plain = new string([.. name.Where(char.IsLetter).Select(char.ToLowerInvariant)]);
        return Splits.Contains(plain) ? IsSplit
            : Folds.Contains(plain) ? IsFold
            : Bits.Contains(plain) ? IsBit
            : null;
    }

    private static bool IsBit(string text) => text is "0" or "1" || bool.TryParse(text, out _);

    private static bool IsSplit(string text) =>
        text.Equals("private", StringComparison.OrdinalIgnoreCase) // Kaggle's parts of a test set; FER2013 has PrivateTest
        || text.Equals("public", StringComparison.OrdinalIgnoreCase)
        || NameWords.Split(text) is { Beside: "" } or { Split: "test", Beside: "public" or "private" };

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
