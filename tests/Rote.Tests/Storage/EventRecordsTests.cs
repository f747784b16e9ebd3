using Rote.Storage;
using Tensorboard;

namespace Rote.Tests.Storage;

public sealed class EventRecordsTests
{
    // RFC 3720, appendix B.4, "CRC Examples"; the last is the check value of the CRC catalogue (CRC-32/ISCSI).
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", 0x8a9136aa)]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", 0x62a8ab43)]
    [InlineData("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", 0x46dd794e)]
    [InlineData("1F1E1D1C1B1A191817161514131211100F0E0D0C0B0A09080706050403020100", 0x113fdb5c)]
    [InlineData("313233343536373839", 0xe3069283)]
    public void Checksums_are_those_of_the_standard(string bytes, uint expected) =>
        Assert.Equal(expected, EventRecords.Checksum(Convert.FromHexString(bytes)));

    // Records of other writers: TensorFlow 1.x, tensorflow/python/summary/impl/event_file_loader_test.py (RECORD), and tensorboard_logger,
    // tests/test_tensorboard_logger.py (the scalar "v/1" = 1.5 at step 1).
    [Fact]
    public void Records_are_byte_for_byte_those_of_other_writers()
    {
        var wallTime = BitConverter.Int64BitsToDouble(0x41D575DD25C00000);
        Assert.Equal(
            "1800000000000000A37F4B22" + "090000C025DD75D5411A0D627261696E2E4576656E743A31" + "ECF3328D",
            Convert.ToHexString(EventRecords.Frame(new Event { WallTime = wallTime, FileVersion = "brain.Event:1" }))
        );

        var summary = new Summary
        {
            Value =
            {
                new Summary.Types.Value { Tag = "v/1", SimpleValue = 1.5f },
            },
        };
        Assert.Equal(
            "19000000000000008BF10828" + "090000000000087040" + "1001" + "2A0C0A0A0A03762F31150000C03F" + "2CECC087",
            Convert.ToHexString(
                EventRecords.Frame(
                    new Event
                    {
                        WallTime = 256.5,
                        Step = 1,
                        Summary = summary,
                    }
                )
            )
        );
    }
}
