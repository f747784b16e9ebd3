using System.Security.Cryptography;
using System.Text;
using Rote.Reports.Charts;

namespace Rote.Reports;

/// <summary>A page in one file. It runs no script but its own, loads nothing from elsewhere, has a light and a dark mode, and is readable
/// on paper and on a phone.</summary>
/// <param name="title">Its heading, and its title in the browser.</param>
/// <param name="kicker">A line above the heading: what kind of page this is.</param>
internal sealed class HtmlPage(string title, string kicker)
{
    // Even if data got past the escaping, the browser would run and load nothing.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private readonly StringBuilder _body = new();

    /// <summary>Our script that the page runs. The policy names its checksum, so that no other script can run. Null: none.</summary>
    public string? Script { get; init; }

    /// <summary>CSS rules that only this page needs, after those of every page.</summary>
    public string MoreStyle { get; init; } = "";

    /// <summary>Adds a heading of the second level, which links can point to.</summary>
    public HtmlPage Heading(string id, string text) => Add(Html.Of($"<h2 id=\"{id}\">{text}</h2>\n"));

    /// <summary>Adds a heading of the third level.</summary>
    public HtmlPage Subheading(string text) => Add(Html.Of($"<h3>{text}</h3>\n"));

    /// <summary>Adds a paragraph of text.</summary>
    public HtmlPage Paragraph(Html text) => Add(Html.Of($"<p>{text}</p>\n"));

    /// <summary>Adds the first paragraph of a page, in larger type.</summary>
    public HtmlPage Lead(Html text) => Add(Html.Of($"<p class=\"lead\">{text}</p>\n"));

    /// <summary>Adds a warning that a reader must not miss.</summary>
    public HtmlPage Notice(Html text) => Add(Html.Of($"<p class=\"notice\" role=\"note\">{text}</p>\n"));

    /// <summary>Adds a chart with its caption. The page holds two drawings and shows the one that fits the reader's width.</summary>
    public HtmlPage Figure(string id, IChart chart, Html caption)
    {
        var wide = Html.Trusted(chart.ToSvg(ChartSize.Wide, $"{id}-wide"));
        var narrow = Html.Trusted(chart.ToSvg(ChartSize.Narrow, $"{id}-narrow"));
        return Add(
            Html.Of($"<figure class=\"chart-figure wide\" id=\"{id}\">\n{wide}{narrow}<figcaption>{caption}</figcaption>\n</figure>\n")
        );
    }

    /// <summary>Adds a table with the legends of its columns.</summary>
    /// <param name="table">The table.</param>
    /// <param name="wide">True for a table that needs more room than the text has.</param>
    public HtmlPage Table(Table table, bool wide = false) =>
        Add(Html.Of($"<div{Html.Trusted(wide ? " class=\"wide\"" : "")}>\n{HtmlTable.Draw(table)}</div>\n"));

    /// <summary>Adds a command or similar text as it is typed; its line breaks stay.</summary>
    public HtmlPage Code(string text) => Add(Html.Of($"<pre><code>{Html.Join("\n", text.Split('\n').Select(Html.Text))}</code></pre>\n"));

    /// <summary>Adds names and their values.</summary>
    public HtmlPage Definitions(IEnumerable<(string Name, string Value)> pairs)
    {
        var entries = pairs.Select(pair => Html.Of($"<div><dt>{pair.Name}</dt><dd>{pair.Value}</dd></div>\n"));
        return Add(Html.Of($"<dl class=\"facts\">\n{Html.Join("", entries)}</dl>\n"));
    }

    /// <summary>Adds markup that no other method makes.</summary>
    public HtmlPage Add(Html markup)
    {
        _body.Append(markup);
        return this;
    }

    /// <summary>The whole document.</summary>
    public string ToHtml()
    {
        var colors = Html.Trusted(PageColors.Css());
        var page = Html.Of(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{Policies()}">
            <meta name="generator" content="rote">
            <title>{title}</title>
            <style>
            {colors}
            {Html.Trusted(Resource("page.css") + MoreStyle)}</style>
            </head>
            <body>
            <main>
            <header>
            <p class="kicker">{kicker}</p>
            <h1>{title}</h1>
            </header>
            {Html.Trusted(_body.ToString())}</main>
            {Html.Trusted(Script is null ? "" : $"<script>{Script}</script>\n")}</body>
            </html>

            """
        );
        return page.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>Reads a resource file of the reports as text with line feeds.</summary>
    /// <param name="name">Its name, as <c>page.css</c>.</param>
    internal static string Resource(string name)
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream($"Rote.Reports.{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private string Policies() =>
        Script is null
            ? Policy
            : $"{Policy}; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)))}'";
}
