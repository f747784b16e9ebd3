using System.CommandLine;
using Rote.Cli.Help;
using Rote.Data;

namespace Rote.Cli.Commands;

/// <summary>How a user's own data is read: the same options in every command that takes DATA, so that what a message recommends exists
/// where the message is shown.</summary>
/// <param name="ofTrainedNetwork">Whether the defaults are those of a network that is trained already.</param>
/// <param name="encoder">Whether the examples are turned into vectors first.</param>
internal sealed class DataOptions(bool ofTrainedNetwork = false, EncoderUse encoder = EncoderUse.OnDemand)
{
    private readonly Option<string?> _labels = new("--labels")
    {
        Description =
            "Own arrays, tables and pictures: the file with their labels, an .npy of whole numbers, a text with one label a line or a "
            + "column of them, or a table that names the pictures",
        HelpName = "FILE",
    };

    private readonly Option<string?> _labelColumn = new("--label-column")
    {
        Description =
            "Own tables: the column with the labels, by its name or its number from 1 [default: "
            + (
                ofTrainedNetwork
                    ? "the one that the network was trained with]"
                    : "one with a usual name, as label, target or species, else the last]"
            ),
        HelpName = "NAME",
    };

    private readonly Option<string[]> _ignore = new("--ignore")
    {
        Description = "Own tables: leave a column out; once for each [default: row numbers and columns that say the label in other words]",
        HelpName = "COLUMN",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _text = new("--text")
    {
        Description =
            "Own tables: the column that holds texts, which are then all that is read of an example [default: "
            + (
                ofTrainedNetwork
                    ? "the one that the network was trained on]"
                    : "the only column of free text, where there is no other feature]"
            ),
        HelpName = "COLUMN",
    };

    private readonly Option<string[]> _categorical = new("--categorical")
    {
        Description =
            "Own tables: a column whose values are categories, also where they are numbers; once for each [default: "
            + (ofTrainedNetwork ? "as the network was trained]" : $"columns of few texts, at most {DataColumn.MostValues} values]"),
        HelpName = "COLUMN",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<int?> _imageSize = new("--image-size")
    {
        Description =
            $"Own pictures: scale to squares of N pixels, 1 to {UserDataOptions.MaxImageSize} [default: "
            + (
                ofTrainedNetwork
                    ? "the size that the network was trained on]"
                    : $"a common size up to 64×64 is kept, else {UserDataOptions.DefaultImageSize}]"
            ),
        HelpName = "N",
    };

    private readonly Option<string?> _fit = new("--fit")
    {
        Description =
            "Own pictures that are no squares: crop (the central square), pad (all of it, on grey) or squash (all of it, out of "
            + "proportion) [default: "
            + (ofTrainedNetwork ? "as the network was trained]" : "crop]"),
        HelpName = "WAY",
    };

    private readonly Option<bool> _followLinks = new("--follow-links")
    {
        Description = "Own pictures: follow symbolic links, wherever they lead",
    };

    private readonly Option<bool> _skipBad = new("--skip-bad") { Description = "Own pictures: leave out those that cannot be read" };

    private readonly Option<string?> _embed = EmbedOption.For(encoder);

    /// <summary>The option of a frozen encoder; not every command has it.</summary>
    public Option Embed => _embed;

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All =>
        [
            _labels,
            _labelColumn,
            _text,
            _categorical,
            _ignore,
            _imageSize,
            _fit,
            _skipBad,
            _followLinks,
            .. encoder == EncoderUse.Never ? Array.Empty<Option>() : [_embed],
        ];

    /// <summary>Makes them options of a command.</summary>
    /// <param name="command">One that takes DATA.</param>
    public Command AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Add(HelpGroups.Put(option, HelpGroups.OwnData));
        }

        return command;
    }

    /// <summary>The options that the user gave.</summary>
    /// <param name="parse">The command line.</param>
    /// <exception cref="InputException">A value is out of range.</exception>
    public UserDataOptions Read(ParseResult parse) =>
        new()
        {
            ImageSize = parse.GetValue(_imageSize),
            Fit = FitOf(parse.GetValue(_fit)),
            FollowLinks = parse.GetValue(_followLinks),
            SkipBad = parse.GetValue(_skipBad),
            Labels = parse.GetValue(_labels),
            LabelColumn = parse.GetValue(_labelColumn),
            Text = parse.GetValue(_text),
            Categorical = parse.GetValue(_categorical) is { Length: > 0 } categories ? categories : null,
            Ignore = parse.GetValue(_ignore) is { Length: > 0 } columns ? columns : null,
        };

    /// <summary>Whether the user gave an option of how pictures become squares.</summary>
    /// <param name="parse">The command line.</param>
    public bool HasFit(ParseResult parse) => parse.GetValue(_fit) is not null;

    /// <summary>The encoder that the user asks for, by name or path; null for none.</summary>
    /// <param name="parse">The command line.</param>
    /// <exception cref="InputException">None is asked for where one is needed.</exception>
    public string? Encoder(ParseResult parse) => EmbedOption.Name(parse.GetValue(_embed), encoder);

    /// <summary>Whether the user named an encoder, or none.</summary>
    /// <param name="parse">The command line.</param>
    public bool HasEncoder(ParseResult parse) => parse.GetValue(_embed) is not null;

    private static PictureFit FitOf(string? name) =>
        name switch
        {
            null or "crop" => PictureFit.Crop,
            "pad" => PictureFit.Pad,
            "squash" => PictureFit.Squash,
            _ => throw new InputException($"--fit is \"{name}\", expected crop, pad or squash."),
        };
}
