namespace Rote.Data.Formats;

/// <summary>Reads one format of own data: what lies at a path becomes labelled pictures or vectors.</summary>
/// <remarks>
/// A format of another assembly is one class that implements this, and one call of <see cref="DatasetLoader.Register"/>; after that every
/// command and every experiment reads it. Implementations must be safe to call from several threads.
/// </remarks>
public interface IDatasetReader
{
    /// <summary>The format's name, as <c>numpy</c>; each reader has another.</summary>
    string Name { get; }

    /// <summary>What it reads, in words with an article, as <c>an .npz or .npy file</c>: messages list what could have been
    /// given.</summary>
    string Kinds { get; }

    /// <summary>Endings of its files, with the dot and in lower case, as <c>.npz</c>; none where it reads folders only.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether this format lies at a path. Looks at names and at the folder's list, and changes nothing.</summary>
    /// <param name="path">A file or a folder that is there.</param>
    /// <exception cref="MachineException">It cannot be listed.</exception>
    bool CanRead(string path);

    /// <summary>The options that change how data at a path is read; all others are refused before <see cref="Load"/> is called.</summary>
    /// <param name="path">One for which <see cref="CanRead"/> is true.</param>
    /// <exception cref="InputException">It is damaged.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    ReaderOptions Takes(string path);

    /// <summary>Reads the data.</summary>
    /// <param name="request">Where it is, what it is called and how it is to be read.</param>
    /// <returns>
    /// Examples in memory, which the caller owns, and what experiments call them: the <see cref="DataSpec.Sha256"/> must differ wherever
    /// the examples differ.
    /// <see cref="DataRequest.Whole"/> makes it of examples that have no test part of their own.
    /// </returns>
    /// <exception cref="InputException">The data is not as the format says.</exception>
    /// <exception cref="MachineException">It cannot be read, or does not fit into memory.</exception>
    /// <exception cref="OperationCanceledException">The request was cancelled.</exception>
    NamedData Load(DataRequest request);
}
