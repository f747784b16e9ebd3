using Rote.Measurement;
using Rote.Studies.Arpit2017;
using Rote.Studies.Arpit2017.Networks;
using Rote.Tensors;

namespace Rote.Tests.Studies.Arpit2017;

/// <summary>Results as the paper describes them.</summary>
internal class ArpitWorld
{
    public EasyResult Easy(EasyOptions options) =>
        new([.. EasyExamples.Kinds.Select((kind, i) => new EasyCounts(kind, Right(kind, options), Chance(options, 0.3, 10 + i)))]);

    public SensitivityResult Sensitivity(int horizons) =>
        new([
            Of(NoiseLevel.Real, false, horizons),
            Of(NoiseLevel.RandomLabels, false, horizons),
            Of(NoiseLevel.RandomInputs, false, horizons),
            Of(NoiseLevel.Real, true, horizons),
            Of(NoiseLevel.RandomInputs, true, horizons),
        ]);

    public CapacityResult Capacity(CapacityOptions options) =>
        new([
            .. options
                .Units.Select(units => (units, options.Examples))
                .Concat(options.Sizes.Select(size => (units: options.SizeUnits, Examples: size)))
                .Distinct()
                .SelectMany(pair => options.Levels.Select(noise => Point(noise, pair.units, pair.Examples))),
        ]);

    public CourseResult Course(CourseOptions options) =>
        new([
            .. options.Levels.Select(noise => new Course(
                noise,
                [
                    .. Enumerable
                        .Range(1, options.Recipe.Epochs)
                        .Select(epoch =>
                            Known(noise, At(noise, epoch)) with
                            {
                                Critical = options.CriticalAt.Contains(epoch) ? Critical(noise, epoch) : null,
                            }
                        ),
                ]
            )),
        ]);

    public RegularizerResult Regularizers() =>
        new([.. ArpitScale.Regularizers.Select(regularizer => Effect(regularizer, regularizer.Strength >= Largest(regularizer.Kind)))]);

    protected virtual IReadOnlyList<int> Right(NoiseLevel kind, EasyOptions options) =>
        kind == NoiseLevel.Real ? Half(options) : Chance(options, 0.2, 1);

    protected virtual IReadOnlyList<int> Chance(EasyOptions options, double probability, int index)
    {
        var random = new Seeds(1).Stream("test", index);
        return
        [
            .. Enumerable
                .Range(0, options.Watched)
                .Select(_ => Enumerable.Range(0, options.Networks).Count(_ => random.NextDouble() < probability)),
        ];
    }

    /// <summary>Half of the examples are always right, a tenth is never.</summary>
    protected static IReadOnlyList<int> Half(EasyOptions options) =>
        [
            .. Enumerable
                .Range(0, options.Watched)
                .Select(i =>
                    i % 2 == 0 ? options.Networks
                    : i % 10 == 1 ? 0
                    : 60
                ),
        ];

    protected virtual SensitivityOf Of(NoiseLevel noise, bool unique, int horizons)
    {
        var real = noise == NoiseLevel.Real;
        var values = real ? new double[] { 0, 0, 0, 1 } : [2, 2, 2, 3];
        var across = real ? 0.5 : 0.1;
        return new SensitivityOf(
            noise,
            unique,
            1,
            [.. Enumerable.Repeat(Dispersion.Gini(values), horizons)],
            values,
            values,
            [1, 1, 1, 2],
            unique
                ? []
                :
                [
                    [1, across],
                    [across, 1],
                ]
        );
    }

    protected virtual CapacityPoint Point(NoiseLevel noise, int units, int examples)
    {
        var steep = noise == NoiseLevel.Real ? 0.2 : 0.6;
        var accuracy = noise == NoiseLevel.Real ? 0.8 : 0.1 + (0.05 * Math.Log2(units));
        var epochs = (int)(1000 * Math.Pow(units / 32.0, -steep) * Math.Pow(examples / 1000.0, steep));
        return new CapacityPoint(noise, units, examples, epochs, 1, accuracy, accuracy);
    }

    protected virtual CoursePoint At(NoiseLevel noise, int epoch)
    {
        var late = 1 / (1 + Math.Exp(30 - epoch));
        var rule = 1 - Math.Exp(-epoch / 3.0);
        return new CoursePoint(epoch, rule, rule, late, 0.7 * rule * (1 - late), rule * (0.8 - (0.3 * noise.Share * late)), null);
    }

    protected virtual double Critical(NoiseLevel noise, int epoch) => 0.1 + (0.1 * (1 + noise.Share) * Math.Log10(epoch));

    protected virtual RegularizerPoint Effect(Regularizer regularizer, bool strongest) =>
        regularizer.Kind switch
        {
            RegularizerKind.None => new(regularizer, 0.8, 1),
            RegularizerKind.Dropout => new(regularizer, 0.8, 1 - regularizer.Strength),
            _ => new(regularizer, strongest ? 0.6 : 0.8, strongest ? 0.7 : 0.95),
        };

    private static double Largest(RegularizerKind kind) =>
        ArpitScale.Regularizers.Where(regularizer => regularizer.Kind == kind).Max(regularizer => regularizer.Strength);

    /// <summary>Without what there is none of.</summary>
    private static CoursePoint Known(NoiseLevel noise, CoursePoint point) =>
        noise.Share switch
        {
            0 => point with { Wrong = null, Recovered = null },
            1 when noise.Kind == NoiseKind.Inputs => point with { Right = null },
            _ => point,
        };
}

/// <summary>Results that contradict the paper and every control.</summary>
internal sealed class OppositeArpitWorld : ArpitWorld
{
    protected override IReadOnlyList<int> Right(NoiseLevel kind, EasyOptions options) =>
        kind == NoiseLevel.Real ? base.Chance(options, 0.5, 1) : Half(options);

    protected override IReadOnlyList<int> Chance(EasyOptions options, double probability, int index) => Half(options);

    protected override SensitivityOf Of(NoiseLevel noise, bool unique, int horizons)
    {
        var other = base.Of(noise == NoiseLevel.Real ? NoiseLevel.RandomLabels : NoiseLevel.Real, unique, horizons);
        return other with { Noise = noise, Untrained = noise == NoiseLevel.RandomLabels ? [0, 0, 0, 1] : [1, 1, 1, 2] };
    }

    protected override CapacityPoint Point(NoiseLevel noise, int units, int examples)
    {
        var accuracy = noise == NoiseLevel.Real ? 0.1 + (0.05 * Math.Log2(units)) : 0.4;
        var steep = noise == NoiseLevel.Real ? 0.1 : 0.3;
        var epochs = (int)(1000 * Math.Pow(units / 32.0, steep) * Math.Pow(examples / 1000.0, -steep));
        return new CapacityPoint(noise, units, examples, epochs, 1, accuracy, accuracy);
    }

    protected override CoursePoint At(NoiseLevel noise, int epoch)
    {
        var rule = 1 - Math.Exp(-epoch / 30.0);
        return new CoursePoint(epoch, rule, rule, 1 - Math.Exp(-epoch / 3.0), 0.1, 0.8 * rule, null);
    }

    protected override double Critical(NoiseLevel noise, int epoch) => 0.9 - base.Critical(noise, epoch);

    protected override RegularizerPoint Effect(Regularizer regularizer, bool strongest) =>
        new(regularizer, 0.8, regularizer.Kind is RegularizerKind.None or RegularizerKind.Dropout ? 0.9 : 0.3);
}

/// <summary>Noise is never fitted.</summary>
internal sealed class UnfittedArpitWorld : ArpitWorld
{
    protected override CapacityPoint Point(NoiseLevel noise, int units, int examples) =>
        base.Point(noise, units, examples) with
        {
            Epochs = noise == NoiseLevel.Real ? 10 : null,
        };

    protected override CoursePoint At(NoiseLevel noise, int epoch) => base.At(noise, epoch) with { Wrong = 0.1 };
}
