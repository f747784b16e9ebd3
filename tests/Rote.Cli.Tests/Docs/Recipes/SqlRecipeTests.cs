using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Docs.Recipes;

/// <summary>The SQL of docs/guide/python.md, word for word, by DuckDB on audits and runs that are made here; its answers are those that C#
/// reads from the CSV files and from the logs.</summary>
[NoTensorLeaks]
public sealed class SqlRecipeTests : IDisposable
{
    private const string Page = "docs/guide/python.md";

    private readonly RecipeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_statement_of_the_page_gives_what_the_files_hold()
    {
        _folder.Table("customers.csv");
        _folder.Table("more.csv", classes: "dea");
        Directory.Move(_folder.Audit("customers.csv"), _folder.File("audits/0123456789ab-customers"));
        _folder.Audit("more.csv");
        _folder.Train("customers.csv");
        _folder.Train("more.csv");

        var answers = Answers(Assert.Single(PageBlock.Of("sql")));
        Assert.Equal(3, answers.Count); // every statement has its check below
        Assert.Equal(Verdicts(), answers[0]);
        Assert.Equal(Suspects(), answers[1]);
        Assert.Equal(Epochs(), answers[2]);
        Assert.True(answers.All(answer => answer.Length > 1));
    }

    [Fact]
    public void All_sql_of_all_pages_is_that_of_this_page() => Assert.All(PageBlock.Of("sql"), block => Assert.Equal(Page, block.Page));

    /// <summary>The rows that each statement gives, fields with a bar between, sorted: SQL promises no order.</summary>
    private List<string[]> Answers(PageBlock block)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SET file_search_path = '{_folder.Path}'"; // as if DuckDB had been started there
        command.ExecuteNonQuery();
        command.CommandText = block.Code;
        using var reader = command.ExecuteReader();
        var answers = new List<string[]>();
        do
        {
            var rows = new List<string>();
            while (reader.Read())
            {
                rows.Add(
                    string.Join(
                        '|',
                        Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader[i], CultureInfo.InvariantCulture))
                    )
                );
            }

            answers.Add(Sorted(rows));
        } while (reader.NextResult());

        return answers;
    }

    private string[] Verdicts() =>
        Sorted(
            Directory
                .GetDirectories(_folder.File("audits"))
                .SelectMany(audit => RecipeFolder.Read(Path.Combine(audit, "examples.csv")))
                .CountBy(row => $"{row["label"]}|{row["verdict"]}")
                .Select(pair => $"{pair.Key}|{pair.Value}")
        );

    private string[] Suspects()
    {
        var table = RecipeFolder.Read(_folder.File("customers.csv"));
        return Sorted(
            RecipeFolder
                .Read(_folder.File("audits/0123456789ab-customers/suspects.csv"))
                .Select(suspect =>
                {
                    var row = int.Parse(suspect["row"], CultureInfo.InvariantCulture);
                    var values = new[] { "length", "width" }.Select(name => double.Parse(table[row][name], CultureInfo.InvariantCulture));
                    var numbers = string.Join('|', values.Select(value => value.ToString(CultureInfo.InvariantCulture)));
                    return $"{row}|{numbers}|{table[row]["label"]}|{suspect["verdict"]}|{suspect["suggested"]}";
                })
        );
    }

    private string[] Epochs() =>
        Sorted(
            Directory
                .GetFiles(_folder.File("runs"), "metrics.jsonl", SearchOption.AllDirectories)
                .SelectMany(path =>
                    File.ReadLines(path)
                        .Select(line => JsonDocument.Parse(line).RootElement)
                        .Select(epoch =>
                            FormattableString.Invariant(
                                $"{path}|{epoch.GetProperty("epoch").GetInt32()}|{epoch.GetProperty("testAccuracy").GetDouble()}"
                            )
                        )
                )
        );

    private static string[] Sorted(IEnumerable<string> rows) => [.. rows.Order(StringComparer.Ordinal)];
}
