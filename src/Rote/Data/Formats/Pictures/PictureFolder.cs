namespace Rote.Data.Formats.Pictures;

/// <summary>What is in a user's folder of pictures: its classes and files, before any file is opened.</summary>
/// <param name="Root">The folder, absolute.</param>
/// <param name="ClassNames">Folder names in ordinal order, at least two.</param>
/// <param name="Files">In ordinal order of their paths.</param>
/// <param name="IsSplit">Whether the folder has parts for training and testing.</param>
/// <param name="Notes">Sentences about what was passed over.</param>
internal sealed record PictureFolder(string Root, IReadOnlyList<string> ClassNames, PictureFile[] Files, bool IsSplit, IReadOnlyList<string> Notes)
{
    private const string Layout = "expected one folder of pictures per class; docs/own-data.md shows the layouts";

    private static readonly string[] TrainNames = ["train", "training"];
    private static readonly string[] TestNames = ["test", "testing", "val", "valid", "validation"];

    /// <summary>Lists a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="InputException">It is laid out in no way that is known, or has too little in it.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static PictureFolder Read(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        try
        {
            return List(Directory.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{full} cannot be listed ({e.Message.Split('\n')[0]}); check its permissions.", e);
        }
    }

    /// <summary>Demands that a class can be learned and tested.</summary>
    /// <param name="files">The files to count.</param>
    /// <param name="name">What they are, for the message.</param>
    /// <param name="hint">What the message ends with.</param>
    /// <exception cref="InputException">A class has fewer than two pictures, or none to train on or to test.</exception>
    public void RequireEnough(IEnumerable<PictureFile> files, string name, string hint = "")
    {
        var counts = new (int Train, int Test)[ClassNames.Count];
        foreach (var file in files)
        {
            ref var count = ref counts[file.Class];
            count = file.Split == Split.Test ? (count.Train, count.Test + 1) : (count.Train + 1, count.Test);
        }

        for (var c = 0; c < counts.Length; c++)
        {
            var (train, test) = counts[c];
            if (IsSplit && (train == 0 || test == 0))
            {
                throw new InputException($"{name}: the class \"{ClassNames[c]}\" has {train} {Pictures(train)} to train on and {test} to test, expected at least one of each.{hint}");
            }

            if (train + test < 2)
            {
                throw new InputException($"{name}: the class \"{ClassNames[c]}\" has {train + test} {Pictures(train + test)}, expected at least two: one to train on and one to test.{hint}");
            }
        }
    }

    private static PictureFolder List(string root)
    {
        var walk = new FolderWalk(root);
        var top = walk.Folders("");
        var (parts, unread) = Parts(top);
        var classes = parts.Select(p => p.Folder.Length == 0 ? top : walk.Folders(p.Folder)).ToList();
        var loose = parts.Select(p => p.Folder).Append("").Distinct().Sum(folder => walk.Pictures(folder, recurse: false).Count());
        RequireClasses(root, parts, classes, loose, Hint(walk.Notes()));

        var numbers = classes[0].Select((name, number) => (name, number)).ToDictionary(c => c.name, c => c.number, StringComparer.Ordinal);
        var files = new List<PictureFile>();
        foreach (var (folder, split) in parts)
        {
            foreach (var name in classes[0])
            {
                files.AddRange(walk.Pictures(Path.Combine(folder, name)).Select(p => new PictureFile(p.Path, numbers[name], split, p.Bytes)));
            }
        }

        var sorted = files.ToArray();
        Array.Sort(sorted, (a, b) => string.CompareOrdinal(a.Path, b.Path));
        List<string> notes = [.. walk.Notes()];
        if (loose > 0)
        {
            notes.Add($"Pictures not used, because they lie in no class's folder: {loose:N0}.");
        }

        if (unread.Length > 0)
        {
            notes.Add($"Not read, because there are {string.Join(" and ", parts.Select(p => $"{p.Folder}/"))}: {string.Join(", ", unread.Select(u => $"{u}/"))}.");
        }

        var result = new PictureFolder(root, classes[0], sorted, parts[0].Split is not null, notes);
        result.RequireEnough(sorted, root, Hint(notes));
        return result;
    }

    /// <summary>The folders that hold classes, and those that are then not read.</summary>
    private static ((string Folder, Split? Split)[] Parts, string[] Unread) Parts(string[] top)
    {
        var train = TrainNames.Select(name => top.FirstOrDefault(f => f.Equals(name, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(f => f is not null);
        var test = TestNames.Select(name => top.FirstOrDefault(f => f.Equals(name, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(f => f is not null);
        if (train is null)
        {
            return ([("", null)], []);
        }

        if (test is not null)
        {
            return ([(train, Split.Train), (test, Split.Test)], [.. top.Where(f => f != train && f != test)]);
        }

        // Alone, train/ holds the classes; beside others it is the class of locomotives.
        return top.Length == 1 ? ([(train, null)], []) : ([("", null)], []);
    }

    private static void RequireClasses(string root, (string Folder, Split? Split)[] parts, List<string[]> classes, int loose, string hint)
    {
        for (var p = 0; p < parts.Length; p++)
        {
            var folder = Path.Combine(root, parts[p].Folder);
            if (classes[p].Length == 0)
            {
                throw new InputException(loose > 0
                    ? $"{folder} has no folders in it, only {loose:N0} {Pictures(loose)}; {Layout}.{hint}"
                    : $"{folder} has no folders in it; {Layout}.{hint}");
            }

            var twins = classes[p].GroupBy(c => c, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
            if (twins is not null)
            {
                throw new InputException($"{folder} has folders whose names differ only in upper and lower case: {string.Join(", ", twins)}; rename one, or put their pictures together.");
            }

            if (classes[p].Length == 1)
            {
                throw new InputException($"{folder} has one class only, \"{classes[p][0]}\"; {Layout}, and at least two of them.{hint}");
            }
        }

        if (parts.Length == 2 && !classes[0].SequenceEqual(classes[1]))
        {
            var (first, second) = (classes[0].Except(classes[1]).ToList(), classes[1].Except(classes[0]).ToList());
            var differences = string.Join("; ", new[] { Only(parts[0].Folder, first), Only(parts[1].Folder, second) }.Where(d => d.Length > 0));
            throw new InputException($"{root}: the classes of {parts[0].Folder}/ and {parts[1].Folder}/ differ: {differences}; expected the same folders in both.");
        }
    }

    /// <summary>What was passed over may be what was meant.</summary>
    private static string Hint(IEnumerable<string> notes) => string.Concat(notes.Select(n => $" ({n.TrimEnd('.')}.)"));

    private static string Pictures(int count) => count == 1 ? "picture" : "pictures";

    private static string Only(string part, List<string> names) => names.Count == 0
        ? ""
        : $"only {part}/ has {string.Join(", ", names.Take(5))}{(names.Count > 5 ? $" and {names.Count - 5} more" : "")}";
}
