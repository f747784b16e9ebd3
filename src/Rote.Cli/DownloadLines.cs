using Rote.Data.Download;

namespace Rote.Cli;

/// <summary>Shows a download: one line that is overwritten on a terminal; elsewhere a line at each tenth.</summary>
/// <param name="writer">Where lines go.</param>
/// <param name="isTerminal">Whether a line can be overwritten.</param>
/// <param name="name">The names of settings; null: in words.</param>
internal sealed class DownloadLines(TextWriter writer, bool isTerminal, Func<Setting, string>? name = null) : IProgress<DownloadProgress>
{
    private readonly Lock _lock = new();
    private string _file = "";
    private int _tenth;
    private int _shown;

    public void Report(DownloadProgress value)
    {
        lock (_lock)
        {
            if (value.IsNote)
            {
                Clear();
                writer.WriteLine(value.Sentence is { } sentence && name is not null ? sentence.Format(name) : value.Text);
            }
            else if (isTerminal)
            {
                var line = Line(value);
                writer.Write("\r" + line.PadRight(_shown));
                _shown = line.Length;
                if (value.Bytes == value.TotalBytes)
                {
                    writer.WriteLine();
                    _shown = 0;
                }
            }
            else if (IsNewTenth(value))
            {
                writer.WriteLine(Line(value));
            }
        }
    }

    private static string Line(DownloadProgress value) =>
        value.TotalBytes is { } total
            ? $"{value.Text}: {value.Bytes / 1e6:F1} of {total / 1e6:F1} MB"
            : $"{value.Text}: {value.Bytes / 1e6:F1} MB";

    private bool IsNewTenth(DownloadProgress value)
    {
        if (value.Text != _file)
        {
            (_file, _tenth) = (value.Text, -1);
        }

        // Where the server gives no size, a line each 10 MB.
        var tenth = (int)(value.TotalBytes is > 0 ? 10 * value.Bytes!.Value / value.TotalBytes.Value : value.Bytes!.Value / 10_000_000);
        var isNew = tenth > _tenth;
        _tenth = Math.Max(tenth, _tenth);
        return isNew;
    }

    private void Clear()
    {
        if (_shown > 0)
        {
            writer.Write("\r" + new string(' ', _shown) + "\r");
            _shown = 0;
        }
    }
}
