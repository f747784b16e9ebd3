using Rote.Storage;

namespace Rote.Audits.Members;

/// <summary>Members that this process has claimed for training, so that no other process trains them; disposing releases the
/// claims.</summary>
internal sealed class MemberClaims : IDisposable
{
    private readonly List<(int Number, RunClaim Claim)> _claims = [];

    /// <summary>The members, from 0, in ascending order; none where other processes train all the rest.</summary>
    public IReadOnlyList<int> Numbers => [.. _claims.Select(claim => claim.Number)];

    /// <summary>Claims members that are not finished and that no other process trains.</summary>
    /// <param name="folder">The audit's folder.</param>
    /// <param name="first">The lowest number that counts, from 0.</param>
    /// <param name="end">The number after the highest.</param>
    /// <param name="most">Most members to claim, the lowest first.</param>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public static MemberClaims Take(AuditFolder folder, int first, int end, int most)
    {
        var taken = new MemberClaims();
        for (var number = first; number < end && taken._claims.Count < most; number++)
        {
            if (folder.Has(number) || TryTake(folder.FolderOf(number)) is not { } claim)
            {
                continue;
            }

            if (folder.Has(number))
            {
                claim.Dispose(); // whoever had it let go just now
            }
            else
            {
                taken._claims.Add((number, claim));
            }
        }

        return taken;
    }

    /// <inheritdoc/>
    public void Dispose() => _claims.ForEach(claim => claim.Claim.Dispose());

    private static RunClaim? TryTake(string member)
    {
        try
        {
            return RunClaim.Take(member);
        }
        catch (BusyException)
        {
            return null;
        }
    }
}
