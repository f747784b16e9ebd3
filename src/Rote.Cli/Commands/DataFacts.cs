using Rote.Cli.Documents;
using Rote.Data;
using Rote.Reports;

namespace Rote.Cli.Commands;

/// <summary>Facts of a data set: classes and counts, where the test images come from, and what was done to them.</summary>
internal static class DataFacts
{
    private const int MostClasses = 40;
    private const int LongestLine = 100;

    /// <summary>Prints them, line by line.</summary>
    /// <param name="data">The data.</param>
    public static IEnumerable<string> Of(NamedData data)
    {
        var (train, test) = (data.Data.Train, data.Data.Test);
        var (trained, tested) = (Counts(train), Counts(test));
        yield return $"{data.Spec.Name}: {train.Count:N0} {Kind(train)} to train on and {test.Count:N0} to test, "
            + $"{train.Classes:N0} classes, from {train.Provenance.Source}.";
        yield return train.Texts is not null ? $"Each is read as {train.Width:N0} counts of words and parts of words."
        : train.IsVectors ? $"Each has {train.Width:N0} features{(train.Columns is { } columns ? $" of {columns.Count:N0} columns" : "")}."
        : $"Each is {train.Height}×{train.Width}×{train.Channels} (rows, columns, channels: "
            + $"{(train.Channels == 1 ? "grey" : "red, green, blue")}), on the scale 0 to 255{Changes(data.Spec)}.";
        var width = train.ClassNames.Take(MostClasses).Max(name => Math.Max(name.Length, "Class".Length));
        yield return $"{"Class".PadRight(width)}  {"Train", 9}  {"Test", 9}";
        for (var c = 0; c < Math.Min(MostClasses, train.Classes); c++)
        {
            yield return $"{train.ClassNames[c].PadRight(width)}  {trained[c], 9:N0}  {tested[c], 9:N0}";
        }

        if (train.Classes > MostClasses)
        {
            yield return $"… and {train.Classes - MostClasses:N0} more classes";
        }
    }

    /// <summary>The same for programs.</summary>
    /// <param name="data">The data.</param>
    /// <param name="file">The picture of it; null for none.</param>
    public static DataFactsDocument Document(NamedData data, string? file)
    {
        var (train, test) = (data.Data.Train, data.Data.Test);
        var (trained, tested) = (Counts(train), Counts(test));
        return new DataFactsDocument
        {
            File = file,
            Data = data.Spec,
            Source = train.Provenance.Source,
            TestIsSetAside = data.Data.Origin == SplitOrigin.SetAside,
            Train = train.Count,
            Test = test.Count,
            Height = train.Height,
            Width = train.Width,
            Channels = train.Channels,
            Classes = [.. train.ClassNames.Select((name, c) => new ClassCounts(name, trained[c], tested[c]))],
        };
    }

    /// <summary>The first texts of each class, one a line.</summary>
    /// <param name="texts">The data.</param>
    /// <param name="perClass">How many of each.</param>
    public static IEnumerable<string> Texts(Dataset texts, int perClass)
    {
        var labels = texts.Labels.data<long>().ToArray();
        for (var c = 0; c < Math.Min(MostClasses, texts.Classes); c++)
        {
            yield return $"{texts.ClassNames[c]}:";
            foreach (var row in Enumerable.Range(0, labels.Length).Where(i => labels[i] == c).Take(perClass))
            {
                var line = string.Join(' ', PlainText.Clean(texts.Texts![row]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
                yield return $"  {Shortened.Beginning(line, LongestLine)}";
            }
        }
    }

    private static string Kind(Dataset data) =>
        data.Texts is not null ? "texts"
        : data.IsVectors ? "rows"
        : "images";

    private static string Changes(DataSpec spec)
    {
        var bits = spec.SampleBits is { } found ? $"; 16-bit values from 0 to {(1 << found) - 1}" : "";
        return (spec.ImageSize, spec.Fit) switch
        {
            (null, _) when spec.Sha256 is null => bits,
            (null, _) => $"; they keep their size{bits}",
            (_, PictureFit.Pad) => $"; scaled whole, the rest grey (--fit pad){bits}",
            (_, PictureFit.Squash) => $"; scaled whole, out of proportion (--fit squash){bits}",
            _ => $"; the central square, scaled{bits}",
        };
    }

    private static int[] Counts(Dataset images)
    {
        var counts = new int[images.Classes];
        foreach (var label in images.Labels.data<long>().ToArray())
        {
            counts[label]++;
        }

        return counts;
    }
}
