using System.Diagnostics;

namespace Rote.Data.Encoders;

/// <summary>Counts the examples of all parts of one encoding, both those encoded now and those found on disk.</summary>
/// <param name="total">Examples in all.</param>
/// <param name="progress">Receives reports; null for silence.</param>
internal sealed class EncodingMeter(int total, IProgress<EncodingProgress>? progress)
{
    private readonly Stopwatch _encoding = new();
    private int _made;
    private int _found;

    /// <summary>Begins a part; returns what receives the encoder's reports on it.</summary>
    public IProgress<EncodingProgress>? OfPart()
    {
        _encoding.Start();
        return progress is null ? null : new Part(this);
    }

    /// <summary>Counts a part that was encoded.</summary>
    /// <param name="count">Its examples.</param>
    public void Made(int count)
    {
        _encoding.Stop();
        _made += count;
        Report(0);
    }

    /// <summary>Counts a part that was found on disk.</summary>
    /// <param name="count">Its examples.</param>
    public void Found(int count)
    {
        _found += count;
        Report(0);
    }

    private void Report(int ofPart)
    {
        var seconds = _encoding.Elapsed.TotalSeconds;
        progress?.Report(
            new EncodingProgress(_made + _found + ofPart, total, _made + ofPart == 0 || seconds == 0 ? 0 : (_made + ofPart) / seconds)
        );
    }

    private sealed class Part(EncodingMeter meter) : IProgress<EncodingProgress>
    {
        public void Report(EncodingProgress value)
        {
            if (value.Done < value.Total) // the whole part is reported once it is kept
            {
                meter.Report(value.Done);
            }
        }
    }
}
