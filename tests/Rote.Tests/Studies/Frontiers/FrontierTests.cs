using Rote.Memorization;
using Rote.Networks;
using Rote.Recipes;
using Rote.Studies.Frontiers;
using Rote.Tests.Support;

namespace Rote.Tests.Studies.Frontiers;

public sealed class FrontierTests
{
    private static readonly FrontierTool Dial = FrontierTool.Find("dial");
    private static readonly FrontierTool Plain = FrontierTool.Find("plain");

    [Fact]
    public void A_tool_without_a_dial_is_read_near_the_degree_where_the_examples_held_out_are_met_best()
    {
        var frontier = FrontierWorld.Create();
        Assert.Equal(0.45, frontier.At(Dial, 0.5)!.Value.Value, 6);

        // m is 0.95·e/20: within 0.05 of a half are e = 10 and 11; the earlier agrees better: m 0.475, accuracy 0.5 − 0.2·0.475.
        Assert.Equal(0.405, frontier.At(Plain, 0.5)!.Value.Value, 6);
    }

    [Fact]
    public void A_degree_that_no_epoch_is_near_has_no_accuracy()
    {
        Assert.Null(FrontierWorld.Create(reach: 0.4).At(Plain, 0.5));
        Assert.Null(FrontierWorld.Create(reach: 0.94).At(Plain, 1));
        Assert.NotNull(FrontierWorld.Create(reach: 1).At(Plain, 1));
        var run = FrontierWorld.Create().Runs.First(r => r.Cell.Tool == Plain);
        Assert.Null(run.StoppedAt(0.5, slack: 0.001));
    }

    [Fact]
    public void Errors_are_those_over_seeds_where_there_are_several()
    {
        var (one, three) = (FrontierWorld.Create(seeds: 1).At(Dial, 0)!.Value, FrontierWorld.Create(seeds: 3).At(Dial, 0)!.Value);
        Assert.Equal((10_000, 3), (one.Samples, three.Samples));
        Assert.Equal(Math.Sqrt(0.25 / 10_000), one.StandardError, 6);
        Assert.Equal(0.51, three.Value, 9);
        Assert.Equal(0.01 / Math.Sqrt(3), three.StandardError, 9);
    }

    [Fact]
    public void A_degree_that_one_seed_misses_has_no_accuracy_whatever_the_dial_was_asked_for()
    {
        var frontier = FrontierWorld.Create(seeds: 3, lastReach: 0.7);
        Assert.All(new[] { Dial, Plain }, tool => Assert.NotNull(frontier.At(tool, 0.5)));
        Assert.All(new[] { Dial, Plain }, tool => Assert.Null(frontier.At(tool, 1)));
        Assert.Equal(0.7, frontier.Runs.Last(run => run.Cell.Target == 1).End.Memorization);
        Assert.NotNull(FrontierWorld.Create(seeds: 3, lastReach: 0.96).At(Dial, 1));
    }

    [Fact]
    public void Every_epoch_of_a_path_is_evaluated_however_seldom_the_dial_is()
    {
        var network = new SmallResNet();
        var recipe = DialRecipe.For(network, new TaskShape(32, 32, 3, 10), 50_000);
        Assert.Equal(5, recipe.EvaluateEvery);
        var tools = FrontierTool.All.Where(tool => tool.Suits(network)).ToArray();
        var plan = FrontierWorld.Plan() with { Network = network, Recipe = recipe, Examples = 50_000, Tools = tools };
        Assert.All(plan.Cells(), cell => Assert.Equal(cell.Tool.Kind == FrontierKind.Path ? 1 : 5, cell.Experiment.Recipe.EvaluateEvery));
    }

    [Theory]
    [InlineData("mlp-1x512", "")]
    [InlineData("resnet-16", "dp-sgd")]
    [InlineData("linear", "dropout example-tied")]
    [InlineData("small-alexnet", "example-tied dp-sgd")]
    public void Tools_that_a_network_has_no_place_for_are_known(string network, string without) =>
        Assert.Equal(
            without,
            string.Join(' ', FrontierTool.All.Where(tool => !tool.Suits(NetworkCatalog.Find(network))).Select(tool => tool.Name))
        );

    [Fact]
    public void The_best_blunt_tool_is_never_the_dial() => Assert.NotEqual(Dial, FrontierWorld.Create().BestBlunt(0.5)!.Value.Tool);

    [Fact]
    public void Each_part_of_the_dial_can_be_left_out_and_is_asked_for_the_same_degrees()
    {
        var left = FrontierTool.Parts.Select(tool => DialParts.All & ~((MemorizationDial)tool.Method(0.5)).Parts).ToArray();
        Assert.Equal(Enum.GetValues<DialParts>().Where(part => int.IsPow2((int)part)).Order(), left.Order());
        var plan = FrontierWorld.Plan() with { Tools = [Dial, FrontierTool.Find("dial-without-gate")] };
        Assert.Equal(plan.Targets.Count * 2, plan.Cells().Count);
        Assert.Equal(plan.Cells().Count, plan.Cells().Select(cell => cell.Experiment.Identity).Distinct().Count());
        Assert.All(plan.Cells(), cell => Assert.NotNull(cell.Target));
    }

    [Fact]
    public void All_tools_take_as_many_images_as_the_dial_and_are_tested_every_epoch()
    {
        var plan = FrontierWorld.Plan();
        Assert.Equal(5, plan.Cells().Count);
        Assert.All(
            plan.Cells(),
            cell =>
                Assert.Equal(
                    (cell.Tool == Dial ? 20 : 25, cell.Tool == Dial),
                    (cell.Experiment.Recipe.Epochs, cell.Experiment.Recipe.TestEvery > 1)
                )
        );
        Assert.Equal(plan.Cells().Count, plan.Cells().Select(cell => cell.Experiment.Identity).Distinct().Count());
    }

    [Fact]
    public void Every_tool_can_be_named() => Assert.All(FrontierTool.All, tool => Assert.Same(tool, FrontierTool.Find(tool.Name)));
}
