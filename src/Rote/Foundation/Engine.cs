namespace Rote.Foundation;

/// <summary>The version of everything that computes results: training, the dial, audits.</summary>
public static class Engine
{
    /// <summary>Raised by one whenever a change of the code alters any result, so that a corrected bug never serves an old one.</summary>
    /// <remarks>3: a part of rows that lie grouped by label is a fair sample of all of them. Until 2 trainings, the dial and audits
    /// had numbers of their own.</remarks>
    public const int Current = 3;
}
