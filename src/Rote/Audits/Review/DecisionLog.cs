using System.Text;

namespace Rote.Audits.Review;

/// <summary>The decisions on an audit: a file that is only added to, a line a decision. Safe to call from several threads, and several
/// processes may review at once.</summary>
/// <remarks>
/// A decision is on the device before it is answered, so a kill at any moment loses none. It may leave half a line, which is passed over
/// and counted; the next decision begins a line of its own. The file is locked while a line is added, and read on to its end before that.
/// </remarks>
public sealed class DecisionLog
{
    /// <summary>The file's name in the folder of an audit's results.</summary>
    public const string FileName = "decisions.jsonl";

    private const int LongestLine = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly ReviewSet _set;
    private readonly Dictionary<int, Dictionary<string, ReviewDecision>> _last = []; // by example, then by reviewer
    private readonly Dictionary<string, Stack<(int Id, ReviewDecision? Before)>> _undo = new(StringComparer.Ordinal);
    private readonly HashSet<int> _controls = [];
    private readonly List<byte> _rest = []; // of a line whose end is not there yet
    private readonly bool _isFixed; // a table: nothing is added, and nothing read on
    private long _read;
    private int _line;

    /// <summary>Opens the decisions on an audit.</summary>
    /// <param name="set">The audit.</param>
    /// <param name="path">The file; null: <see cref="FileName"/> in the audit's folder. It need not be there.</param>
    /// <exception cref="InputException">It holds decisions on another audit, or something else.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public DecisionLog(ReviewSet set, string? path = null)
    {
        _set = set;
        Path = System.IO.Path.GetFullPath(path ?? System.IO.Path.Combine(set.Folder, FileName));
        Refresh();
        if (_line > 0 && _line == Skipped)
        {
            throw new InputException(
                $"{Path} holds no decisions: none of its {_line:N0} lines is one. Move it away, or keep decisions in another file."
            );
        }
    }

    private DecisionLog(ReviewSet set, DecisionFile file)
    {
        (_set, Path, _isFixed) = (set, file.Path, true);
        foreach (var decision in file.Decisions.Where(decision => decision.Audit.Length > 0))
        {
            RequireOfThisAudit(decision);
        }

        var found = DecisionTable.In(set, file);
        Skipped = file.Decisions.Count - found.Count;
        foreach (var (id, decision) in found)
        {
            Take(id, decision);
        }
    }

    /// <summary>The decisions of a table, as the page of an audit saves them.</summary>
    /// <param name="set">The audit.</param>
    /// <param name="path">The table, as <see cref="DecisionFile.Read"/> takes it.</param>
    /// <returns>Decisions that can be read; none can be added.</returns>
    /// <exception cref="InputException">It is no such table, is on another audit or names a class that the audit does not
    /// have.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static DecisionLog OfTable(ReviewSet set, string path) => new(set, DecisionFile.Read(path));

    /// <summary>The file, absolute.</summary>
    public string Path { get; }

    /// <summary>Lines that are no decision, as a kill leaves them, or on an example that the audit does not have.</summary>
    public int Skipped { get; private set; }

    /// <summary>Rises with every decision, of whatever process.</summary>
    public int Version { get; private set; }

    /// <summary>All reviewers, in ordinal order.</summary>
    public IReadOnlyList<string> Reviewers
    {
        get
        {
            lock (_gate)
            {
                return [.. _last.Values.SelectMany(d => d.Keys).Distinct().Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Examples that somebody decided on as a control item.</summary>
    public IReadOnlySet<int> Controls
    {
        get
        {
            lock (_gate)
            {
                return _controls.ToHashSet();
            }
        }
    }

    /// <summary>What holds: the last decision of each reviewer on each example.</summary>
    /// <returns>Decisions by the number of the example.</returns>
    public ILookup<int, ReviewDecision> All()
    {
        lock (_gate)
        {
            return _last
                .SelectMany(d => d.Value.Values, (d, decision) => (d.Key, Decision: decision))
                .ToLookup(d => d.Key, d => d.Decision);
        }
    }

    /// <summary>What holds of an example.</summary>
    /// <param name="id">The example.</param>
    /// <returns>The last decision of each reviewer.</returns>
    public IReadOnlyList<ReviewDecision> All(int id)
    {
        lock (_gate)
        {
            return _last.TryGetValue(id, out var decisions) ? [.. decisions.Values] : [];
        }
    }

    /// <summary>A reviewer's decision on an example.</summary>
    /// <param name="id">The example.</param>
    /// <param name="reviewer">Who.</param>
    /// <returns>Null where nothing holds.</returns>
    public ReviewDecision? Of(int id, string reviewer)
    {
        lock (_gate)
        {
            return Last(id, reviewer);
        }
    }

    /// <summary>Whether anyone but a reviewer has decided on an example.</summary>
    /// <param name="id">The example.</param>
    /// <param name="reviewer">Who does not count.</param>
    public bool IsDecidedByOthers(int id, string reviewer)
    {
        lock (_gate)
        {
            return _last.TryGetValue(id, out var decisions) && decisions.Keys.Any(name => name != reviewer);
        }
    }

    /// <summary>Adds a decision; when this returns, it is on the device.</summary>
    /// <param name="decision">The decision, on an example of the audit.</param>
    /// <exception cref="InputException">The file was changed to another audit's.</exception>
    /// <exception cref="MachineException">It cannot be written; then nothing was decided.</exception>
    public void Add(ReviewDecision decision)
    {
        lock (_gate)
        {
            Append(_ => decision);
        }
    }

    /// <summary>Takes back a reviewer's last decision that was not taken back yet.</summary>
    /// <param name="reviewer">Who.</param>
    /// <param name="time">When.</param>
    /// <returns>The example; null where there is nothing to take back.</returns>
    /// <exception cref="MachineException">The file cannot be written.</exception>
    public int? Undo(string reviewer, DateTimeOffset time)
    {
        lock (_gate)
        {
            int? undone = null;
            Append(log =>
            {
                if (log._undo.GetValueOrDefault(reviewer) is not { Count: > 0 } stack)
                {
                    return null;
                }

                var (id, before) = stack.Peek();
                undone = id;
                return (before ?? log.Last(id, reviewer)! with { Decision = ReviewChoice.None, NewLabel = null }) with
                {
                    Time = time,
                    Undo = true,
                };
            });
            return undone;
        }
    }

    /// <summary>Reads what other processes have added meanwhile.</summary>
    /// <exception cref="InputException">They decide on another audit.</exception>
    /// <exception cref="MachineException">The file cannot be read.</exception>
    public void Refresh()
    {
        lock (_gate)
        {
            if (_isFixed || !File.Exists(Path) || new FileInfo(Path).Length == _read)
            {
                return;
            }

            using var stream = Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            ReadOn(stream);
        }
    }

    /// <summary>Demands that decisions can be kept, before anyone makes some.</summary>
    /// <exception cref="MachineException">They cannot.</exception>
    public void RequireWritable()
    {
        using var stream = Open(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
    }

    private void Append(Func<DecisionLog, ReviewDecision?> make)
    {
        if (_isFixed)
        {
            throw new InvalidOperationException($"{Path} is a table; decisions are added to the file of a review.");
        }

        using var stream = Open(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        ReadOn(stream);
        if (make(this) is not { } decision)
        {
            return;
        }

        var bytes = Encoding.UTF8.GetBytes((_rest.Count > 0 ? "\n" : "") + decision.ToLine() + "\n");
        try
        {
            stream.Position = _read;
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.CannotWrite(Path, e);
        }

        Take(bytes);
    }

    private void ReadOn(FileStream stream)
    {
        if (stream.Length < _read)
        {
            throw new MachineException($"{Path} has become shorter while it was in use; close what else writes to it, and start again.");
        }

        stream.Position = _read;
        var buffer = new byte[1 << 16];
        int count;
        while ((count = stream.Read(buffer)) > 0)
        {
            Take(buffer.AsSpan(0, count));
        }
    }

    /// <summary>Takes bytes of the file in, whole lines at once.</summary>
    private void Take(ReadOnlySpan<byte> bytes)
    {
        _read += bytes.Length;
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            _rest.AddRange(bytes[..end]);
            bytes = bytes[(end + 1)..];
            TakeLine();
        }

        _rest.AddRange(bytes);
        if (_rest.Count > LongestLine)
        {
            throw new InputException($"{Path} holds no decisions: a line of it has more than {LongestLine:N0} bytes. Move it away.");
        }
    }

    private void TakeLine()
    {
        var line = Encoding.UTF8.GetString([.. _rest]).Trim();
        _rest.Clear();
        if (line.Length == 0)
        {
            return;
        }

        _line++;
        if (ReviewDecision.Parse(line) is not { } decision)
        {
            Skipped++;
            return;
        }

        RequireOfThisAudit(decision);
        if (_set.Find(decision.File, decision.Row) is { } id)
        {
            Take(id, decision);
        }
        else
        {
            Skipped++;
        }
    }

    private void RequireOfThisAudit(ReviewDecision decision)
    {
        if (!_set.Audit.StartsWith(decision.Audit, StringComparison.Ordinal) || decision.Audit.Length < 12)
        {
            throw new InputException(
                $"{Path} holds decisions on the audit {Plain(decision.Audit)}, expected {_set.Audit[..12]}, which lies in {_set.Folder}; "
                    + $"keep those on this one in another file."
            );
        }
    }

    private void Take(int id, ReviewDecision decision)
    {
        Version++;
        if (!_undo.TryGetValue(decision.Reviewer, out var stack))
        {
            _undo.Add(decision.Reviewer, stack = new Stack<(int Id, ReviewDecision? Before)>());
        }

        if (decision.Undo)
        {
            stack.TryPop(out _);
        }
        else
        {
            stack.Push((id, Last(id, decision.Reviewer)));
        }

        if (!_last.TryGetValue(id, out var decisions))
        {
            _last.Add(id, decisions = new Dictionary<string, ReviewDecision>(StringComparer.Ordinal));
        }

        if (decision.Decision != ReviewChoice.None)
        {
            decisions[decision.Reviewer] = decision;
        }
        else if (decisions.Remove(decision.Reviewer) && decisions.Count == 0)
        {
            _last.Remove(id);
        }

        if (decision.Control && decision.Decision != ReviewChoice.None)
        {
            _controls.Add(id); // shown is shown: also where the decision is taken back
        }
    }

    private ReviewDecision? Last(int id, string reviewer) => _last.GetValueOrDefault(id)?.GetValueOrDefault(reviewer);

    /// <summary>Opens the file, waiting for whoever has locked it.</summary>
    private FileStream Open(FileMode mode, FileAccess access, FileShare share)
    {
        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (true)
        {
            try
            {
                return new FileStream(Path, mode, access, share, bufferSize: 0);
            }
            catch (IOException e)
                when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException)
                    && File.Exists(Path)
                    && Environment.TickCount64 < until
                )
            {
                Thread.Sleep(5); // locked by another process
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw access == FileAccess.Read
                    ? new MachineException($"{Path} cannot be read ({e.Message.Split('\n')[0].TrimEnd('.')}); check its permissions.", e)
                    : new MachineException(
                        $"Decisions cannot be kept in {Path} ({e.Message.Split('\n')[0].TrimEnd('.')}); check the permissions, or keep "
                            + $"them in another file.",
                        e
                    );
            }
        }
    }

    private static string Plain(string text) => new([.. text.Take(64).Where(char.IsAsciiLetterOrDigit)]);
}
