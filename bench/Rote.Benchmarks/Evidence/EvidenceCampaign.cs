using System.Text.Json;

namespace Rote.Benchmarks.Evidence;

/// <summary>What <c>--again</c> has made so far, kept in the work folder, so that a killed call goes on where it was.</summary>
/// <param name="file">Where it is kept.</param>
internal sealed class EvidenceCampaign(string file)
{
    private readonly HashSet<string> _made = Read(file);

    /// <summary>Begins, or goes on with what was begun: what an earlier one has trained is thrown away.</summary>
    /// <param name="work">The work folder.</param>
    /// <returns>The campaign.</returns>
    public static EvidenceCampaign Begin(string work)
    {
        var file = Path.Combine(work, "again.json");
        if (!File.Exists(file) && Directory.Exists(work))
        {
            Directory.Delete(work, recursive: true);
        }

        var campaign = new EvidenceCampaign(file);
        campaign.Write();
        return campaign;
    }

    /// <summary>Whether this campaign has made an entry.</summary>
    /// <param name="entry">The entry.</param>
    public bool HasMade(EvidenceEntry entry) => _made.Contains(entry.Name);

    /// <summary>Remembers that an entry is made.</summary>
    /// <param name="entry">The entry.</param>
    public void Add(EvidenceEntry entry)
    {
        _made.Add(entry.Name);
        Write();
    }

    /// <summary>Ends it: the next <c>--again</c> begins anew.</summary>
    public void End() => File.Delete(file);

    private void Write() => AtomicFile.WriteText(file, JsonSerializer.Serialize(_made.Order(StringComparer.Ordinal)) + "\n");

    private static HashSet<string> Read(string file)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        try
        {
            return [.. JsonSerializer.Deserialize<string[]>(File.ReadAllText(file))!];
        }
        catch (Exception error) when (error is JsonException or ArgumentNullException)
        {
            throw new InputException($"{file} is no list of names; remove it, and --again begins anew.", error);
        }
    }
}
