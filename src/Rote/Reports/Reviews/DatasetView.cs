using System.Globalization;
using Rote.Audits.Review;
using Rote.Data;
using Rote.Reports.Images;
using static TorchSharp.torch;

namespace Rote.Reports.Reviews;

/// <summary>Examples in memory: pictures as networks see them, or features with their names.</summary>
internal sealed class DatasetView : IExampleView
{
    private const int MostFields = 200;

    private readonly DatasetSplits _data;
    private readonly Dictionary<RowIdentity, (Dataset Part, int Index)> _places = [];

    /// <param name="data">The examples; this object owns them from now on.</param>
    public DatasetView(DatasetSplits data)
    {
        _data = data;
        foreach (var part in new[] { data.Train, data.Test })
        {
            foreach (var (index, row) in part.Rows.Index())
            {
                _places.TryAdd(row, (part, index));
            }
        }

        Kind =
            !data.Train.IsVectors && data.Train.Channels is 1 or 3 ? ExampleKind.Picture
            : data.Train is { IsVectors: true, FeatureNames: not null } ? ExampleKind.Row
            : ExampleKind.Name;
    }

    public ExampleKind Kind { get; }

    public ExamplePicture? Picture(ReviewedExample example)
    {
        if (Kind != ExampleKind.Picture || !_places.TryGetValue(example.Identity, out var place))
        {
            return null;
        }

        using var one = place.Part.Select([place.Index]);
        return new ExamplePicture(PngImage.First(one), "image/png");
    }

    public IReadOnlyList<(string Name, string Value)> Fields(ReviewedExample example)
    {
        if (Kind != ExampleKind.Row || !_places.TryGetValue(example.Identity, out var place))
        {
            return [];
        }

        using var scope = NewDisposeScope();
        var values = place.Part.Pixels[place.Index].to(float64).contiguous().data<double>().ToArray(); // [D]
        return place.Part.Columns is { } columns
            ? [.. Decoded(columns, values).Take(MostFields)]
            : [.. place.Part.FeatureNames!.Zip(values.Select(Text)).Take(MostFields)];
    }

    public void Dispose() => _data.Dispose();

    /// <summary>The values of the columns before they became features, as far as the features tell.</summary>
    private static IEnumerable<(string Name, string Value)> Decoded(IReadOnlyList<DataColumn> columns, double[] values)
    {
        var at = 0;
        foreach (var column in columns)
        {
            var own = values.AsSpan(at, column.Features).ToArray();
            at += own.Length;
            var isMissing = column.HasGaps && own[^1] == 1;
            yield return (
                column.Name,
                isMissing ? "missing"
                : column.Kind == DataColumnKind.Category
                    ? column.Values.Zip(own).Where(v => v.Second == 1).Select(v => v.First).FirstOrDefault("another value")
                : column.Kind == DataColumnKind.Date && double.IsFinite(own[0])
                    ? DateTime
                        .UnixEpoch.AddDays(Math.Clamp(own[0], -700_000, 2_900_000))
                        .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : Text(own[0])
            );
        }
    }

    private static string Text(double value) => double.IsNaN(value) ? "missing" : value.ToString("G7", CultureInfo.InvariantCulture);
}
