namespace Rote.Evaluation;

/// <summary>The examples of a data set to predict.</summary>
public enum EvaluationPart
{
    /// <summary>The test examples.</summary>
    Test,

    /// <summary>The training examples; for the run's own data, those it was trained on, with the labels it was given.</summary>
    Train,

    /// <summary>The training examples that the run held out, with the labels it was given.</summary>
    HeldOut,

    /// <summary>All examples of data that the run was not trained on: training examples, then test examples.</summary>
    All,
}

/// <summary>The names of the parts.</summary>
public static class EvaluationParts
{
    /// <summary>Returns the name of a part in the command and in files.</summary>
    /// <param name="part">The part.</param>
    /// <returns><c>test</c>, <c>train</c>, <c>held-out</c> or <c>all</c>.</returns>
    public static string Name(this EvaluationPart part) =>
        part switch
        {
            EvaluationPart.Train => "train",
            EvaluationPart.HeldOut => "held-out",
            EvaluationPart.All => "all",
            _ => "test",
        };

    /// <summary>Finds a part by its name.</summary>
    /// <param name="name">As the user typed it.</param>
    /// <returns>The part.</returns>
    /// <exception cref="InputException">There is no such part.</exception>
    public static EvaluationPart Find(string name) =>
        Enum.GetValues<EvaluationPart>().Where(part => part.Name() == name).Select(part => (EvaluationPart?)part).FirstOrDefault()
        ?? throw new InputException(
            $"{Setting.Split} is \"{name}\", expected {string.Join(", ", Enum.GetValues<EvaluationPart>().Select(Name))}."
        );
}
