using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Channels;

/// <summary>Where the folder store keeps blobs. Configured under <c>BlueEdge:Blobs</c>.</summary>
public sealed class FolderBlobStoreOptions
{
    /// <summary>A folder that all processes see; <c>data/blobs</c> by default.</summary>
    [Required]
    public string Path { get; set; } = System.IO.Path.Combine("data", "blobs");
}
