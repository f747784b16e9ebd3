namespace Rote.Audits.Checks;

/// <summary>A check of one number a picture that stands apart at one end.</summary>
/// <param name="name">As <see cref="IDataCheck.Name"/>.</param>
/// <param name="title">As <see cref="IDataCheck.Title"/>.</param>
internal abstract class PictureCheck(string name, string title) : IDataCheck
{
    /// <summary>An e-fold of the tail at least, in units of <see cref="Values"/>, which are logarithms: 5 %.</summary>
    private const double LeastScale = 0.05;

    public string Name { get; } = name;

    public string Title { get; } = title;

    /// <summary>[N] logarithms, low where odd; NaN where the check has nothing to say.</summary>
    protected abstract double[] Values(PictureStatistics pictures);

    /// <summary>What is odd whatever the data set is like: a value above it never is.</summary>
    protected abstract double Limit { get; }

    /// <summary>Says what was found.</summary>
    /// <param name="count">How many pictures, in words.</param>
    /// <param name="limit">The limit that was used.</param>
    protected abstract string Sentence(string count, double limit);

    public CheckFinding? Look(CheckInput input, CancellationToken cancel)
    {
        if (input.Pictures is not { } pictures)
        {
            return null;
        }

        var values = Values(pictures);
        var limit = Math.Min(Limit, Tail.Lower(values, LeastScale));
        int[] found =
        [
            .. Enumerable
                .Range(0, values.Length)
                .Where(i => values[i] < limit && input.Named.Add(i))
                .OrderBy(i => values[i])
                .ThenBy(i => i),
        ];
        return found.Length == 0
            ? null
            : new CheckFinding(Name, Title, Sentence(CheckWords.Pictures(found.Length, "is", "are"), limit), found);
    }
}

/// <summary>Pictures whose brightest parts are dark.</summary>
internal sealed class DarkPictures() : PictureCheck("dark-pictures", "Dark pictures")
{
    // CleanVision calls a picture dark below 0.32 of the scale.
    protected override double Limit { get; } = Math.Log(1 + (0.32 * 255));

    protected override double[] Values(PictureStatistics pictures) => Array.ConvertAll(pictures.Brightest, b => Math.Log(1 + b));

    protected override string Sentence(string count, double limit) =>
        $"{count} dark: 99 % of the pixels are below {Math.Exp(limit) - 1:0} of 255, and the rest of the data is far from it.";
}

/// <summary>Pictures whose darkest parts are bright.</summary>
internal sealed class BrightPictures() : PictureCheck("bright-pictures", "Bright pictures")
{
    // CleanVision calls a picture too bright from 0.95 of the scale on.
    protected override double Limit { get; } = Math.Log(1 + (0.05 * 255));

    protected override double[] Values(PictureStatistics pictures) => Array.ConvertAll(pictures.Darkest, d => Math.Log(1 + 255 - d));

    protected override string Sentence(string count, double limit) =>
        $"{count} bright: 95 % of the pixels are above {256 - Math.Exp(limit):0} of 255, and the rest of the data is far from it.";
}

/// <summary>Pictures of nearly one grey or colour.</summary>
internal sealed class FlatPictures() : PictureCheck("flat-pictures", "Pictures of one colour")
{
    // An eye sees a step of about 2 % of the scale.
    protected override double Limit { get; } = Math.Log(1 + (0.02 * 255));

    protected override double[] Values(PictureStatistics pictures) => Array.ConvertAll(pictures.Spread, s => Math.Log(1 + s));

    protected override string Sentence(string count, double limit) =>
        $"{count} nearly of one colour: their luminance has a standard deviation below {Math.Exp(limit) - 1:0.0} of 255.";
}

/// <summary>Pictures without detail.</summary>
internal sealed class BlurredPictures() : PictureCheck("blurred-pictures", "Blurred pictures")
{
    // Crete et al. 2007: their blur metric, which is 1 minus this, lies near 0.5 where people begin to be annoyed.
    protected override double Limit { get; } = Math.Log(0.5);

    protected override double[] Values(PictureStatistics pictures) =>
        [
            .. pictures.Sharpness.Zip(
                pictures.Spread,
                // What has no contrast has no detail either, and is told as flat.
                (sharp, spread) => spread < 0.02 * 255 ? double.NaN : Math.Log(Math.Max(sharp, 1e-3))
            ),
        ];

    protected override string Sentence(string count, double limit) =>
        $"{count} blurred: of the differences between neighbouring pixels a further blur takes less than {100 * Math.Exp(limit):0} %, of a "
        + "sharp picture most.";
}
