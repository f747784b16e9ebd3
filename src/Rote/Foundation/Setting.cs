namespace Rote.Foundation;

/// <summary>Something that a user sets, as messages name it: in words in the library, by its option in a command that has one.</summary>
/// <remarks>A message must not know how it is shown. See <see cref="Sentence"/>.</remarks>
public sealed class Setting
{
    private static readonly List<Setting> Known = [];
    private readonly string _words;

    private Setting(string words)
    {
        _words = words;
        Known.Add(this);
    }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Setting> All => Known;

    /// <summary>Which data set.</summary>
    public static Setting Data { get; } = new("the data set");

    /// <summary>The file that holds the labels of data without.</summary>
    public static Setting Labels { get; } = new("the file of labels");

    /// <summary>The column that holds the labels.</summary>
    public static Setting LabelColumn { get; } = new("the label column");

    /// <summary>The columns that are ignored.</summary>
    public static Setting Ignore { get; } = new("the columns to ignore");

    /// <summary>The column of texts.</summary>
    public static Setting Text { get; } = new("the column of texts");

    /// <summary>The columns that are shown.</summary>
    public static Setting Show { get; } = new("the columns to show");

    /// <summary>What the user calls the examples.</summary>
    public static Setting Names { get; } = new("the names of the examples");

    /// <summary>Pictures that belong to the examples.</summary>
    public static Setting Images { get; } = new("the pictures of the examples");

    /// <summary>The columns that are categories.</summary>
    public static Setting Categorical { get; } = new("the columns of categories");

    /// <summary>The side that pictures are scaled to.</summary>
    public static Setting ImageSize { get; } = new("image size");

    /// <summary>How pictures become squares.</summary>
    public static Setting Fit { get; } = new("fit");

    /// <summary>Whether unreadable pictures are skipped.</summary>
    public static Setting SkipBad { get; } = new("skipping of bad pictures");

    /// <summary>Whether symbolic links are followed.</summary>
    public static Setting FollowLinks { get; } = new("following of links");

    /// <summary>Processor or GPU.</summary>
    public static Setting Device { get; } = new("the device");

    /// <summary>How many examples are used.</summary>
    public static Setting Examples { get; } = new("the number of examples");

    /// <summary>Which part of a data set.</summary>
    public static Setting Split { get; } = new("the split");

    /// <summary>The folder that keeps runs.</summary>
    public static Setting Runs { get; } = new("the folder of runs");

    /// <summary>The folder that results are written to.</summary>
    public static Setting Output { get; } = new("the output folder");

    /// <summary>Whether files of other content are replaced.</summary>
    public static Setting Overwrite { get; } = new("overwriting");

    /// <summary>The share of training examples that is held out.</summary>
    public static Setting HoldOut { get; } = new("the share held out");

    /// <summary>How pictures are changed in training.</summary>
    public static Setting Augmentation { get; } = new("the augmentation");

    /// <summary>How many epochs lie between evaluations.</summary>
    public static Setting EvaluateEvery { get; } = new("the epochs between evaluations");

    /// <summary>The schedule of step sizes.</summary>
    public static Setting Schedule { get; } = new("the schedule");

    /// <summary>The loss.</summary>
    public static Setting Loss { get; } = new("the loss");

    /// <summary>Mixtures of examples.</summary>
    public static Setting Mixup { get; } = new("mixup");

    /// <summary>The share of a target that is spread over all classes.</summary>
    public static Setting LabelSmoothing { get; } = new("the label smoothing");

    /// <summary>Evaluations without a new best before training stops.</summary>
    public static Setting Patience { get; } = new("the patience");

    /// <summary>The training accuracy at which training stops.</summary>
    public static Setting StopAt { get; } = new("the accuracy to stop at");

    /// <summary>The training loss at which training stops.</summary>
    public static Setting StopAtLoss { get; } = new("the loss to stop at");

    /// <summary>The degree of memorization asked for.</summary>
    public static Setting Memorization { get; } = new("a degree of memorization");

    /// <summary>Whether memorization is measured but not steered.</summary>
    public static Setting WatchMemorization { get; } = new("watching of memorization");

    /// <summary>The bandwidth of a kernel.</summary>
    public static Setting Gamma { get; } = new("the bandwidth γ");

    /// <summary>The claims that are looked at.</summary>
    public static Setting Only { get; } = new("the choice of claims");

    /// <summary>How long an audit may take.</summary>
    public static Setting Budget { get; } = new("the budget");

    /// <summary>Which network.</summary>
    public static Setting Network { get; } = new("the network");

    /// <summary>Its words.</summary>
    public override string ToString() => _words;
}
