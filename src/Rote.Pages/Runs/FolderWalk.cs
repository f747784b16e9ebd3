namespace Rote.Pages.Runs;

/// <summary>Finds what lies below a folder, from names alone. It follows no links, so it finds nothing outside.</summary>
internal sealed class FolderWalk
{
    private const int Deepest = 6;
    private const int MostFolders = 20_000;
    private const int MostPages = 5_000;

    private readonly string _root;
    private readonly bool _withPagesOfRuns;
    private readonly Func<string, bool> _isKnownRun;
    private int _folders;
    private bool _isCut;

    private FolderWalk(string root, bool withPagesOfRuns, Func<string, bool> isKnownRun) =>
        (_root, _withPagesOfRuns, _isKnownRun) = (root, withPagesOfRuns, isKnownRun);

    /// <summary>An empty walk.</summary>
    public static FolderWalk None { get; } = new("", false, _ => false);

    /// <summary>Folders of runs, audits and sets, and files of pages, as paths below the root.</summary>
    public List<string> Runs { get; } = [];
    public List<string> Audits { get; } = [];
    public List<string> Sets { get; } = [];
    public List<string> Pages { get; } = [];

    /// <summary>What could not be read, one sentence each.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Walks the folder.</summary>
    /// <param name="root">The served folder, as a full path.</param>
    /// <param name="withPagesOfRuns">Whether to look for pages in the folders of runs, which takes longer.</param>
    /// <param name="isKnownRun">Whether a path below the root is known to be a run's folder; known ones are not checked again.</param>
    public static FolderWalk Of(string root, bool withPagesOfRuns, Func<string, bool> isKnownRun)
    {
        var walk = new FolderWalk(root, withPagesOfRuns, isKnownRun);
        walk.Visit("", 0);
        if (walk._isCut)
        {
            walk.Problems.Add(
                $"There are more than {MostFolders:N0} folders or {MostPages:N0} pages, and what lies beyond is not shown; serve a folder "
                    + "further down."
            );
        }

        return walk;
    }

    private void Visit(string path, int depth)
    {
        foreach (var entry in Entries(path))
        {
            var below = Path.Combine(path, entry.Name);
            if (entry is FileInfo)
            {
                AddPage(below);
            }
            else if (++_folders > MostFolders)
            {
                _isCut = true;
                return;
            }
            else if (_isKnownRun(below) || Has(below, "experiment.json") || Has(below, MetricsFile.Name))
            {
                Runs.Add(below);
                PagesOfRun(below);
            }
            else if (IsAudit(below))
            {
                Audits.Add(below);
                PagesOf(below);
            }
            else if (entry.Name == ".sets")
            {
                Sets.AddRange(
                    Entries(below).OfType<DirectoryInfo>().Select(set => Path.Combine(below, set.Name)).Where(set => Has(set, "set.json"))
                );
            }
            else if (entry.Name[0] != '.' && depth < Deepest)
            {
                Visit(below, depth + 1);
            }
        }
    }

    private bool IsAudit(string path) =>
        Has(path, "audit.json") || (Has(path, "summary.json") && (Has(path, "suspects.csv") || Has(path, "source.json")));

    private void PagesOfRun(string run)
    {
        if (_withPagesOfRuns)
        {
            PagesOf(run);
            if (Directory.Exists(Path.Combine(_root, run, "features")))
            {
                PagesOf(Path.Combine(run, "features"));
            }
        }
    }

    private void PagesOf(string path)
    {
        foreach (var file in Entries(path).OfType<FileInfo>())
        {
            AddPage(Path.Combine(path, file.Name));
        }
    }

    private void AddPage(string path)
    {
        if (!path.EndsWith(".html", StringComparison.OrdinalIgnoreCase) || Path.GetFileName(path)[0] == '.')
        {
            return;
        }

        if (Pages.Count < MostPages)
        {
            Pages.Add(path);
        }
        else
        {
            _isCut = true;
        }
    }

    private bool Has(string path, string name) => File.Exists(Path.Combine(_root, path, name));

    /// <summary>Lists a folder in the order of names, without links.</summary>
    private IEnumerable<FileSystemInfo> Entries(string path)
    {
        try
        {
            return
            [
                .. new DirectoryInfo(Path.Combine(_root, path))
                    .EnumerateFileSystemInfos()
                    .Where(entry => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
                    .OrderBy(entry => entry.Name, StringComparer.Ordinal),
            ];
        }
        catch (DirectoryNotFoundException) when (path.Length > 0)
        {
            return []; // removed meanwhile
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Problems.Add(
                $"Cannot read {(path.Length == 0 ? _root : path)}: "
                    + (error is UnauthorizedAccessException ? "no permission." : $"{error.Message.Split('\n')[0].TrimEnd('.')}.")
            );
            return [];
        }
    }
}
