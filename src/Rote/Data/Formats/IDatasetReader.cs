namespace Rote.Data.Formats;

/// <summary>Reads one format of the user's own data: turns a file or folder into labelled pictures or vectors.</summary>
/// <remarks>To add a format from another assembly, implement this interface in one class and call <see cref="DatasetLoader.Register"/>
/// once. Every command and experiment then reads it. Implementations must be safe to call from several threads.</remarks>
public interface IDatasetReader
{
    /// <summary>The format's name, as <c>numpy</c>; unique among the readers.</summary>
    string Name { get; }

    /// <summary>What it reads, with an article, as <c>an .npz or .npy file</c>; messages list these words.</summary>
    string Kinds { get; }

    /// <summary>The extensions of its files, in lower case with the dot, as <c>.npz</c>; empty if it reads folders only.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether a path holds this format. Looks only at names and the folder's listing, and changes nothing.</summary>
    /// <param name="path">An existing file or folder.</param>
    /// <exception cref="MachineException">It cannot be listed.</exception>
    bool CanRead(string path);

    /// <summary>The options that apply to the data at a path; all others are refused before <see cref="Load"/> is called.</summary>
    /// <param name="path">A path for which <see cref="CanRead"/> is true.</param>
    /// <exception cref="InputException">It is damaged.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    ReaderOptions Takes(string path);

    /// <summary>Reads the data.</summary>
    /// <param name="request">The data's path and name, and how to read it.</param>
    /// <returns>Examples in memory, which the caller owns, and their identity in experiments: <see cref="DataSpec.Sha256"/> must differ
    /// wherever the examples differ. <see cref="DataRequest.Whole"/> makes this result from examples without a test part.</returns>
    /// <exception cref="InputException">The data does not follow the format.</exception>
    /// <exception cref="MachineException">It cannot be read, or does not fit into memory.</exception>
    /// <exception cref="OperationCanceledException">The request was cancelled.</exception>
    NamedData Load(DataRequest request);
}
