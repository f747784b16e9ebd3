using System.Globalization;
using Rote.Data.Catalog;
using static TorchSharp.torch;

namespace Rote.Data.Labels;

/// <summary>Replaces the training labels of a catalog set by those in a file: labels that other people gave, or that were made
/// wrong.</summary>
internal static class OtherLabels
{
    /// <summary>Replaces the labels.</summary>
    /// <param name="entry">The catalog set.</param>
    /// <param name="data">Its examples, which the result takes over.</param>
    /// <param name="options">Names the file.</param>
    /// <returns>The same pictures in the same order, with the set's class names. The test examples keep their labels. The spec has the
    /// set's name and the label file's checksum.</returns>
    /// <exception cref="InputException">There are more or fewer labels than training examples, or one is neither a class name of the set
    /// nor a class number from 0.</exception>
    public static NamedData Of(CatalogEntry entry, DatasetSplits data, UserDataOptions options)
    {
        try
        {
            var file = LabelFile.Read(options.Labels!, options.LabelColumn);
            file.RequireCount(data.Train.Count, $"The training part of {entry.Name}");
            var numbers = new long[data.Train.Count];
            for (var row = 0; row < numbers.Length; row++)
            {
                numbers[row] =
                    NumberOf(file.Labels.Of(row)!, entry.ClassNames)
                    ?? throw new InputException(
                        $"{file.Path}: the label of row {row} is \"{file.Labels.Of(row)}\", expected one of {entry.Name}'s classes "
                            + $"({string.Join(", ", entry.ClassNames)}) or its number, 0 to {entry.ClassNames.Count - 1}."
                    );
            }

            using var hash = new ContentHash();
            file.AddTo(hash);
            var spec = new DataSpec { Name = entry.Name, Sha256 = hash.Result() };
            using var train = data.Train;
            return new NamedData(spec, data with { Train = train.With(labels: tensor(numbers, int64)) });
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    private static long? NumberOf(string text, IReadOnlyList<string> names)
    {
        for (var k = 0; k < names.Count; k++)
        {
            if (string.Equals(names[k], text, StringComparison.OrdinalIgnoreCase))
            {
                return k;
            }
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < names.Count ? number : null;
    }
}
