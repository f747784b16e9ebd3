using System.Text.Json.Serialization;
using Rote.Measurement;

namespace Rote.Audits.Scoring;

/// <summary>How many of the labels are wrong, as a share, under three assumptions of which none can be checked. Each estimate is too low
/// where its assumption fails, but for the second: random errors are easier to find than confusable canaries, and then it is too
/// high.</summary>
/// <param name="Uniform">If wrong labels look like canaries with a uniformly drawn label; too low if they are harder to find.</param>
/// <param name="Confusable">If they look like canaries with the label of a class that the network confuses; too low if they are harder to
/// find, too high if they are easier to find.</param>
/// <param name="Confident">If they do not depend on how hard an example is; too low if hard examples are labelled wrong more often.</param>
/// <param name="IsLevel">Whether the last is shown to be the same for surer and less sure predictions. If not, either networks err where
/// they are less sure, or hard examples are labelled wrong more often; the two look the same, and it counts for nothing.</param>
/// <param name="Share">The estimate: the largest of the three, of the first two where the last is not level, without the second where the
/// other two show that it is too high; <see cref="Apart"/> where there is that; NaN where it cannot be told, <see
/// cref="IsTold"/>.</param>
/// <param name="Low">Lower end of the interval, in [0, <paramref name="Share"/>]; 0 where nothing is told.</param>
/// <param name="High">Upper end, in [<paramref name="Share"/>, 1]; 1 where nothing is told, or only a lower bound is:
/// <see cref="IsAtLeast"/>.</param>
public sealed record WrongLabels(
    Estimate Uniform,
    Estimate Confusable,
    Estimate Confident,
    bool IsLevel,
    double Share,
    double Low,
    double High
)
{
    private const double Confidence = 1.96;

    /// <summary>What the estimate is off by beside chance, as a part of it: classes that a network mixes up even where it is sure.
    /// docs/explanation/audit.md has what it rests on.</summary>
    private const double ModelError = 0.2;

    /// <summary>Half a point, as a share of all labels: less is not told from nothing.</summary>
    private const double Floor = 0.005;

    /// <summary>From here on nobody can say whether the labels are wrong or the networks.</summary>
    private const double Most = 0.5;

    /// <summary>The estimate's part above <see cref="OfClean"/> counts so many times more where predictors agree on it, at most: of what
    /// people get wrong in CIFAR-10 the surest tenth has half the share of all (two sets), and in a third set a third.</summary>
    private const double Beyond = 2;

    /// <summary>Estimates of clean labels reach 1.4 % (docs/evidence/audit.md): up to here nothing is made of what predictors agree on. On
    /// 10,000 clean pictures of CIFAR-10 they agree against 4.7 % of the labels.</summary>
    private const double OfClean = 0.02;

    /// <summary>The largest probability that rests on an estimate which nothing bounds.</summary>
    private const double MostOfUnbounded = 0.94;

    /// <summary>From here on, as a share of the labels, some are surely wrong, whoever made the vectors.</summary>
    private const double Little = 0.01;

    /// <summary>Networks that agree with fewer labels than this do not look at vectors that know them; hardly trained ones agree with 90 %
    /// of labels that vectors do know.</summary>
    private const double Agreeing = 0.8;

    /// <summary>Real labels of which so many are said by networks that were not trained on them are rare.</summary>
    private const double AgreeingWithAll = 0.97;

    /// <summary>The share where wrong labels stand apart from right ones and are counted one by one; then it is the estimate. Null where
    /// they do not.</summary>
    public Estimate? Apart { get; init; }

    /// <summary>Whether wrong labels are spread over pairs of classes as evenly as random ones would be. People's errors, and those of
    /// rules, follow the classes.</summary>
    public bool IsEven { get; init; } = true;

    /// <summary>Whether only a lower bound is known, <see cref="Low"/>. An upper one is known of random errors alone: as frequent where
    /// predictions are sure as elsewhere, spread evenly over the classes, and more than none. Errors that follow the examples hide where
    /// networks err themselves, and errors that follow a rule of their own can be learned.</summary>
    public bool IsAtLeast => IsTold && !MayBeHidden && High == 1;

    /// <summary>Whether <see cref="Confusable"/> does not count, because the errors look random and it is above both others by more than
    /// chance.</summary>
    [JsonIgnore]
    public bool IsConfusableTooHigh => IsLevel && IsEven && IsBeyond(Confusable, Uniform, Confident);

    /// <summary>The same as if no label were known to be right, which the probabilities of the others rest on; null where none is
    /// known.</summary>
    [JsonIgnore]
    public WrongLabels? OfAll { get; init; }

    /// <summary>The upper end of what is estimated, in [<see cref="Share"/>, 1], whether or not it bounds the number of wrong labels; 1
    /// where nothing is told.</summary>
    public double Reach { get; init; } = High;

    /// <summary>The share if the labels, networks and frozen features err independently among examples that are equally difficult (<see
    /// cref="AgreementRates"/>); null without frozen features. It bounds nothing: predictors of two kinds still make some mistakes
    /// alike.</summary>
    public Estimate? Agreement { get; init; }

    /// <summary>The share that the probabilities of single labels rest on, in [<see cref="Share"/>, 1]; NaN where nothing is told. Where
    /// only a lower bound is known it is <see cref="Agreement"/>, and beyond <see cref="Share"/> by twice what of that is
    /// more than clean labels give, at most.</summary>
    public double Likely { get; init; } = Share;

    /// <summary>Whether the vectors may come from a network that was trained on these labels: it has learned the wrong ones too, and no
    /// number of those that nobody can see is known. Then <see cref="High"/> is 1.</summary>
    public bool MayBeHidden { get; init; }

    /// <summary>Whether there is an estimate. Where one of the three says that more than half of the labels are wrong, either they are, or
    /// the networks know too little of the data: both look the same.</summary>
    public bool IsTold => !double.IsNaN(Share);

    /// <summary>The same, with the agreement of labels, networks and frozen features.</summary>
    /// <param name="agreement">The share of wrong labels that it comes to.</param>
    /// <returns>The bounds are as they were. Where errors are not random ones, planted labels look too unlike them to count them, and
    /// probabilities that rest on these were too low: of 50,000 pictures with 17.6 % of their labels wrong 30 % of the wrong ones were
    /// called so. On clean labels predictors that err alike make something of nothing, so that the estimate from planted labels and
    /// sure predictions says how much of it is believed.</returns>
    internal WrongLabels With(AgreementRates agreement) =>
        this with
        {
            Agreement = agreement.Wrong,
            Likely = IsAtLeast
                ? Math.Clamp(agreement.Wrong.Value, Share, Math.Min(Most, Share + (Beyond * Math.Max(0, Share - OfClean))))
                : Share,
        };

    /// <summary>The same where wrong labels stand apart.</summary>
    /// <param name="apart">Their share.</param>
    /// <returns>The estimate is that share, and its interval is widened as any other.</returns>
    internal WrongLabels With(Estimate apart)
    {
        var half = (Confidence * apart.StandardError) + (ModelError * apart.Value) + Floor;
        return this with
        {
            Apart = apart,
            Share = apart.Value,
            Likely = apart.Value,
            Low = Math.Max(0, apart.Value - half),
            High = apart.Value > half ? Math.Min(1, apart.Value + half) : 1,
            Reach = Math.Min(1, apart.Value + half),
        };
    }

    /// <summary>The same for vectors that a network may have made that was trained on these labels.</summary>
    /// <param name="outOfBagAccuracy">Share of the labels that members not trained on the example predict.</param>
    /// <returns>
    /// Without an upper end if hardly a label disagrees, and what disagrees does not stand apart. Clean classes that lie far apart look
    /// the same, and no method can tell the two: it would have to know where an example would lie
    /// if its label were another. Labels that stand apart, 1 % and more, show that the vectors do not know them.
    /// </returns>
    internal WrongLabels OfVectorsThatMayKnow(double outOfBagAccuracy) =>
        IsTold && outOfBagAccuracy >= Agreeing && (Share <= Little || (Apart is null && outOfBagAccuracy >= AgreeingWithAll))
            ? this with
            {
                MayBeHidden = true,
                High = 1,
            }
            : this;

    /// <summary>The probability that one label is wrong.</summary>
    /// <param name="share">Share of all labels that are wrong.</param>
    /// <param name="ratio">How many times more often canaries have its score than the data has; may be infinite.</param>
    /// <returns>In [0, 1]; NaN where the share is.</returns>
    internal static double Probability(double share, double ratio) =>
        share == 0 ? 0
        : double.IsNaN(share) ? double.NaN
        : Math.Min(1, share * ratio);

    /// <summary>The probability that one label is wrong, from what is known of all.</summary>
    /// <param name="ratio">How many times more often canaries have its score than the data has; may be infinite.</param>
    /// <returns>In [0, 1]; NaN where nothing is told. Where only a lower bound is known, more than 0.94 is said only if the lower bound
    /// gives more: of 1,500 photos whose lower bound was 0 to 2 %, 5 to 27 right labels in a set had 0.95 and more.</returns>
    internal double ProbabilityAt(double ratio)
    {
        var likely = Probability(Likely, ratio);
        return IsAtLeast ? Math.Min(likely, Math.Max(MostOfUnbounded, Probability(Low, ratio))) : likely;
    }

    /// <summary>Puts the three together.</summary>
    /// <param name="uniform">From uniform canaries; NaN where there are too few.</param>
    /// <param name="confusable">From confusable ones; NaN where there are too few.</param>
    /// <param name="confident">From sure predictions.</param>
    /// <param name="isLevel">Whether the last is level; it counts only if it agrees with the first.</param>
    /// <param name="isEven">Whether wrong labels are spread evenly over pairs of classes.</param>
    /// <returns>The largest, with its 95 % interval widened at both ends by 20 % of it and half a point. If the last cannot be trusted, the
    /// first two are taken. If the errors look random and the second is beyond the other two, it is left out. The interval has no upper end
    /// if the last cannot be trusted, if wrong labels are not spread evenly, or if there may be none. If the largest is above a half,
    /// nothing is told.</returns>
    internal static WrongLabels Of(Estimate uniform, Estimate confusable, Estimate confident, bool isLevel, bool isEven = true)
    {
        var known = new[] { uniform, confusable, confident }.Where(e => !double.IsNaN(e.Value)).ToArray();
        var largest = known.MaxBy(e => e.Value);
        if (largest.Value > Most)
        {
            return new WrongLabels(uniform, confusable, confident, isLevel, double.NaN, 0, 1);
        }

        isLevel = isLevel && AreAlike(uniform, confident);
        if (isLevel && isEven && IsBeyond(confusable, uniform, confident))
        {
            known = [uniform, confident];
            largest = known.MaxBy(e => e.Value);
        }

        var counted = isLevel || known.Length == 1 ? largest : known[..^1].MaxBy(e => e.Value);
        var low = isLevel || known.Length > 1 ? Math.Max(0, counted.Value - Half(counted)) : 0;
        var reach = Math.Min(1, largest.Value + Half(largest));
        return new WrongLabels(uniform, confusable, confident, isLevel, counted.Value, low, isLevel && isEven && low > 0 ? reach : 1)
        {
            IsEven = isEven,
            Reach = reach,
        };

        double Half(Estimate estimate) => (Confidence * estimate.StandardError) + (ModelError * estimate.Value) + Floor;
    }

    /// <summary>Whether the estimate from confusable canaries is above both others by more than chance. Where errors are random, it has to
    /// be too high: with 300 and 1,000 classes and 5 % of random labels it said 9 %, the others 5 %.</summary>
    private static bool IsBeyond(Estimate confusable, Estimate uniform, Estimate confident)
    {
        var other = uniform.Value > confident.Value ? uniform : confident;
        return confusable.Value - other.Value > Chance(confusable, other);
    }

    /// <summary>Whether planted random errors and sure predictions come to the same number, as they do where the errors are random ones. On
    /// 500 pictures of CIFAR-10 weak networks disagreed with 49 % of the labels wherever they were sure; planted errors said 17 ± 9 %, and
    /// 19 % were wrong.</summary>
    private static bool AreAlike(Estimate uniform, Estimate confident) =>
        Math.Abs(confident.Value - uniform.Value) <= Chance(uniform, confident) + (ModelError * confident.Value) + Floor;

    /// <summary>What two estimates of one share differ by, at most, in 95 of 100 samples.</summary>
    private static double Chance(Estimate one, Estimate other) => Confidence * double.Hypot(one.StandardError, other.StandardError);
}
