namespace Rote.Audits;

/// <summary>Where an audit stands, for a progress display.</summary>
/// <param name="Part">What is done now, in a few words.</param>
/// <param name="Finished">Members that are finished.</param>
/// <param name="Training">Members in training.</param>
/// <param name="Fraction">How much of them, or else of the part, is done, in [0, 1]; 0 also where that is not known.</param>
/// <param name="ExamplesPerSecond">Their speed together; 0 where nothing is trained.</param>
/// <param name="Used">Time used so far, over all sessions.</param>
public readonly record struct AuditProgress(
    string Part,
    int Finished,
    int Training,
    double Fraction,
    double ExamplesPerSecond,
    TimeSpan Used
)
{
    /// <summary>The numbers of the members in training, from 1, in ascending order; null: those that follow the finished ones.</summary>
    public IReadOnlyList<int>? Numbers { get; init; }
}
