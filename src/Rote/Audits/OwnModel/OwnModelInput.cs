using Rote.Audits.Review;

namespace Rote.Audits.OwnModel;

/// <summary>What a model of the user's own left behind, and where its labels are.</summary>
public sealed record OwnModelInput
{
    /// <summary>Out-of-sample probabilities: an .npy or .npz array [N, K], or a table with a column a class; null: none. A probability is
    /// out-of-sample only if the model was not trained on the example.</summary>
    public string? Predictions { get; init; }

    /// <summary>A log of a training, a row an example and epoch with <c>id</c>, <c>epoch</c>, <c>label</c> and logits; null:
    /// none.</summary>
    public string? Dynamics { get; init; }

    /// <summary>The labels where there is no data set: an .npy of whole numbers or text, or a text with one label a line or a column of
    /// them; null: in the data set, or in the log.</summary>
    public string? Labels { get; init; }

    /// <summary>The column of <see cref="Labels"/> that holds them, by name or number from 1; null: the usual one.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>Measures of training dynamics beside the usual ones, by the names of <see cref="Measurement.MeasureCatalog"/>; null:
    /// none.</summary>
    public IReadOnlyList<string>? Measures { get; init; }

    /// <summary>What people decided on the examples: labels are corrected by it before the audit, examples left out, and what was kept or
    /// corrected is known to be right; null: nothing.</summary>
    public DecisionFile? Decisions { get; init; }
}
