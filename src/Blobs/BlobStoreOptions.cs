using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Blobs;

/// <summary>Where large payloads lie. Configured under <c>BlueEdge:Blobs</c>.</summary>
public sealed class BlobStoreOptions
{
    /// <summary>A folder by default.</summary>
    [EnumDataType(typeof(BlobStoreKind))]
    public BlobStoreKind Store { get; set; } = BlobStoreKind.Folder;
}
