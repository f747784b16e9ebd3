using System.Text;
using System.Text.RegularExpressions;
using Rote.Tensors;

namespace Rote.Tests.Support;

/// <summary>Files as damage, other programs and malice leave them; the same for the same seed.</summary>
internal static partial class Mutations
{
    private static readonly string[] Values =
    [
        "null",
        "-1",
        "0",
        "1e308",
        "-1e308",
        "9223372036854775807",
        "99999999999999999999",
        "NaN",
        "\"NaN\"",
        "true",
        "[]",
        "{}",
        "\"\"",
        "\"\\u0000\"",
        "0.5",
        "2147483648",
        "\"x\"",
    ];

    /// <summary>A text of JSON with a value exchanged, a member doubled or lost, or bytes changed.</summary>
    public static byte[] Json(byte[] whole, int seed)
    {
        var random = new Seeds(seed).Stream("mutation");
        var text = Encoding.UTF8.GetString(whole);
        var found = Value().Matches(text);
        if (seed % 3 == 2 || found.Count == 0)
        {
            return Bytes(whole, seed);
        }

        var match = found[random.NextInt(found.Count)];
        var value = Values[random.NextInt(Values.Length)];
        return Encoding.UTF8.GetBytes(
            (seed % 3, random.NextInt(4)) switch
            {
                (0, _) => text[..match.Index] + $"{match.Groups["name"].Value}{value}" + text[(match.Index + match.Length)..],
                (_, 0) => text[..match.Index] + $"{match.Value}, {match.Value}" + text[(match.Index + match.Length)..],
                (_, 1) => text[..match.Index] + text[(match.Index + match.Length)..],
                (_, 2) => text[..match.Index]
                    + $"{match.Groups["name"].Value}{new string('[', 100)}"
                    + text[(match.Index + match.Length)..],
                _ => text[..match.Index] + $"\"unknown\": 1, {match.Value}" + text[(match.Index + match.Length)..],
            }
        );
    }

    /// <summary>A file cut, lengthened, with bytes flipped, doubled or set to extremes.</summary>
    public static byte[] Bytes(byte[] whole, int seed)
    {
        var random = new Seeds(seed).Stream("mutation");
        var bytes = whole.ToList();
        for (var times = 1 + random.NextInt(4); times > 0; times--)
        {
            var at = random.NextInt(Math.Max(1, bytes.Count));
            switch (random.NextInt(6))
            {
                case 0:
                    bytes.RemoveRange(Math.Min(at, bytes.Count), Math.Max(0, bytes.Count - at));
                    break;
                case 1 when bytes.Count > 0:
                    bytes[at] ^= (byte)(1 << random.NextInt(8));
                    break;
                case 2 when bytes.Count > 0:
                    bytes[at] = (byte)(random.NextInt(2) * 255);
                    break;
                case 3:
                    bytes.InsertRange(
                        Math.Min(at, bytes.Count),
                        bytes.Skip(random.NextInt(bytes.Count + 1)).Take(random.NextInt(40)).ToArray()
                    );
                    break;
                case 4:
                    bytes.RemoveRange(Math.Min(at, bytes.Count), Math.Min(random.NextInt(9), Math.Max(0, bytes.Count - at)));
                    break;
                default:
                    bytes.InsertRange(Math.Min(at, bytes.Count), [0xFF, 0xFF, 0xFF, 0x7F]);
                    break;
            }
        }

        return [.. bytes];
    }

    [GeneratedRegex("""(?<name>"[A-Za-z0-9]+": ?)("(?:[^"\\]|\\.)*"|[-+.0-9eE]+|true|false|null)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();
}
