using Rote.Data.Shapes;

namespace Rote.Studies.ImageNetSized;

/// <summary>The study's description of itself.</summary>
internal static class SizedWords
{
    /// <summary>The differences from the paper.</summary>
    public static IReadOnlyList<(string Thing, string Sentence)> Differences { get; } =
    [
        (
            "pictures",
            "ImageNet is not free to fetch. These pictures are drawn by this program, 32×32 pixels of which the network sees 28×28; the "
                + "paper has photographs of 299×299. Their number and the number of labels are the same."
        ),
        (
            "network",
            "The paper trains Inception V3, 23.8 million parameters. Here it is one hidden layer of ReLU units with "
                + "27.5 million at the full scale."
        ),
        ("labels", "Both are random. Here every label is equally often, and the same in every seed."),
        ("what is stopped at", "Training ends when the paper's accuracy is reached, so a network could fit more than is said."),
    ];

    /// <summary>The sizes and their reasons.</summary>
    public static IReadOnlyList<(string Thing, string Sentence)> Sizes(SizedScale scale) =>
        [
            (
                "pictures",
                $"{scale.Examples:N0} that are trained on and {scale.TestExamples:N0} test pictures, in a packed file "
                    + "that need not fit into memory; order by chunks."
            ),
            (
                "network",
                $"{SizedPlan.Inputs:N0}-{scale.Width:N0}-{ManyShapes.Classes:N0}: {scale.Parameters:N0} parameters, "
                    + $"{(double)scale.Parameters / scale.Examples:F0} a label. A label is {Math.Log2(ManyShapes.Classes):F2} bits."
            ),
            (
                "training",
                $"{scale.Optimizer.Title}, {scale.BatchSize} examples a step, at most {scale.Epochs} epochs, step size "
                    + $"{scale.LearningRate} {scale.Schedule.Title}. Chosen by training accuracy on 80,000 pictures, and for the larger "
                    + "scales on 320,000 and by the first epochs of 8,192 units. SGD takes half as many epochs again on 80,000."
            ),
        ];
}
