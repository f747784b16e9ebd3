using Rote.Data.Download;
using Rote.Data.Texts;

namespace Rote.Data.Formats.Tables;

/// <summary>How the columns of a table become features.</summary>
/// <param name="Columns">The columns that are read, in the order of the features.</param>
/// <param name="LeftOut">Columns that are not read, besides those that the sieve left out.</param>
internal sealed record ColumnReading(IReadOnlyList<DataColumn> Columns, IReadOnlyList<string> LeftOut)
{
    /// <summary>The most columns that are reported one by one; further ones are only counted.</summary>
    private const int MostLines = 50;

    /// <summary>Marks, in a data set's checksum, the reading of columns that are not all numbers.</summary>
    private const string Mark = "reading/columns/1";

    /// <summary>The column of texts; null if the examples are rows of features.</summary>
    public DataColumn? Text => Columns is [{ Kind: DataColumnKind.Text } text] ? text : null;

    /// <summary>Whether every column is one feature: a number without gaps.</summary>
    public bool IsPlain => Columns.All(c => c is { Kind: DataColumnKind.Number, HasGaps: false });

    /// <summary>Marks of this reading in the data's checksum: the same columns read differently are other data.</summary>
    public IReadOnlyList<string> Marks =>
        Text is { } text ? [HashedWords.Mark, $"text/{text.Name}"]
        : IsPlain ? []
        : [Mark, .. Columns.Where(c => c.Kind == DataColumnKind.Category).Select(c => $"category/{c.Name}")];

    /// <summary>Decides from the values.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="profiles">The columns that may be features, over all rows.</param>
    /// <param name="options">The user's options.</param>
    /// <param name="progress">Told one sentence per column; null for silence.</param>
    /// <exception cref="InputException">A column mixes numbers with something else, or no column can be a feature.</exception>
    public static ColumnReading Of(
        string path,
        IReadOnlyList<ColumnProfile> profiles,
        UserDataOptions options,
        IProgress<DownloadProgress>? progress
    )
    {
        RequireKnown(path, profiles, options);
        if (options.Text is { } named)
        {
            return OfText(path, profiles.First(p => p.Name == named), profiles, isFound: false, progress);
        }

        var forced = options.Categorical ?? [];
        var problems = new TableProblems(path);
        var read = profiles.Select(p => (Profile: p, Kind: KindOf(p, forced.Contains(p.Name), problems))).ToArray();
        problems.Require();
        var texts = read.Where(r => r.Kind == DataColumnKind.Text).Select(r => r.Profile).ToArray();
        var usable = read.Where(r => r.Kind is { } kind && kind != DataColumnKind.Text).ToArray();
        if (usable.Length == 0)
        {
            return texts.Length == 1
                ? OfText(path, texts[0], profiles, isFound: true, progress)
                : throw (
                    texts.Length > 1
                        ? new InputException(
                            $"{path} has {texts.Length} columns of texts, {TableColumns.Names([.. texts.Select(t => t.Name)])}, and "
                                + $"nothing else that can be a feature; say with {Setting.Text} which one is read."
                        )
                        : new InputException(
                            $"{path} has no column that can be a feature: "
                                + $"{string.Join("; ", profiles.Take(5).Select(p => $"{p.Name} {ColumnWords.WhyNot(p)}"))}."
                        )
                );
        }

        DataColumn[] columns = [.. usable.Select(r => ColumnOf(r.Profile, r.Kind!.Value))];
        var lines = read.Select(r =>
                r.Kind is null or DataColumnKind.Text
                    ? ColumnWords.LeftOut(r.Profile)
                    : ColumnWords.Of(columns.First(c => c.Name == r.Profile.Name), r.Profile)
            )
            .ToArray();
        foreach (var line in lines.Take(MostLines))
        {
            progress?.Report(new DownloadProgress($"{path}: {line}"));
        }

        if (lines.Length > MostLines)
        {
            progress?.Report(new DownloadProgress($"{path}: {lines.Length - MostLines:N0} more columns are read in the same ways."));
        }

        return new ColumnReading(columns, [.. profiles.Select(p => p.Name).Except(columns.Select(c => c.Name), StringComparer.Ordinal)]);
    }

    /// <summary>Takes the columns of a network, whatever the values are.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="names">The names of its columns that may be features.</param>
    /// <param name="columns">The columns that the network was trained on.</param>
    /// <exception cref="InputException">A column is missing.</exception>
    public static ColumnReading AsTrained(string path, IReadOnlyList<string> names, IReadOnlyList<DataColumn> columns)
    {
        string[] missing = [.. columns.Select(c => c.Name).Except(names, StringComparer.Ordinal)];
        return missing.Length == 0
            ? new ColumnReading(columns, [.. names.Except(columns.Select(c => c.Name), StringComparer.Ordinal)])
            : throw new InputException(
                $"{path} lacks {TableColumns.Names(missing)}, which the network was trained on; give data with the same columns, in any "
                    + $"order."
            );
    }

    private static ColumnReading OfText(
        string path,
        ColumnProfile text,
        IReadOnlyList<ColumnProfile> all,
        bool isFound,
        IProgress<DownloadProgress>? progress
    )
    {
        if (text.IsEmpty || text.Distinct is 1)
        {
            throw new InputException(
                $"{path}: {(text.IsEmpty ? "every text is empty" : "all texts are equal")} in the column {text.Name}, expected texts that "
                    + $"differ."
            );
        }

        if (text.AreNumbers)
        {
            throw new InputException(
                $"{path}: the column {text.Name} holds numbers, expected texts; leave {Setting.Text} out to read them as such."
            );
        }

        string[] others = [.. all.Select(p => p.Name).Where(name => name != text.Name)];
        progress?.Report(
            new DownloadProgress(
                $"{path}: each example is the text in the column {text.Name}"
                    + (isFound ? ", the only one of free text" : "")
                    + (text.Blank > 0 ? $" ({text.Blank:N0} of {text.Rows:N0} are empty)" : "")
                    + (others.Length > 0 ? $"; not read: {TableColumns.Names(others)}." : ".")
            )
        );
        return new ColumnReading([new DataColumn { Name = text.Name, Kind = DataColumnKind.Text }], others);
    }

    private static void RequireKnown(string path, IReadOnlyList<ColumnProfile> profiles, UserDataOptions options)
    {
        var names = profiles.Select(p => p.Name).ToArray();
        foreach (var (option, name) in Named(options))
        {
            if (!names.Contains(name, StringComparer.Ordinal))
            {
                throw new InputException(
                    $"{path} has no column \"{name}\" that can be a feature ({option}); the others are " + $"{TableColumns.Names(names)}."
                );
            }
        }

        if (options is { Text: not null, Categorical: not null })
        {
            throw new InputException($"{Setting.Text} reads a text alone, and {Setting.Categorical} names other columns; leave one out.");
        }
    }

    private static IEnumerable<(Setting Setting, string Column)> Named(UserDataOptions options) =>
        [
            .. (options.Categorical ?? []).Select(column => (Setting.Categorical, column)),
            .. options.Text is { } text ? [(Setting.Text, text)] : Array.Empty<(Setting, string)>(),
        ];

    private static DataColumnKind? KindOf(ColumnProfile profile, bool isForced, TableProblems problems)
    {
        if (isForced)
        {
            return DataColumnKind.Category;
        }

        if (!profile.AreNumbers && profile.AreMeantAsNumbers && profile.FirstText is { } first)
        {
            problems.Add(profile.Name, first.Value, first.Place);
        }

        return profile switch
        {
            { Rows: 0 } or { AreNumbers: true } => DataColumnKind.Number,
            { IsEmpty: true } => null,
            { AreDates: true } => DataColumnKind.Date,
            { AreOtherDates: true } or { ArePictures: true, IsMostlyDistinct: true } => null,
            { AreTexts: true } => DataColumnKind.Text,
            { IsMostlyDistinct: true } or { Distinct: 1, Blank: 0 } => null,
            _ => DataColumnKind.Category,
        };
    }

    private static DataColumn ColumnOf(ColumnProfile profile, DataColumnKind kind) =>
        kind == DataColumnKind.Category
            ? new DataColumn
            {
                Name = profile.Name,
                Kind = kind,
                Values = profile.MostFrequent(),
                HasGaps = profile.Blank > 0,
            }
            : new DataColumn
            {
                Name = profile.Name,
                Kind = kind,
                HasGaps = profile.Missing > 0,
            };
}
