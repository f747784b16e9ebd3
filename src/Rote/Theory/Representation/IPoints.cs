namespace Rote.Theory.Representation;

/// <summary>Points with targets; projecting them does not need all in memory at once.</summary>
public interface IPoints
{
    /// <summary>The name of the points.</summary>
    string Name { get; }

    /// <summary>What one of the points is called in a sentence, as picture.</summary>
    string Noun => "point";

    /// <summary>Number of points.</summary>
    int Count { get; }

    /// <summary>The numbers per point.</summary>
    int Dimension { get; }

    /// <summary>Number of classes K; a target is one of 0 to K − 1.</summary>
    int Classes { get; }

    /// <summary>[<see cref="Count"/>] the number of each point's class: the real number that the network is to output.</summary>
    IReadOnlyList<double> Targets { get; }

    /// <summary>Projects every point onto a direction. Equal points get equal numbers.</summary>
    /// <param name="direction">The direction, of <see cref="Dimension"/> numbers.</param>
    /// <param name="progress">Receives the number of finished points.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>[<see cref="Count"/>] the projections.</returns>
    /// <exception cref="InputException">A coordinate of a point is not finite.</exception>
    double[] Project(Direction direction, IProgress<TheoryProgress>? progress, CancellationToken cancel);

    /// <summary>Whether two points agree in every coordinate.</summary>
    /// <param name="first">In [0, <see cref="Count"/>).</param>
    /// <param name="second">In [0, <see cref="Count"/>).</param>
    /// <returns>True for equal points.</returns>
    bool AreEqual(int first, int second);

    /// <summary>Returns the user's name of a point.</summary>
    /// <param name="index">In [0, <see cref="Count"/>).</param>
    /// <returns>Text such as "example 17".</returns>
    string NameOf(int index);
}
