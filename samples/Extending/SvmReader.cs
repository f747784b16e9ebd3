using System.Globalization;
using Rote.Data;
using Rote.Data.Formats;
using Rote.Foundation;
using static TorchSharp.torch;

namespace Extending;

/// <summary>A data format: libsvm's text, an example a line, as <c>+1 1:0.5 3:2</c>; features that a line leaves out are 0.</summary>
public sealed class SvmReader : IDatasetReader
{
    /// <inheritdoc/>
    public string Name => "svm";

    /// <inheritdoc/>
    public string Kinds => "an .svm file";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions => [".svm"];

    /// <inheritdoc/>
    public bool CanRead(string path) => File.Exists(path) && path.EndsWith(".svm", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public ReaderOptions Takes(string path) => ReaderOptions.None;

    /// <inheritdoc/>
    public NamedData Load(DataRequest request)
    {
        var (labels, rows) = (new List<string>(), new List<(int Feature, float Value)[]>());
        foreach (var line in File.ReadLines(request.Path).Where(line => line.Length > 0))
        {
            request.Token.ThrowIfCancellationRequested();
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            labels.Add(parts[0]);
            rows.Add([.. parts.Skip(1).Select(part => Entry(part, request.Path, rows.Count + 1))]);
        }

        var width = rows.SelectMany(row => row).Select(entry => entry.Feature).DefaultIfEmpty(1).Max();
        var values = new float[rows.Count * width];
        for (var i = 0; i < rows.Count; i++)
        {
            foreach (var (feature, value) in rows[i])
            {
                values[(i * width) + feature - 1] = value;
            }
        }

        using var examples = tensor(values, rows.Count, width);
        return request.Whole(examples, labels, [request.Path]);
    }

    private static (int Feature, float Value) Entry(string text, string path, int line) =>
        text.Split(':') is [var number, var value]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var feature)
        && feature is >= 1 and <= 1_000_000
        && float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var entry)
            ? (feature, entry)
            : throw new InputException($"{path}: line {line} has \"{text}\", expected a number from 1, a colon and a value, as 3:0.5.");
}
