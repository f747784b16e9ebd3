namespace Rote.Audits.Members;

/// <summary>What a member took.</summary>
/// <param name="Seconds">Wall time of its training, at least 0.</param>
/// <param name="Together">How many members were in training at that time, itself among them; at least 1.</param>
internal readonly record struct MemberTime(double Seconds, int Together)
{
    /// <summary>Seconds of the audit's budget that it used.</summary>
    public double Share => Seconds / Together;
}
