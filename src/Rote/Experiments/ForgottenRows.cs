namespace Rote.Experiments;

/// <summary>Training examples that a network shall not know: it is trained without them, or a finished run's network is changed as if it
/// had been.</summary>
public sealed record ForgottenRows
{
    /// <summary>[F] rows of the training set, ascending, each once; at least one.</summary>
    /// <exception cref="InputException">They are not as said.</exception>
    public required IReadOnlyList<long> Rows
    {
        get;
        init =>
            field =
                value.Count > 0 && value[0] >= 0 && value.Zip(value.Skip(1)).All(pair => pair.First < pair.Second)
                    ? value
                    : throw new InputException("The examples to forget are rows from 0 on, ascending, each once, and at least one.");
    }

    /// <summary>Identity of the run whose network is changed; null: the network is trained from the start without the examples.</summary>
    public string? From { get; init; }

    /// <summary>Identity of the run that says what a network without the examples makes of them; null where <see cref="From"/>
    /// is.</summary>
    public string? Reference { get; init; }
}
