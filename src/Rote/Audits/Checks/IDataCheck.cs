namespace Rote.Audits.Checks;

/// <summary>A look at a data set for one thing that is wrong with it more often than not. A check is one class and one line in
/// <see cref="DataCheckCatalog"/>.</summary>
/// <remarks>No false alarm by default: what a check calls odd stands apart in this very data set (<see cref="Tail"/>), and where a fixed
/// limit has a meaning it is beyond that too. docs/reference/checks.md has every check with its formula, cost and source.</remarks>
public interface IDataCheck
{
    /// <summary>What it goes by in files, as <c>dark-pictures</c>; of its own.</summary>
    string Name { get; }

    /// <summary>A heading, as <c>Dark pictures</c>.</summary>
    string Title { get; }

    /// <summary>Looks.</summary>
    /// <param name="input">The data, and what is known of it.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>What there is to say; null where there is nothing.</returns>
    CheckFinding? Look(CheckInput input, CancellationToken cancel);
}

/// <summary>What a check says of a data set.</summary>
/// <param name="Check">Name of the check.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Sentence">What was found, how that is measured, and the limit; one or more whole sentences.</param>
/// <param name="Examples">The examples that it is about, the most striking first: indices into the data set. None where it is about the
/// whole.</param>
public sealed record CheckFinding(string Check, string Title, string Sentence, IReadOnlyList<int> Examples);
