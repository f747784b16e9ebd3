using Rote.Data.Download;

namespace Rote.Data.Catalog;

/// <summary>What a catalog entry makes its examples from.</summary>
/// <param name="Files">Its files, checked as they are read.</param>
/// <param name="Folder">Its folder inside the data folder, whether it is there or not.</param>
/// <param name="Progress">Receives messages; null for silence.</param>
/// <param name="Token">Cancels.</param>
internal sealed record CatalogRequest(CheckedFiles Files, string Folder, IProgress<DownloadProgress>? Progress, CancellationToken Token);
