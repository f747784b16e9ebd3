namespace Rote.Cli.Commands;

/// <summary>Whether a command turns examples into vectors first.</summary>
internal enum EncoderUse
{
    /// <summary>It cannot.</summary>
    Never,

    /// <summary>Where the user asks for it.</summary>
    OnDemand,

    /// <summary>Beside the examples as they are, with the built-in encoder unless the user names another or none.</summary>
    Beside,

    /// <summary>As the network was trained.</summary>
    AsTrained,

    /// <summary>Always: with the built-in encoder where the user names none.</summary>
    Needed,
}
