using System.CommandLine;
using Rote.Audits;
using Rote.Cli.Displays;
using Rote.Data;
using Rote.Data.Encoders;

namespace Rote.Cli.Commands;

/// <summary>The frozen encoder of an audit: it looks at the examples beside the networks that are trained.</summary>
internal static class AuditEncoder
{
    /// <summary>Encodes the audited examples, unless the user asks for no encoder. If an encoder fails that the user did not name, the
    /// audit goes on without it and reports that.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="options">Its options of data.</param>
    /// <param name="source">The data's name or path.</param>
    /// <param name="data">The audited examples, which are given their vectors.</param>
    /// <param name="select">Which examples of the same data, read in another size, are the audited ones.</param>
    /// <param name="screen">Shows how far it is.</param>
    /// <param name="cancel">Stops; what is encoded is kept.</param>
    /// <returns>Which encoder it was; null for none.</returns>
    /// <exception cref="InputException">There is no such encoder, or it does not read such examples.</exception>
    public static EncoderSpec? LookThrough(
        ParseResult parse,
        DataOptions options,
        string source,
        AuditData data,
        Func<DatasetSplits, AuditData> select,
        Screen screen,
        CancellationToken cancel
    )
    {
        if (Name(options.Encoder(parse), data.Examples) is not { } name)
        {
            return null;
        }

        try
        {
            return Encode(name, parse, options, source, data, select, screen, cancel);
        }
        catch (Exception error) when (error is InputException or MachineException && !options.HasEncoder(parse))
        {
            screen.Line($"The frozen encoder {name} cannot look at these examples, so that networks alone judge them. {error.Message}");
            return null;
        }
    }

    /// <summary>Which encoder would look at the examples.</summary>
    /// <returns>Null for none.</returns>
    /// <exception cref="InputException">There is no such encoder.</exception>
    public static EncoderSpec? SpecOf(ParseResult parse, DataOptions options, AuditData data)
    {
        if (Name(options.Encoder(parse), data.Examples) is not { } name)
        {
            return null;
        }

        using var encoder = EncoderCatalog.Open(name);
        return EncoderSpec.Of(encoder);
    }

    private static EncoderSpec Encode(
        string name,
        ParseResult parse,
        DataOptions options,
        string source,
        AuditData data,
        Func<DatasetSplits, AuditData> select,
        Screen screen,
        CancellationToken cancel
    )
    {
        using var encoder = EncoderCatalog.Open(name);
        using var display = new EncodingDisplay(screen, encoder.Name, TimeProvider.System);
        var side = DatasetLoader.UsualImageSize(source, encoder);
        using var large =
            side != UserDataOptions.DefaultImageSize
                ? DatasetLoader.Load(source, DataFolder.Default(), options.Read(parse) with { UsualImageSize = side }, null, cancel)
                : null;
        using var seen = large is null ? null : select(large.Data);
        data.LookThrough(Encoded.Of((seen ?? data).Examples, encoder, DataFolder.Default(), display, cancel));
        return EncoderSpec.Of(encoder);
    }

    private static string? Name(string? asked, Dataset examples) =>
        asked != EmbedOption.Auto ? asked
        : examples.Texts is not null ? EncoderCatalog.DefaultFor(EncoderInput.Texts)
        : examples.IsVectors ? null
        : EncoderCatalog.DefaultFor(EncoderInput.Pictures);
}
