using Rote.Measurement;

namespace Rote.Features;

/// <summary>The number of bits in which a training procedure can send the labels of its examples: what it found in them, without a test
/// set.</summary>
/// <param name="IsRandom">Whether the labels are random; otherwise they are the run's given labels.</param>
/// <param name="Examples">Examples whose labels are sent, n.</param>
/// <param name="Bits">The length of the code, in bits.</param>
/// <param name="Uniform">The length without a network, n · log₂ K bits for K classes.</param>
/// <param name="Share">Bits over those of the uniform code, with the error of the examples.</param>
/// <param name="Blocks">The cost of each block.</param>
public sealed record CodeLength(bool IsRandom, int Examples, double Bits, double Uniform, Estimate Share, IReadOnlyList<CodeBlock> Blocks);

/// <summary>A block of a code.</summary>
/// <param name="Known">Examples that were known before.</param>
/// <param name="Count">Examples of the block.</param>
/// <param name="Bits">The cost of their labels, in bits.</param>
/// <param name="Temperature">The divisor of the logits; infinite if the uniform code was as good.</param>
public sealed record CodeBlock(int Known, int Count, double Bits, double Temperature);
