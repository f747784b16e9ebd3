using Rote.Cli;

namespace Rote.Tests.Cli.Advising;

/// <summary>Advice on what a trained network is given: to predict, to look into and to forget.</summary>
internal static class AdviceOnEvaluation
{
    private const string Store = " --runs @runs";
    private const string Evaluate = "evaluate {plain} @t.csv" + Store;
    private const string Unlabelled = Evaluate + " --unlabelled";
    private const string Compare = "features {plain} {other} --data @t.csv --examples 40" + Store;
    private const string Forget = "forget {plain} @t.csv --examples @list.txt" + Store;

    public static TypedAdvice[] All { get; } =
    [
        new("evaluate {plain}" + Store, "; give its path as DATA.", Evaluate, "80"),
        new($"{Evaluate} --split held-out", "; choose another part with --split.", $"{Evaluate} --split train", "320"),
        new($"{Evaluate} --split all", "; choose the test or the training part with --split.", $"{Evaluate} --split test", "t-test.csv"),
        new($"{Evaluate} --split tset", "expected test, train, held-out, all.", "evaluate {held} @t.csv --split held-out" + Store, "80"),
        new($"{Unlabelled} --split test", "and --split chooses a part; leave one out.", $"{Evaluate} --split test", "t-test.csv"),
        new(
            $"{Unlabelled} --split test",
            "predicts all of DATA, and --split chooses a part; leave one out.",
            Unlabelled,
            "t-unlabelled.csv"
        ),
        new("evaluate {plain} --unlabelled" + Store, "and none is named; give its path as DATA.", Unlabelled, "t-unlabelled.csv"),
        new(
            $"{Unlabelled} --label-column label",
            "say where labels are; leave out the one or",
            $"{Evaluate} --label-column label",
            "t-test.csv"
        ),
        new($"{Unlabelled} --label-column label", "; leave out the one or the others.", Unlabelled, "t-unlabelled.csv"),
        new(
            "evaluate {pets} shapes --unlabelled" + Store,
            "predicts data without; leave the option out.",
            "evaluate {pets} shapes" + Store,
            "expects"
        )
        {
            FollowedCode = ExitCode.WrongInput, // of other pictures, which is said next
        },
        new("evaluate {plain} @pets" + Store, "; give data with the same features in the same units.", Evaluate, "80"),
        new(
            "evaluate {pets} @large --image-size 12 --split all" + Store,
            "; scale pictures with --image-size 9.",
            "evaluate {pets} @large --image-size 9 --split all" + Store,
            "24"
        )
        {
            Given = folder => folder.Pictures("large", "cat", 24, 30),
        },
        new(
            "evaluate {pets} @birds --split all" + Store,
            "; give data whose classes have these names.",
            "evaluate {pets} @birds --split all" + Store,
            "birds-all.csv"
        )
        {
            Given = folder => folder.Pictures("birds", "hen", 24, 9, seed: 100),
            Then = folder => Directory.Move(folder.File("birds/hen"), folder.File("birds/cat")),
        },
        new(
            "evaluate {plain} @named.csv --split all" + Store,
            "; give data with the same columns, in any order.",
            "evaluate {plain} @named.csv --split all" + Store,
            "named-all.csv"
        )
        {
            Given = folder => folder.Table("named.csv", "a,c,label", 20, i => $"{i}.5,{i * 7 % 5}.5,c{i % 2}"),
            Then = folder => folder.Table("named.csv", "b,a,label", 20, i => $"{i * 7 % 5}.5,{i}.5,c{i % 2}"),
        },
        new($"{Evaluate} --embed resnet18", "was trained without an encoder; leave out --embed.", Evaluate, "80"),
        new($"{Evaluate} --output @out", "; choose another folder with --output, or", $"{Evaluate} --output @out2", "out2/t-test.csv")
        {
            Given = Foreign,
        },
        new($"{Evaluate} --output @out", ", or replace it (--overwrite).", $"{Evaluate} --output @out --overwrite", "out/t-test.csv")
        {
            Given = Foreign,
        },
        new($"{Evaluate} --output @t.csv/out", ", or choose another folder.", $"{Evaluate} --output @out2", "out2/t-test.csv")
        {
            Code = ExitCode.MachineLacks,
        },
        new(Evaluate, "; remove the run and train again.", Evaluate, "t-test.csv")
        {
            Of = " (another run's weights)",
            Given = folder =>
                File.Copy(
                    Path.Combine(folder.Run("other"), "weights.safetensors"),
                    Path.Combine(folder.Run("plain"), "weights.safetensors"),
                    overwrite: true
                ),
            Then = folder =>
            {
                folder.Do("runs remove {plain} --yes" + Store);
                folder.Do("train @t.csv --network mlp-1x8 --epochs 1 --threads 1 --precision float32" + Store);
            },
        },
        new(
            "forget {pets} @many --examples @list.txt" + Store,
            "; give that data, as it was then.",
            "forget {pets} @pets --examples @list.txt" + Store,
            "forgot"
        )
        {
            Given = folder =>
            {
                List(folder, [0]);
                folder.Pictures("many", "cat", 48, 9, seed: 100);
            },
            Then = folder =>
            {
                folder.Do("evaluate {pets} @pets --split train --output @rows" + Store);
                var first = File.ReadLines(folder.File("rows/pets-train.csv")).ElementAt(1).Split(',')[0];
                folder.Write("list.txt", $"{first}\n");
            },
        },
        new("features {plain} --examples 40" + Store, "; give its path with --data.", Compare, "features.json")
        {
            Also =
            [
                ("features {plain} --data @other.csv --examples 40" + Store, "; give what it was trained on with --data."),
                ("features {plain} --data @t.csv --examples 10" + Store, "expected 40 to 20000; set --examples."),
                ("features {plain} {plain} --data @t.csv --examples 40" + Store, "is named twice; name other runs beside it."),
                (
                    "features {plain} {few} --data @t.csv --examples 40" + Store,
                    "; name runs on the same data, with the same number of examples and the same pixels."
                ),
            ],
            Given = Other,
        },
        new(
            "forget {held} @t.csv --examples @list.txt" + Store,
            "; take them off the list.",
            "forget {held} @t.csv --examples @list.txt" + Store,
            "forgot"
        )
        {
            Given = folder => List(folder, [.. Rows(folder, "held", "train").Take(2), .. Rows(folder, "held", "held-out").Take(2)]),
            Then = folder => List(folder, Rows(folder, "held", "train").Take(2)),
        },
        new(
            "forget {forgetful} @t.csv --examples @list.txt" + Store,
            "list all examples together, and forget them from the first run.",
            Forget,
            "forgot"
        )
        {
            Given = folder => List(folder, [1]),
            Then = folder => List(folder, [0, 1]),
        },
        new(
            "forget {plain} @t.csv --examples @list.txt" + Store,
            "was trained on: remove the run.",
            "runs remove {plain} --yes" + Store,
            "Removed 1 run"
        )
        {
            Given = folder => List(folder, Rows(folder, "plain", "train")),
        },
        new(
            "forget @moved/renamed @t.csv --examples @list.txt",
            ": rename it to {plain}.",
            "forget @moved/{plain} @t.csv --examples @list.txt",
            "forgot"
        )
        {
            Given = folder =>
            {
                List(folder, [0]);
                Directory.CreateDirectory(folder.File("moved"));
                Directory.Move(folder.Run("plain"), folder.File("moved/renamed"));
            },
            Then = folder => Directory.Move(folder.File("moved/renamed"), folder.File(folder.Named("moved/{plain}"))),
        },
        new(
            "evaluate {forgetful} @t.csv --split held-out" + Store,
            "; choose another part with --split.",
            "evaluate {forgetful} @t.csv --split test" + Store,
            "t-test.csv"
        ),
        new(Forget, "; leave it out, or", Forget, "forgot")
        {
            Given = folder => List(folder, [0, 5000]),
            Then = folder => List(folder, [0]),
        },
        new("forget {plain} @other.csv --examples @list.txt" + Store, "; give that data, as it was then.", Forget, "forgot")
        {
            Given = folder =>
            {
                List(folder, [0]);
                Other(folder);
            },
        },
    ];

    private static void List(AdviceFolder folder, IEnumerable<int> rows) =>
        folder.Write("list.txt", string.Concat(rows.Select(row => $"{row}\n")));

    /// <summary>The rows of the file that the run was trained on, or that it held out.</summary>
    private static IEnumerable<int> Rows(AdviceFolder folder, string run, string part)
    {
        folder.Do($"evaluate {{{run}}} @t.csv --split {part} --output @rows" + Store);
        return File.ReadLines(folder.File($"rows/t-{part}.csv"))
            .Skip(1)
            .Select(line => int.Parse(line.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    private static void Other(AdviceFolder folder) =>
        folder.Table("other.csv", "a,b,label", 200, i => $"{i * 37 % 101}.5,{i * 29 % 89}.5,c{i % 2}");

    private static void Foreign(AdviceFolder folder) => folder.Write("out/t-test.csv", "of somebody else\n");
}
