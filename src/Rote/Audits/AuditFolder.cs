using System.Globalization;
using System.Text.Json;
using Rote.Audits.Members;
using Rote.Storage;

namespace Rote.Audits;

/// <summary>An audit's folder: its plan, and a folder for each member that is finished.</summary>
/// <remarks>A kill at any moment loses the members in training and nothing else. Several processes may work on it: each trains what it has
/// claimed. docs/reference/formats.md, "An audit".</remarks>
internal sealed class AuditFolder
{
    public const string PlanFile = "audit.json";

    private const string MemberFile = "member.safetensors";

    private readonly AuditPlan _plan;

    /// <param name="root">The folder that holds audits.</param>
    /// <param name="plan">The audit.</param>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public AuditFolder(string root, AuditPlan plan)
    {
        _plan = plan;
        Path = Audit.FolderOf(root, plan);
        try
        {
            Directory.CreateDirectory(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.CannotWrite(Path, error);
        }

        RunClaim.FreeDead(Path);
        AtomicFile.Sweep(Path, [PlanFile]);
        foreach (var member in Directory.GetDirectories(Path, "member-*"))
        {
            AtomicFile.Sweep(member, [MemberFile]); // of a process that was killed while it wrote
        }

        AtomicFile.WriteText(System.IO.Path.Combine(Path, PlanFile), JsonSerializer.Serialize(plan, RoteJson.Options) + "\n");
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Whether a member is finished.</summary>
    /// <param name="member">From 0.</param>
    public bool Has(int member) => File.Exists(FileOf(member));

    /// <summary>A finished member.</summary>
    /// <param name="member">From 0.</param>
    /// <returns>Null where it is not finished.</returns>
    /// <exception cref="InputException">Its file is damaged.</exception>
    public (MemberResult Result, MemberTime Time)? Find(int member) =>
        Has(member) ? MemberResult.Read(FileOf(member), _plan.Identity) : null;

    /// <summary>Keeps a member.</summary>
    /// <param name="member">From 0.</param>
    /// <param name="result">Its predictions.</param>
    /// <param name="time">What it took.</param>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public void Keep(int member, MemberResult result, MemberTime time) => result.Write(FileOf(member), _plan.Identity, time);

    /// <summary>Where a member lies, or will.</summary>
    /// <param name="member">From 0.</param>
    public string FolderOf(int member) =>
        System.IO.Path.Combine(Path, $"member-{(member + 1).ToString("D2", CultureInfo.InvariantCulture)}");

    private string FileOf(int member) => System.IO.Path.Combine(FolderOf(member), MemberFile);
}
