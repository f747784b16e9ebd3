using System.Security.Cryptography;
using Rote.Data.Encoders;
using Rote.Embeddings.Onnx;
using Rote.Embeddings.Pictures;
using Rote.Embeddings.Texts;

namespace Rote.Embeddings;

/// <summary>Encoders that are ONNX networks: the built-in ones, and users' own files.</summary>
/// <remarks>docs/guide/embeddings.md describes the requirements for a file.</remarks>
public static class OnnxEncoders
{
    /// <summary>The built-in encoder of pictures.</summary>
    public const string ResNet18Name = "resnet18";

    /// <summary>The built-in encoder of texts.</summary>
    public const string MiniLmName = "minilm";

    /// <summary>The default side of pictures for <see cref="ResNet18Name"/>, in pixels.</summary>
    public const int ResNet18Side = 128;

    private const string FileExtension = ".onnx";

    /// <summary>Adds all of them to <see cref="EncoderCatalog"/>. Call it once, at the start of the program.</summary>
    public static void Register()
    {
        EncoderCatalog.Register(ResNet18Name, EncoderInput.Pictures, side => ResNet18(side));
        EncoderCatalog.Register(
            MiniLmName,
            EncoderInput.Texts,
            side => side is null ? MiniLm() : throw new InputException($"{MiniLmName} reads texts, which have no side; leave out ={side}.")
        );
        EncoderCatalog.RegisterFiles(FileExtension, path => Open(path));
    }

    /// <summary>ResNet-18, trained on ImageNet by Microsoft (CNTK), without its last layer: 512 numbers a picture.</summary>
    /// <param name="side">The side that pictures are resized to, in pixels, a multiple of 32 up to 1024; null:
    /// <see cref="ResNet18Side"/>.</param>
    /// <param name="threads">The number of threads; null: all cores.</param>
    /// <returns>The encoder, which the caller owns.</returns>
    /// <exception cref="InputException">The side is out of range, or the network beside the program is damaged.</exception>
    /// <exception cref="MachineException">The network is not beside the program.</exception>
    public static IEncoder ResNet18(int? side = null, int? threads = null)
    {
        const int Step = 32; // five halvings; CNTK pads odd sides differently for convolutions of 3×3 and of 1×1
        var preparation = new PicturePreparation
        {
            Side =
                (side ?? ResNet18Side) % Step == 0
                    ? side ?? ResNet18Side
                    : throw new InputException(
                        $"{ResNet18Name} sees squares whose side is a multiple of {Step} pixels, and {side} is asked for."
                    ),
            Scale = 1,
            Mean = [0, 0, 0],
            Deviation = [1, 1, 1],
            IsBgr = true,
            MeanPicture = OnnxGraph.Weights(BuiltInModels.ResNet18Preprocessing(), "MeanImage"),
        };
        var file = BuiltInModels.ResNet18();
        var network = OnnxNetwork.Open(OnnxGraph.OfAnySize(file), ResNet18Name, threads ?? Environment.ProcessorCount);
        var name = side is null or ResNet18Side ? ResNet18Name : $"{ResNet18Name}={side}";
        return Owned(network, () => new PictureEncoder(network, PictureModel.Of(network), preparation, name, Sha256(file)));
    }

    /// <summary>The sentence encoder all-MiniLM-L6-v2: 384 numbers a text, normalized to length 1.</summary>
    /// <param name="threads">The number of threads; null: all cores.</param>
    /// <returns>The encoder, which the caller owns. It reads the first 256 word pieces of a text; it works best in English.</returns>
    /// <exception cref="InputException">The network beside the program is damaged.</exception>
    /// <exception cref="MachineException">The network is not beside the program.</exception>
    public static IEncoder MiniLm(int? threads = null)
    {
        var (file, vocabulary) = BuiltInModels.MiniLm();
        var network = OnnxNetwork.Open(file, MiniLmName, threads ?? Environment.ProcessorCount);
        var use = new TextUse(Pooling.Mean, IsNormalized: true, MostPieces: 256, IsLowerCase: true);
        return Owned(network, () => new TextEncoder(network, TextModel.Of(network), use, vocabulary, MiniLmName, Sha256(file)));
    }

    /// <summary>A user's own network.</summary>
    /// <param name="path">An ONNX file.</param>
    /// <param name="pictures">The preprocessing of pictures. Null: that of the file's metadata, or of a preprocessor_config.json beside it,
    /// else ImageNet's mean and standard deviation.</param>
    /// <param name="threads">The number of threads; null: all cores.</param>
    /// <returns>The encoder, which the caller owns. Its name is the file's.</returns>
    /// <exception cref="InputException">The file does not exist, or is not an encoder; the message says what was found.</exception>
    /// <exception cref="MachineException">The file cannot be read.</exception>
    public static IEncoder Open(string path, PicturePreparation? pictures = null, int? threads = null)
    {
        var file = Read(path);
        var network = OnnxNetwork.Open(file, Path.GetFileName(path), threads ?? Environment.ProcessorCount);
        return Owned(
            network,
            () =>
            {
                var name = Path.GetFileName(path);
                if (TextModel.Is(network))
                {
                    var use = TextUseFiles.Find(path);
                    return new TextEncoder(network, TextModel.Of(network), use, TextUseFiles.Vocabulary(path), name, Sha256(file));
                }

                var model = PictureModel.Of(network);
                var preparation = pictures ?? PreparationFile.Find(network.Metadata, path, model.Side);
                return model.Side is null || model.Side == preparation.Side
                    ? new PictureEncoder(network, model, preparation, name, Sha256(file))
                    : throw new InputException(
                        $"{network.Name} takes pictures of {model.Side}×{model.Side}, and a side of {preparation.Side} is asked for."
                    );
            }
        );
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.Exists(path)
                ? File.ReadAllBytes(path)
                : throw new InputException($"There is no file {Path.GetFullPath(path)}; expected an ONNX network.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be read: {error.Message.TrimEnd('.')}.", error);
        }
    }

    private static IEncoder Owned(OnnxNetwork network, Func<IEncoder> make)
    {
        try
        {
            return make();
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static string Sha256(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));
}
