namespace Rote.Studies.Feldman2020.Estimates;

/// <summary>Which labels some networks predict, packed into bits so that their file stays small.</summary>
/// <param name="Networks">Number of networks.</param>
/// <param name="Train">Base64 of a bit for each network and training example.</param>
/// <param name="Test">The same of the test examples.</param>
internal sealed record HitBits(int Networks, string Train, string Test)
{
    /// <summary>Packs.</summary>
    /// <param name="train">[T][N] whether a network predicts the label of a training example.</param>
    /// <param name="test">[T][M] the same of the test examples.</param>
    public static HitBits Of(bool[][] train, bool[][] test) => new(train.Length, Pack(train), Pack(test));

    /// <summary>[T][N] of the training examples.</summary>
    public bool[][] TrainHits() => Unpack(Train);

    /// <summary>[T][M] of the test examples.</summary>
    public bool[][] TestHits() => Unpack(Test);

    /// <summary>Every network begins with a byte of its own.</summary>
    private static string Pack(bool[][] flags)
    {
        var width = (flags[0].Length + 7) / 8;
        var bytes = new byte[4 + (flags.Length * width)];
        BitConverter.TryWriteBytes(bytes, flags[0].Length);
        for (var k = 0; k < flags.Length; k++)
        {
            for (var i = 0; i < flags[k].Length; i++)
            {
                bytes[4 + (k * width) + (i / 8)] |= (byte)(flags[k][i] ? 1 << (i % 8) : 0);
            }
        }

        return Convert.ToBase64String(bytes);
    }

    private bool[][] Unpack(string packed)
    {
        var bytes = Convert.FromBase64String(packed);
        var length = BitConverter.ToInt32(bytes);
        var width = (length + 7) / 8;
        var flags = new bool[Networks][];
        for (var k = 0; k < Networks; k++)
        {
            flags[k] = new bool[length];
            for (var i = 0; i < length; i++)
            {
                flags[k][i] = (bytes[4 + (k * width) + (i / 8)] >> (i % 8) & 1) == 1;
            }
        }

        return flags;
    }
}
