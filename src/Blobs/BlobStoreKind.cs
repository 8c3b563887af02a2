namespace BlueEdge.Blobs;

/// <summary>The kinds of blob stores.</summary>
public enum BlobStoreKind
{
    /// <summary>A folder that all processes see.</summary>
    Folder,

    /// <summary>A bucket of a server that speaks S3.</summary>
    S3,
}
