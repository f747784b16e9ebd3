using Rote.Measurement;
using Rote.Networks;
using Rote.Studies.Claims;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Studies.Zhang2017.Claims;

/// <summary>Table 1's column of parameters. They are counted in the networks, so they are the same at every scale.</summary>
internal static class ParameterClaims
{
    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        Paper.Parameters.Select(row =>
            make.Create(
                $"parameters/{row.Network}",
                "Table 1",
                $"{StudyNames.Network(row.Network)} has this many trainable parameters",
                $"{row.Parameters:N0}",
                Unit.Number,
                new Within(row.Parameters, 0, "A count is exact."),
                [],
                _ => new Estimate(Count(row.Network), 0, 1)
            )
        );

    private static long Count(string network)
    {
        TorchLibrary.Load();
        using var scope = NewDisposeScope();
        using var module = NetworkCatalog
            .Find(network)
            .Build(new TaskShape(Paper.Side, Paper.Side, 3, 10), Precision.Float32, new Seeds(1));
        return module.parameters().Where(parameter => parameter.requires_grad).Sum(parameter => parameter.numel());
    }
}
