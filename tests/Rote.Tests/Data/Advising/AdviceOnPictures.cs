using Rote.Data;
using Rote.Tests.Support;
using SkiaSharp;
using static Rote.Tests.Data.Advising.Advice;
using static Rote.Tests.Data.Advising.AdviceOnFolders;

namespace Rote.Tests.Data.Advising;

/// <summary>Advice on pictures that cannot be read, and on those that are not square.</summary>
internal static class AdviceOnPictures
{
    private static readonly Dictionary<string, byte[]> Damaged = With(
        Files("d", row => $"{Label(row)}/{row:D2}.png", Grey),
        ("d/x/04.png", [1, 2, 3]),
        ("d/y/05.png", [])
    );

    /// <summary>White at the two ends, black in the central square; of several sizes, so that they are scaled.</summary>
    private static readonly Dictionary<string, byte[]> Wide = Files(
        "d",
        row => $"{Label(row)}/{row:D2}.png",
        row => Ends(row % 2 == 0 ? 2 : 1)
    );

    private static readonly Dictionary<string, byte[]> AllWide = Files("d", row => $"{Label(row)}/{row:D2}.png", _ => Ends(1));

    public static Advice[] All { get; } =
    [
        new("damaged pictures repaired", "d", $". Repair or remove them")
        {
            Files = Damaged,
            Then = new() { ["d/x/04.png"] = Grey(4), ["d/y/05.png"] = Grey(5) },
            Right = Named(row => ["8x8", 20 * row]),
        },
        new("damaged pictures removed", "d", $"or remove them, or leave them out")
        {
            Files = Damaged,
            Then = new() { ["d/x/04.png"] = null, ["d/y/05.png"] = null },
            Right = Sound,
        },
        new("damaged pictures skipped", "d", $". Repair or remove them, or leave them out ({Setting.SkipBad}).")
        {
            Files = Damaged,
            Followed = new() { SkipBad = true },
            Right = Sound,
        },
        new("white drawings on a darker ground", "d", $" only their alpha channel draws: {Count:N0}; put them on a darker ground first.")
        {
            Files = Drawings(ground: SKColors.Transparent),
            Then = Drawings(SKColors.Black).ToDictionary(file => file.Key, file => (byte[]?)file.Value),
            Right = Named(_ => ["8x8", 128]),
        },
        new("pictures padded", "d", $" at most; {Setting.Fit} pad or ")
        {
            Files = Wide,
            Asked = new() { ImageSize = 8 },
            Followed = new() { ImageSize = 8, Fit = PictureFit.Pad },
            Right = Named(_ => ["8x8", 128]), // grey above and below; of the rest a half is white, and a half black
        },
        new("pictures squashed", "d", $" of the area in the median and 50 % at most; {Setting.Fit} pad or squash keeps it.")
        {
            Files = Wide,
            Asked = new() { ImageSize = 8 },
            Followed = new() { ImageSize = 8, Fit = PictureFit.Squash },
            Right = Named(_ => ["8x8", 128]),
        },
        new(
            "squares of one size",
            "d",
            $" and keep this size, so that there is nothing to fit; {Setting.ImageSize} 16 makes squares of them."
        )
        {
            Files = AllWide,
            Asked = new() { Fit = PictureFit.Squash },
            Followed = new() { Fit = PictureFit.Squash, ImageSize = 16 },
            Right = Named(_ => ["16x16", 128]),
        },
    ];

    private static string[] Sound =>
        [
            .. Named(row => ["8x8", 20 * row])
                .Where(line => !line.Contains("/04", StringComparison.Ordinal) && !line.Contains("/05", StringComparison.Ordinal)),
        ];

    private static string[] Named(Func<int, object[]> values) => Of(row => $"{Label(row)}/{row:D2}.png", values, Label);

    private static byte[] Ends(int scale) =>
        PictureFiles.Draw(16 * scale, 8 * scale, (x, _) => x < 4 * scale || x >= 12 * scale ? new(255, 255, 255) : new(0, 0, 0));

    /// <summary>White on the left half.</summary>
    private static Dictionary<string, byte[]> Drawings(SKColor ground) =>
        Files("d", row => $"{Label(row)}/{row:D2}.png", _ => PictureFiles.Draw(8, 8, (x, _) => x < 4 ? SKColors.White : ground));
}
