using System.Text.Json.Nodes;
using Json.Schema;
using Rote.Cli;
using Rote.Cli.Documents;
using Rote.Cli.Help;
using Rote.Tests.Support;

namespace Rote.Tests.Cli.Documents;

/// <summary>The published schemas are made of the records that documents are written from. What commands print is held against them in
/// every test that runs a command (<see cref="DocumentCheck"/>).</summary>
public sealed class SchemasTests
{
    private static string Folder => Path.Combine(Repository.Root, "docs", "reference", "schemas");

    private static IReadOnlyDictionary<string, System.CommandLine.Command> Commands { get; } =
        Leaves(Program.Build()).ToDictionary(Schemas.NameOf, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. DocumentTypes.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_published_schema_says_what_the_records_are(string name)
    {
        var found = DocumentSchema.Of(name, HelpText.Path(Commands[name]), DocumentTypes.All[name]);
        var (file, received) = (Path.Combine(Folder, $"{name}.schema.json"), Path.Combine(Folder, $"{name}.schema.received.json"));
        if (File.Exists(file) && File.ReadAllText(file) == found)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, found);
        Assert.Fail($"{file} is not what the records are. Read {received}; tests/accept takes it.");
    }

    [Fact]
    public void Every_command_has_a_schema_or_refuses_to_print_a_document()
    {
        Assert.Equal(Schemas.Names, DocumentTypes.All.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            Schemas.Names.Select(name => $"{name}.schema.json"),
            Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.Empty(Schemas.Names.Except(Commands.Keys));
        Assert.Equal(["complete", "completion", "man", "worker"], Commands.Keys.Except(Schemas.Names).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_page_has_a_row_a_schema()
    {
        var rows = File.ReadLines(Path.Combine(Folder, "..", "json.md"))
            .Where(line => line.StartsWith("| `rote", StringComparison.Ordinal));
        Assert.Equal(
            Schemas.Names.Select(name =>
                $"| `rote {HelpText.Path(Commands[name])}` | [{name}](schemas/{name}.schema.json) | "
                + $"{JsonNode.Parse(Schemas.Text(name))!["description"]!.GetValue<string>()} |"
            ),
            rows
        );
    }

    [Theory]
    [InlineData("man")]
    [InlineData("completion", "bash")]
    [InlineData("complete", "5", "rote ")]
    [InlineData("worker", "--set", "nothing")]
    public void A_command_without_a_document_says_so_in_one_sentence(params string[] line)
    {
        var (code, output, error) = Command.Run([.. line, "--json"]);
        Assert.Equal((ExitCode.WrongInput, ""), (code, output));
        Assert.Equal($"rote: 'rote {line[0]}' prints no JSON document; leave --json out.\n", error);
    }

    [Fact]
    public void Help_is_given_beside_json() => Assert.Equal(ExitCode.Done, Command.Run("man", "--help", "--json").Code);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_schema_is_valid_itself_and_describes_every_member(string name)
    {
        var schema = Schemas.Text(name);
        Assert.Empty(DocumentCheck.Errors(MetaSchemas.Draft202012, schema));
        var root = JsonNode.Parse(schema)!.AsObject();
        Assert.Equal($"{name}.schema.json", root["$id"]!.GetValue<string>());
        var members = Objects(root)
            .SelectMany(part => part["properties"] is JsonObject properties ? properties.AsEnumerable() : [])
            .ToArray();
        Assert.NotEmpty(members);
        Assert.All(members, member => Assert.True(member.Value!["description"]?.GetValue<string>() is { Length: > 8 }, member.Key));
    }

    [Fact]
    public void What_a_schema_does_not_say_is_an_error()
    {
        const string Good = """{ "moved": false, "moves": [{ "from": "a/1.png", "to": "b/1.png" }] }""";
        Assert.Empty(DocumentCheck.Errors("apply", Good));
        string[] bad =
        [
            """{ "moved": false }""",
            """{ "moved": "no", "moves": [] }""",
            """{ "moved": false, "moves": [], "more": 1 }""",
            """{ "moved": false, "moves": [{ "from": "a/1.png" }] }""",
            """{ "moved": false, "moves": [{ "from": "a/1.png", "to": "b/1.png", "why": "" }] }""",
            """{ "moved": false, "moves": null }""",
            "[]",
            "null",
        ];
        Assert.All(bad, document => Assert.NotEmpty(DocumentCheck.Errors("apply", document)));
    }

    [Fact]
    public void A_schema_that_demands_an_impossible_member_refuses_what_the_command_prints()
    {
        using var folder = new TempFolder();
        string[] line = ["runs", "list", "--runs", folder.File("runs"), "--json"];
        var document = Command.Run("schema", "--json").Output;
        var schema = JsonNode.Parse(Schemas.Text("schema"))!;
        Assert.Empty(DocumentCheck.Errors(JsonSchema.FromText(WithId(schema, "possible")), document));
        schema["$defs"]!["SchemaDocument"]!["required"]!.AsArray().Add("impossible");
        Assert.Contains(
            "impossible",
            string.Join('\n', DocumentCheck.Errors(JsonSchema.FromText(WithId(schema, "impossible")), document)),
            StringComparison.Ordinal
        );
        Assert.Equal("[]", Command.Run(line).Output.Trim());
    }

    [Fact]
    public void A_kind_of_an_extension_is_valid_and_a_built_in_one_with_other_members_is_not()
    {
        const string Family = """{ "$id": "FILE", "$ref": "#/$defs/Loss", "$defs": DEFS }""";
        var definitions = JsonNode.Parse(Schemas.Text("train"))!["$defs"]!.ToJsonString();
        var schema = JsonSchema.FromText(
            Family.Replace("FILE", "family.json", StringComparison.Ordinal).Replace("DEFS", definitions, StringComparison.Ordinal)
        );
        Assert.Empty(DocumentCheck.Errors(schema, """{ "kind": "cross-entropy" }"""));
        Assert.Empty(DocumentCheck.Errors(schema, """{ "kind": "mine", "strength": 3 }"""));
        Assert.NotEmpty(DocumentCheck.Errors(schema, """{ "kind": "cross-entropy", "strength": 3 }"""));
        Assert.NotEmpty(DocumentCheck.Errors(schema, """{ "strength": 3 }"""));
    }

    private static string WithId(JsonNode schema, string id)
    {
        schema["$id"] = $"{id}.json";
        return schema.ToJsonString();
    }

    private static IEnumerable<System.CommandLine.Command> Leaves(System.CommandLine.Command command) =>
        command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Leaves);

    private static IEnumerable<JsonObject> Objects(JsonNode? node) =>
        node switch
        {
            JsonObject part => part.SelectMany(member => Objects(member.Value)).Prepend(part),
            JsonArray parts => parts.SelectMany(Objects),
            _ => [],
        };
}
