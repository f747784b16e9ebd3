using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Labels;

/// <summary>Other labels for the training examples of a catalog set.</summary>
[NoTensorLeaks]
public sealed class OtherLabelsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Numbers_and_names_are_classes_and_the_checksum_is_that_of_the_labels()
    {
        using var plain = Load(null);
        var names = plain.Data.Train.ClassNames;
        long[] given = [.. plain.Data.Train.Labels.data<long>().ToArray().Select((label, i) => i % 10 == 0 ? (label + 1) % 10 : label)];
        File.WriteAllLines(_folder.File("numbers.txt"), ["label", .. given.Select(g => $"{g}")]);
        File.WriteAllLines(_folder.File("names.txt"), ["label", .. given.Select(g => names[(int)g].ToUpperInvariant())]);
        using var numbers = Load("numbers.txt");
        using var texts = Load("names.txt");
        Assert.Equal(given, numbers.Data.Train.Labels.data<long>().ToArray());
        Assert.Equal(given, texts.Data.Train.Labels.data<long>().ToArray());
        Assert.Equal(names, texts.Data.Train.ClassNames);
        Assert.Equal(plain.Data.Test.Labels.data<long>().ToArray(), texts.Data.Test.Labels.data<long>().ToArray());
        Assert.Equal(3, new[] { plain, numbers, texts }.Select(data => data.Spec.Sha256).Distinct().Count());
    }

    [Fact]
    public void Too_few_labels_and_no_class_are_one_sentence()
    {
        File.WriteAllLines(_folder.File("few.txt"), ["label", "1", "2"]);
        Assert.Contains(
            "The training part of shapes has 50000 examples and",
            Assert.Throws<InputException>(() => Load("few.txt")).Message,
            StringComparison.Ordinal
        );
        File.WriteAllLines(_folder.File("wrong.txt"), ["label", .. Enumerable.Repeat("10", 50000)]);
        Assert.Contains(
            "the label of row 0 is \"10\", expected one of shapes's classes (circle,",
            Assert.Throws<InputException>(() => Load("wrong.txt")).Message,
            StringComparison.Ordinal
        );
    }

    private NamedData Load(string? labels) =>
        DatasetLoader.Load(
            "shapes",
            new DataFolder(_folder.Path),
            new UserDataOptions { Labels = labels is null ? null : _folder.File(labels) }
        );
}
