using Rote.Evaluation;

namespace Rote.Features;

/// <summary>Notes on what was not measured, and on how to read what was.</summary>
internal static class FeatureNotes
{
    public static IEnumerable<string> Of(
        TrainedNetwork subject,
        IReadOnlyList<TrainedNetwork> others,
        FeatureExamples examples,
        FeatureOptions options
    )
    {
        foreach (var note in others.Prepend(subject).Select(network => network.EngineNote).OfType<string>())
        {
            yield return note;
        }

        if (Math.Min(examples.Train.Count, examples.Test.Count) < options.Examples)
        {
            yield return $"{options.Examples:N0} examples of each kind were asked for; there are {examples.Train.Count:N0} for "
                + $"training and "
                + $"{examples.Test.Count:N0} for testing, and all of them were taken.";
        }

        if (!examples.ArePictures)
        {
            yield return "Gratings have no meaning for examples that are no pictures: the first layer was not compared with V1.";
        }

        if (others.Count == 0)
        {
            yield return "There is no run of the same network on random labels beside it, so nothing here says what rote alone "
                + "would look like; "
                + "train one, and ask again.";
        }

        if (LayerTaps.PartsOf(subject.Module)[0].Weight is var weight && weight.flatten(1).shape[1] > AlignmentSummary.MostInputs)
        {
            yield return $"The filters of the first layer have {weight.flatten(1).shape[1]:N0} numbers; their alignment with "
                + $"the data is measured up "
                + $"to {AlignmentSummary.MostInputs:N0}.";
        }
    }
}
