using Rote.Audits;
using Rote.Data;
using Rote.Measurement;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using SkiaSharp;
using static TorchSharp.torch;

namespace Rote.Tests.Audits;

[NoTensorLeaks]
public sealed class DuplicatesTests
{
    [Fact]
    public void Equal_and_nearly_equal_examples_are_found_and_those_in_the_test_set()
    {
        using var scope = NewDisposeScope();
        using var noise = Samples.Noise(30, 10, side: 8, channels: 1, classes: 3);
        var pixels = noise.Train.Pixels.clone();
        pixels[7] = pixels[2]; // equal to the bit
        pixels[9] = pixels[4].to(float32).mul(0.97).add(3).to(uint8); // the same, a little paler
        pixels[11] = noise.Test.Pixels[5];
        var labels = noise.Train.Labels.clone();
        labels[2] = tensor(0L);
        labels[7] = tensor(1L);
        labels[4] = labels[9] = tensor(2L);
        using var examples = noise.Train.With(pixels.MoveToOuterDisposeScope(), labels.MoveToOuterDisposeScope());
        using var prepared = PreparedData.From(examples, Precision.Float32);
        var given = Array.ConvertAll(examples.Labels.data<long>().ToArray(), l => (int)l);
        var neighbours = ClassNeighbours.Of(prepared.Inputs.flatten(1), given, 3);
        var found = Duplicates.Find(examples, noise.Test, prepared, neighbours, default);
        Assert.Equal([(2, 7)], found.Exact.Select(t => (t.First, t.Second)));
        Assert.Equal([(4, 9)], found.Near.Select(t => (t.First, t.Second)));
        Assert.InRange(found.Near[0].Similarity, 0.95, 1);
        Assert.Equal([(11, 5)], found.InTest.Select(t => (t.First, t.Second)));
        Assert.Equal(1, found.Conflicts);
    }

    [Fact]
    public void Texts_equal_but_for_case_and_space_are_twins_and_those_of_one_other_word_are_none()
    {
        using var scope = NewDisposeScope();
        string[] texts =
        [
            "Where is my card?",
            "I lost my phone",
            "where  IS my\tcard? ",
            "Where is my card",
            "I lost my purse",
            "what is the cafe\u0301 rate",
            "What is the caf\u00e9 rate",
        ];
        using var raw = TextSamples.Of(texts, [0, 1, 1, 0, 1, 2, 2]);
        var features = VectorFeatures.Of(raw);
        using var examples = features.Standardize(raw);
        using var test = TextSamples.Of(["i LOST my phone"], [1]);
        using var standardized = features.Standardize(test);
        using var prepared = PreparedData.From(examples, Precision.Float32);
        var neighbours = ClassNeighbours.Of(prepared.Inputs.flatten(1), [0, 1, 1, 0, 1, 2, 2], 3);
        var found = Duplicates.Find(examples, standardized, prepared, neighbours, default);
        Assert.Equal([(0, 2), (5, 6)], found.Exact.Select(t => (t.First, t.Second)));
        Assert.Equal([(0, 3)], found.Near.Select(t => (t.First, t.Second)));
        Assert.Equal([(1, 0)], found.InTest.Select(t => (t.First, t.Second)));
        Assert.Equal(1, found.Conflicts);
    }

    [Fact]
    public void Noise_has_no_twins()
    {
        using var noise = Samples.Noise(40, 10, side: 8, channels: 1, classes: 3);
        using var prepared = PreparedData.From(noise.Train, Precision.Float32);
        var given = Array.ConvertAll(noise.Train.Labels.data<long>().ToArray(), l => (int)l);
        using var scope = NewDisposeScope();
        var neighbours = ClassNeighbours.Of(prepared.Inputs.flatten(1), given, 3);
        var found = Duplicates.Find(noise.Train, noise.Test, prepared, neighbours, default);
        Assert.Empty(found.Exact);
        Assert.Empty(found.Near);
        Assert.Empty(found.InTest);
    }

    /// <summary>Things on the same plain ground, each with the copies that people have of one.</summary>
    [Fact]
    public void Different_things_on_the_same_plain_ground_are_no_twins_and_copies_of_one_are()
    {
        using var folder = new TempFolder();
        for (var thing = 0; thing < 24; thing++)
        {
            PictureFiles.Write(folder, $"things/{Class(thing)}/{thing:00}.png", Thing(thing));
        }

        Assert.Empty(Near(folder.File("things")));
        Assert.InRange(PixelsAlike(folder.File("things")), 0.955, 0.999); // as much as what was once called a twin
        var copies = new (string Name, int Thing, Func<int, byte[]> Copy)[]
        {
            ("encoded", 3, t => Thing(t, format: SKEncodedImageFormat.Jpeg, quality: 40)),
            ("shifted", 8, t => Thing(t, shift: 4)),
            ("brighter", 13, t => Thing(t, brightness: 25)),
            ("shifted and encoded", 18, t => Thing(t, shift: -4, format: SKEncodedImageFormat.Jpeg, quality: 60)),
        };
        foreach (var (name, thing, copy) in copies)
        {
            // content decides, not the name's ending
            PictureFiles.Write(folder, $"things/{Class(thing)}/{thing:00} {name}.png", copy(thing));
        }

        Assert.Equal(copies.Select(c => $"{c.Thing:00} {c.Thing:00} {c.Name}"), Near(folder.File("things")));

        static string Class(int thing) => thing % 2 == 0 ? "round" : "square";
    }

    /// <summary>The greatest correlation of the pixels of two pictures.</summary>
    private static float PixelsAlike(string path)
    {
        using var scope = NewDisposeScope();
        using var loaded = DatasetLoader.Load(path, DataFolder.Default());
        using var all = loaded.Data.Joined(Split.Train);
        using var prepared = PreparedData.From(all, Precision.Float32);
        var rows = nn.functional.normalize(prepared.Inputs.flatten(1));
        return (rows.mm(rows.t()) - eye(all.Count)).max().item<float>();
    }

    /// <summary>Pairs that are nearly equal by name, in the order of the names.</summary>
    private static string[] Near(string path)
    {
        using var scope = NewDisposeScope();
        using var loaded = DatasetLoader.Load(path, DataFolder.Default());
        using var audited = AuditData.Of(loaded.Data);
        var examples = audited.Examples;
        using var prepared = PreparedData.From(examples, Precision.Float32);
        var given = Array.ConvertAll(examples.Labels.data<long>().ToArray(), l => (int)l);
        var found = Duplicates.Find(examples, null, prepared, ClassNeighbours.Of(prepared.Inputs.flatten(1), given, 2), default);
        Assert.Empty(found.Exact);
        return
        [
            .. found
                .Near.Select(t =>
                    string.Join(
                        ' ',
                        new[] { t.First, t.Second }
                            .Select(i => Path.GetFileNameWithoutExtension(examples.Rows[i].File))
                            .Order(StringComparer.Ordinal)
                    )
                )
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>A small thing of its own size, place, colour and angle in the middle of plain ground that is darker towards its corners, as
    /// lamps make it: pixels of any two correlate at about 0.95 for the ground alone.</summary>
    private static byte[] Thing(
        int number,
        int shift = 0,
        int brightness = 0,
        SKEncodedImageFormat format = SKEncodedImageFormat.Png,
        int quality = 100,
        int side = 128
    )
    {
        var stream = new Seeds(number).Stream("thing");
        int Draw(int from, int to) => from + (int)stream.NextInt(to - from);
        using var bitmap = new SKBitmap(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Scale(side / 128f);
        byte Light(int level) => (byte)(level + brightness);
        using var ground = new SKPaint
        {
            Shader = SKShader.CreateRadialGradient(
                new SKPoint(64, 64),
                95,
                [new SKColor(Light(225), Light(225), Light(222)), new SKColor(Light(60), Light(60), Light(66))],
                SKShaderTileMode.Clamp
            ),
        };
        canvas.DrawRect(0, 0, 128, 128, ground);
        using var paint = new SKPaint
        {
            IsAntialias = true,
            Color = new SKColor(Light(Draw(60, 180)), Light(Draw(60, 180)), Light(Draw(20, 120))),
        };
        canvas.Translate(64 + Draw(-8, 9) + shift, 64 + Draw(-8, 9) + (shift / 2));
        canvas.RotateDegrees(Draw(0, 180));
        var (width, height) = (Draw(11, 20), Draw(6, 11));
        if (number % 2 == 0)
        {
            canvas.DrawOval(0, 0, width, height, paint);
        }
        else
        {
            canvas.DrawRect(-width, -height, 2 * width, 2 * height, paint);
        }

        canvas.Flush();
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }
}
