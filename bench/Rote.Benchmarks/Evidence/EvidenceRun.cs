using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Rote.Benchmarks.Evidence;

/// <summary><c>bench/run evidence</c>: makes every file of the catalog that is missing, one after the other.</summary>
/// <remarks>A command runs in <c>artifacts/evidence</c> and keeps its runs there: killed, the same call goes on where it was. A file is put
/// into docs when its command has ended well.</remarks>
/// <param name="root">The repository.</param>
/// <param name="catalog">What can be made.</param>
/// <param name="output">Where words go.</param>
internal sealed class EvidenceRun(string root, IReadOnlyList<EvidenceEntry> catalog, TextWriter output)
{
    private readonly string _docs = Path.Combine(root, "docs");
    private readonly string _work = Path.Combine(root, "artifacts", "evidence");

    /// <summary>Where what a command prints is kept, relative to the work folder.</summary>
    /// <param name="entry">The entry's name.</param>
    public static string Printed(string entry) => $"printed/{entry}.json";

    /// <summary>Does what is asked.</summary>
    /// <param name="options">What that is.</param>
    /// <param name="cancel">Ends it; what is made stays.</param>
    /// <returns>How many entries could not be made.</returns>
    public int Run(EvidenceOptions options, CancellationToken cancel)
    {
        if (options.WriteDocs)
        {
            foreach (var page in EvidencePages.Write(_docs))
            {
                output.WriteLine($"Filled in: {page}");
            }

            return 0;
        }

        var chosen = options.Choose(catalog);
        if (options.List)
        {
            List(chosen);
            return 0;
        }

        var campaign = options.Again ? EvidenceCampaign.Begin(_work) : null;
        var failed = chosen.Count(entry => !IsMade(entry, campaign) && !Make(entry, campaign, cancel));
        if (failed == 0)
        {
            campaign?.End();
        }

        return failed;
    }

    private void List(IReadOnlyList<EvidenceEntry> chosen)
    {
        foreach (var entry in chosen)
        {
            output.WriteLine($"{entry.Name} ({(entry.Minutes is { } minutes ? $"{minutes:0.#} min" : "time unknown")}): {entry.Command}");
            foreach (var (product, path) in entry.Kept(_docs))
            {
                var state =
                    path is null ? "missing"
                    : EvidenceFile.IsWhole(path) ? "present"
                    : "damaged";
                output.WriteLine(
                    $"    {state}  docs/{(path is null ? product.Kept : Path.GetRelativePath(_docs, path).Replace('\\', '/'))}"
                );
            }
        }

        var whole = chosen.Count(entry => entry.IsWhole(_docs));
        output.WriteLine($"{whole} of {chosen.Count} are there and whole.");
    }

    private bool IsMade(EvidenceEntry entry, EvidenceCampaign? campaign)
    {
        var isMade = campaign?.HasMade(entry) ?? entry.IsWhole(_docs);
        if (isMade)
        {
            output.WriteLine($"{entry.Name}: there.");
        }

        return isMade;
    }

    private bool Make(EvidenceEntry entry, EvidenceCampaign? campaign, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        output.WriteLine($"{entry.Name}: {entry.Command}");
        var clock = Stopwatch.StartNew();
        var code = Execute(entry, cancel);
        if (code != 0)
        {
            output.WriteLine($"{entry.Name}: the command ended with exit code {code}; nothing of it is kept in docs.");
            return false;
        }

        var lacks = entry.Products.FirstOrDefault(product => product.FindMade(_work) is not { } made || !EvidenceFile.IsWhole(made));
        if (lacks is not null)
        {
            output.WriteLine($"{entry.Name}: the command ended well and did not make {lacks.Made}; nothing of it is kept in docs.");
            return false;
        }

        var same = entry.Products.Count(Keep);
        campaign?.Add(entry);
        output.WriteLine($"{entry.Name}: made in {clock.Elapsed.TotalMinutes:0.0} min; {same} of {entry.Products.Count} files as before.");
        return true;
    }

    /// <summary>Puts a file into docs in the place of the one that is there.</summary>
    /// <returns>Whether that had the same bytes.</returns>
    private bool Keep(EvidenceProduct product)
    {
        var (made, before) = (product.FindMade(_work)!, product.Find(_docs));
        var content = File.ReadAllBytes(made);
        var isSame = before is not null && content.AsSpan().SequenceEqual(File.ReadAllBytes(before));
        var folder = Path.Combine(_docs, Path.GetDirectoryName(product.Kept)!);
        var name = product.Kept.Contains('*') ? Path.GetFileName(made) : Path.GetFileName(product.Kept);
        Directory.CreateDirectory(folder);
        AtomicFile.Write(Path.Combine(folder, name), stream => stream.Write(content));
        if (before is not null && Path.GetFileName(before) != name)
        {
            File.Delete(before);
        }

        return isSame;
    }

    private int Execute(EvidenceEntry entry, CancellationToken cancel)
    {
        Directory.CreateDirectory(_work);
        string[] words = entry.Command.Split(' ');
        var isBench = words[0] == "bench/run";
        var start = new ProcessStartInfo(isBench ? Environment.ProcessPath! : Path.Combine(root, "rote"))
        {
            WorkingDirectory = _work,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var word in words.Skip(1).Concat(isBench ? ["--out", "audit", "--audits", "audits"] : []))
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start) ?? throw new MachineException($"{start.FileName} cannot be started.");
        using var ended = cancel.Register(() => process.Kill(entireProcessTree: true));
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancel.ThrowIfCancellationRequested();
        if (process.ExitCode == 0 && entry.Products.Any(product => product.Made == Printed(entry.Name)))
        {
            AtomicFile.WriteText(Path.Combine(_work, Printed(entry.Name)), WithoutPlaces(printed));
        }

        return process.ExitCode;
    }

    /// <summary>A document without the members that name folders of this machine.</summary>
    private static string WithoutPlaces(string printed)
    {
        var document = JsonNode.Parse(printed)!;
        Strip(document);
        return document.ToJsonString(RoteJson.Options) + "\n";

        static void Strip(JsonNode? node)
        {
            if (node is JsonObject record)
            {
                record.Remove("report");
                record.Remove("runFolder");
            }

            foreach (
                var child in node switch
                {
                    JsonObject parent => parent.Select(member => member.Value),
                    JsonArray list => list,
                    _ => [],
                }
            )
            {
                Strip(child);
            }
        }
    }
}
