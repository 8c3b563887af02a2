using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Blobs;

/// <summary>Where the folder store keeps blobs. Configured under <c>BlueEdge:Blobs</c>.</summary>
public sealed class FolderBlobStoreOptions
{
    /// <summary>A folder that all processes see; <c>data/blobs</c> by default.</summary>
    [Required]
    public string Path { get; set; } = System.IO.Path.Combine("data", "blobs");

    /// <summary>
    /// Bytes of the folder's volume that blobs leave free; <see langword="null"/>, the default, is 5 % of it, or 512 MB where that is
    /// less. 0 lets them fill it.
    /// </summary>
    [Range(0, long.MaxValue)]
    public long? ReserveBytes { get; set; }
}
