namespace Rote.Foundation;

/// <summary>What another assembly adds to Rote: networks, losses, corruptions, schedules, optimizers, measures, data formats, studies.
/// samples/Extending has one of each.</summary>
/// <remarks><c>rote --extension FILE.dll</c> makes one of every public class of the file that implements this; in a program of one's own,
/// call <see cref="Register"/> before anything else.</remarks>
public interface IExtension
{
    /// <summary>Registers everything by name. Called once a process, and in every process that trains.</summary>
    void Register();
}
