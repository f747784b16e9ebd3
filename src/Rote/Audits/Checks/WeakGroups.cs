using Rote.Data;
using Rote.Measurement;
using static TorchSharp.torch;

namespace Rote.Audits.Checks;

/// <summary>Groups of examples on which networks do worse than on the rest: classes, values of columns, and the darkest, brightest, least
/// sharp, smallest and largest pictures.</summary>
/// <remarks>Bonferroni: of G groups each has an interval at 1 − 0.05/G, so that of twenty data sets without weak groups one has one
/// named.</remarks>
internal sealed class WeakGroups : IDataCheck
{
    /// <summary>Smaller groups say nothing.</summary>
    private const int Fewest = 20;

    private const int Named = 5;

    /// <summary>A group is named from so many points below the rest on.</summary>
    private const double LeastGap = 0.05;

    /// <summary>And where its errors are so many times those of the rest.</summary>
    private const double LeastRatio = 1.5;

    private const double Error = 0.05;

    public string Name => "weak-groups";

    public string Title => "Groups that networks do badly on";

    public CheckFinding? Look(CheckInput input, CancellationToken cancel)
    {
        if (input.IsPredicted is not { } right)
        {
            return null;
        }

        var known = right.Count(r => r is not null);
        var groups = Groups(input)
            .Select(g => (g.Name, Examples: Array.FindAll(g.Examples, i => right[i] is not null)))
            .Where(g => g.Examples.Length >= Fewest && g.Examples.Length <= known - Fewest)
            .ToArray();
        var z = NormalQuantile(1 - (Error / (2 * Math.Max(1, groups.Length))));
        var all = right.Count(r => r == true);
        var weak = groups
            .Select(group => Judge(group, right, (all, known), z))
            .Where(j => j.High < j.Rest && j.Rest - j.Share >= LeastGap && 1 - j.Share >= LeastRatio * (1 - j.Rest))
            .OrderBy(j => j.Share)
            .ToArray();
        if (weak.Length == 0)
        {
            return null;
        }

        var list = string.Join(
            "; ",
            weak.Take(Named)
                .Select(j =>
                    $"{j.Name} {CheckWords.Percent(j.Share)} ({CheckWords.Percent(j.Low)} to {CheckWords.Percent(j.High)}) of {j.Count:N0}"
                )
        );
        return new CheckFinding(
            Name,
            Title,
            $"Networks that were not trained on an example predict {CheckWords.Percent((double)all / known)} as labelled, but of "
                + $"{list}{(weak.Length > Named ? $"; and {weak.Length - Named:N0} more groups" : "")}. The intervals are wide enough for "
                + $"the {groups.Length:N0} groups that were looked at.",
            []
        );
    }

    private static Judged Judge((string Name, int[] Examples) group, bool?[] right, (int Hits, int Count) all, double z)
    {
        var (count, hits) = (group.Examples.Length, group.Examples.Count(i => right[i] == true));
        var (low, high) = WilsonInterval.Of(hits, count, z);
        return new Judged(group.Name, count, (double)hits / count, low, high, (double)(all.Hits - hits) / (all.Count - count));
    }

    private static IEnumerable<(string Name, int[] Examples)> Groups(CheckInput input)
    {
        foreach (var group in input.Labels.Index().GroupBy(e => e.Item, e => e.Index).OrderBy(g => g.Key))
        {
            yield return ($"the class {input.Examples.ClassNames[group.Key]}", [.. group]);
        }

        foreach (var group in OfColumns(input.Examples))
        {
            yield return group;
        }

        if (input.Pictures is { } pictures)
        {
            yield return ("the darkest tenth of the pictures", Lowest(pictures.Brightest));
            yield return ("the brightest tenth of the pictures", Lowest(Array.ConvertAll(pictures.Darkest, d => -d)));
            yield return ("the tenth with the least contrast", Lowest(pictures.Spread));
            yield return ("the least sharp tenth of the pictures", Lowest(pictures.Sharpness));
        }

        if (input.Examples.Rows.Sizes is { } sizes && sizes.Distinct().Skip(1).Any())
        {
            double[] areas = [.. sizes.Select(size => (double)size.Height * size.Width)];
            yield return ("the smallest tenth of the pictures", Lowest(areas));
            yield return ("the largest tenth of the pictures", Lowest(Array.ConvertAll(areas, a => -a)));
        }
    }

    /// <summary>Rows with each value of each column of categories, and the lowest and highest tenth of each column of numbers.</summary>
    private static IEnumerable<(string Name, int[] Examples)> OfColumns(Dataset examples)
    {
        if (examples is not { IsVectors: true, Texts: null } || (examples.Columns is null && examples.FeatureNames is null))
        {
            yield break;
        }

        using var scope = NewDisposeScope();
        var at = 0;
        var columns =
            examples.Columns ?? [.. examples.FeatureNames!.Select(name => new DataColumn { Name = name, Kind = DataColumnKind.Number })];
        foreach (var column in columns)
        {
            if (column.Kind == DataColumnKind.Category)
            {
                foreach (var (place, value) in column.Values.Index())
                {
                    var values = Values(examples, at + place);
                    yield return ($"rows with {column.Name} = {value}", [.. Enumerable.Range(0, values.Length).Where(i => values[i] == 1)]);
                }
            }
            else
            {
                var values = Values(examples, at);
                yield return ($"the tenth of the rows with the lowest {column.Name}", Lowest(values));
                yield return ($"the tenth of the rows with the highest {column.Name}", Lowest(Array.ConvertAll(values, v => -v)));
            }

            at += column.Features;
        }
    }

    private static double[] Values(Dataset examples, int feature)
    {
        using var scope = NewDisposeScope();
        return examples.Pixels.select(1, feature).to(float64).contiguous().data<double>().ToArray();
    }

    /// <summary>The tenth with the lowest values, without those that are tied with the rest.</summary>
    private static int[] Lowest(double[] values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        if (sorted.Length < 10 * Fewest)
        {
            return [];
        }

        var limit = sorted[sorted.Length / 10];
        return [.. Enumerable.Range(0, values.Length).Where(i => values[i] < limit)];
    }

    /// <summary>z with Φ(z) = p.</summary>
    private static double NormalQuantile(double p)
    {
        using var probability = tensor(p, float64);
        using var quantile = special.ndtri(probability);
        return quantile.item<double>();
    }

    private readonly record struct Judged(string Name, int Count, double Share, double Low, double High, double Rest);
}
