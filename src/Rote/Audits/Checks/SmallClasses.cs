namespace Rote.Audits.Checks;

/// <summary>Classes with far fewer examples than their share.</summary>
internal sealed class SmallClasses : IDataCheck
{
    // Datalab's: the rarest class has less than a tenth of the examples that it had if all were equally frequent.
    private const double Least = 0.1;
    private const int Named = 5;

    public string Name => "small-classes";

    public string Title => "Classes with few examples";

    public CheckFinding? Look(CheckInput input, CancellationToken cancel)
    {
        var names = input.Examples.ClassNames;
        var counts = new int[names.Count];
        foreach (var label in input.Labels)
        {
            counts[label]++;
        }

        var share = (double)input.Labels.Length / names.Count;
        var small = Enumerable
            .Range(0, counts.Length)
            .Where(c => counts[c] < Least * share)
            .OrderBy(c => counts[c])
            .ThenBy(c => c)
            .ToArray();
        if (small.Length == 0)
        {
            return null;
        }

        var list = string.Join(", ", small.Take(Named).Select(c => $"{names[c]} ({counts[c]:N0})"));
        return new CheckFinding(
            Name,
            Title,
            $"{(small.Length == 1 ? "1 class has" : $"{small.Length:N0} classes have")} less than a tenth of the {share:N0} examples that "
                + $"each class would have if all were equally frequent: {list}"
                + (small.Length > Named ? $" and {small.Length - Named:N0} more." : "."),
            []
        );
    }
}
