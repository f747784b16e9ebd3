using Rote.Data.Download;
using Rote.Data.Formats.Parquet;
using Rote.Data.Formats.Pictures;
using Rote.Data.Formats.Tables;
using Rote.Data.Labels;

namespace Rote.Data.Packing.Sources;

/// <summary>Parquet files with pictures, as Hugging Face keeps image sets, read one row group at a time.</summary>
internal sealed class ParquetSource : PackSource
{
    private readonly string[] _paths;
    private readonly ParquetColumns _columns;
    private readonly UserDataOptions _options;
    private readonly MemoryGate _gate = new(PictureBytes.Decoded);

    public ParquetSource(string path, UserDataOptions options, IProgress<DownloadProgress>? progress, CancellationToken token)
    {
        _options = options;
        if (options.Labels is not null)
        {
            throw new InputException($"The labels of {path} are packed with it; give it without {Setting.Labels}.");
        }

        var files = TableFiles.Find(path);
        _paths = [.. files.Train, .. files.Test];
        Shards.RequireAll(_paths);
        using (var first = ParquetFile.Open(_paths[0]))
        {
            _columns = ParquetColumns.Choose(first, options, given: null, progress);
            _columns.Report(first, progress);
            var looked = options.ImageSize is null ? first.Bytes(0, _columns.Features[0]).Where(b => b.Length > 0) : [];
            Shape = PictureShape.Of(FirstSize.Of(looked.Select(b => new PictureSource(b))), options);
        }

        Plan = PlanOf(path, files, token);
    }

    public override PackPlan Plan { get; }

    public override PictureShape Shape { get; }

    /// <summary>Whether tables hold pictures.</summary>
    public static bool Holds(string path)
    {
        var first = TableFiles.Find(path).Train[0];
        if (!first.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        using var file = ParquetFile.Open(first);
        return file.Columns.Any(c => c.Kind == ParquetKind.Picture);
    }

    public override void Each(TakePictures take, PictureShape shape, CancellationToken token)
    {
        var first = 0;
        foreach (var path in _paths)
        {
            using var file = ParquetFile.Open(path);
            var column = _columns.In(file).Features[0];
            for (var group = 0; group < file.Groups; group++)
            {
                token.ThrowIfCancellationRequested();
                var bytes = file.Bytes(group, column);
                var named = column.PathField is not null && bytes.Any(b => b.Length == 0) ? file.Paths(group, column) : null;
                take(
                    first,
                    bytes.Length,
                    (picture, rows, row) =>
                    {
                        var stored = StoredPicture.Of(bytes[picture], named?[picture], path, _options.FollowLinks);
                        return stored.Problem is { } problem
                            ? new PictureFacts(problem)
                            : Picture.Read(stored.Source, shape, rows, row, _gate);
                    }
                );
                first += bytes.Length;
            }
        }
    }

    private PackPlan PlanOf(string path, TableFiles files, CancellationToken token)
    {
        var labels = new LabelTexts();
        var counts = new List<(string File, int Count)>();
        IReadOnlyList<string>? order = null;
        foreach (var part in _paths)
        {
            token.ThrowIfCancellationRequested();
            using var file = ParquetFile.Open(part);
            order ??= _columns.Order(file);
            ParquetVectors.AddLabels(file, _columns.In(file).Label, labels);
            counts.Add((TableFiles.NameOf(part), checked((int)file.Rows)));
        }

        var classes = ClassList.Of(labels.Distinct, files.Root, order);
        var numbers = Array.ConvertAll(labels.Numbers(classes, files.Root), n => (int)n);
        var trained = counts.Take(files.Train.Count).Sum(c => c.Count);
        bool[]? isTest = files.Test.Count == 0 ? null : [.. numbers.Select((_, row) => row >= trained)];
        var (train, test) = PackPlan.Order(numbers, classes.Names.Count, isTest);
        return new PackPlan
        {
            Name = DatasetLoader.ShortName(path),
            Source = $"{TableData.Source(files, $"the column {_columns.Label!.Name}")}, packed",
            ClassNames = classes.Names,
            Labels = numbers,
            Rows = SourceRows.OfFiles(counts),
            Train = train,
            Test = test,
            TestIsSetAside = isTest is null,
        };
    }
}
