namespace Rote.Reports.Reviews;

/// <summary>A picture that a browser can show.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="MediaType">As <c>image/png</c>; never one that can hold a script.</param>
public sealed record ExamplePicture(byte[] Bytes, string MediaType);
