using System.Globalization;
using System.Text.Json;
using Rote.Audits.Members;
using Rote.Measurement;
using Rote.Storage;

namespace Rote.Audits;

/// <summary>An audit's folder: its plan, and a folder for each member that is finished.</summary>
/// <remarks>A kill at any moment loses the members in training and nothing else. Several processes may work on it: each trains what it has
/// claimed. docs/reference/formats.md, "An audit".</remarks>
public sealed class AuditFolder
{
    internal const string PlanFile = "audit.json";

    private const string MemberFile = "member.safetensors";

    private readonly AuditPlan _plan;

    /// <summary>Makes the folder, or finds it; what killed processes left is removed.</summary>
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

    /// <summary>Whether a folder is an audit's.</summary>
    /// <param name="path">The folder, there or not.</param>
    public static bool IsOne(string path) => File.Exists(System.IO.Path.Combine(path, PlanFile));

    /// <summary>How many members are finished, by whomever; 0 where there is no folder. Only names of files are read.</summary>
    /// <param name="root">The folder that holds audits.</param>
    /// <param name="plan">The audit.</param>
    /// <param name="members">How many count, the first ones.</param>
    public static int Finished(string root, AuditPlan plan, int members) => Finished(Audit.FolderOf(root, plan), members);

    /// <summary>How many members are finished, by whomever.</summary>
    /// <param name="members">How many count, the first ones.</param>
    internal int Finished(int members) => Finished(Path, members);

    private static int Finished(string path, int members) =>
        Enumerable.Range(0, members).Count(member => File.Exists(FileOf(path, member)));

    /// <summary>Whether a member is finished.</summary>
    /// <param name="member">From 0.</param>
    internal bool Has(int member) => File.Exists(FileOf(member));

    /// <summary>A finished member.</summary>
    /// <param name="member">From 0.</param>
    /// <param name="kept">What is kept of the audit's predictions.</param>
    /// <returns>Null where it is not finished.</returns>
    /// <exception cref="InputException">Its file is damaged.</exception>
    internal (MemberResult Result, MemberTime Time)? Find(int member, KeptClasses kept) =>
        Has(member) ? MemberResult.Read(FileOf(member), _plan.Identity, kept) : null;

    /// <summary>What a finished member took.</summary>
    /// <param name="member">From 0.</param>
    /// <returns>Null where it is not finished.</returns>
    /// <exception cref="InputException">Its file is damaged.</exception>
    internal MemberTime? TimeOf(int member) => Has(member) ? MemberResult.ReadTime(FileOf(member), _plan.Identity) : null;

    /// <summary>Keeps a member.</summary>
    /// <param name="member">From 0.</param>
    /// <param name="result">Its predictions.</param>
    /// <param name="time">What it took.</param>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    internal void Keep(int member, MemberResult result, MemberTime time) => result.Write(FileOf(member), _plan.Identity, time);

    /// <summary>Where a member lies, or will.</summary>
    /// <param name="member">From 0.</param>
    internal string FolderOf(int member) => FolderOf(Path, member);

    private static string FolderOf(string path, int member) =>
        System.IO.Path.Combine(path, $"member-{(member + 1).ToString("D2", CultureInfo.InvariantCulture)}");

    private static string FileOf(string path, int member) => System.IO.Path.Combine(FolderOf(path, member), MemberFile);

    private string FileOf(int member) => FileOf(Path, member);
}
