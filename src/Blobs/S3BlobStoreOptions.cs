namespace BlueEdge.Blobs;

/// <summary>Where the S3 store keeps blobs. Configured under <c>BlueEdge:Blobs:S3</c>.</summary>
public sealed class S3BlobStoreOptions
{
    /// <summary>The server's address, for example <c>http://minio:9000</c>; <see langword="null"/>, the default, is Amazon's in the region.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The region, for Amazon and in signatures; <c>us-east-1</c> by default.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>The bucket; made at the first write where it is missing. Required.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>Begins the names of all objects; <c>blueedge/</c> by default.</summary>
    public string Prefix { get; set; } = "blueedge/";

    /// <summary>The access key; <see langword="null"/>, the default, takes what the machine provides (environment, role).</summary>
    public string? AccessKey { get; set; }

    /// <summary>The secret that belongs to <see cref="AccessKey"/>.</summary>
    public string? SecretKey { get; set; }

    /// <summary>Whether the bucket is in the path and not in the host's name; so by default, as most servers want it.</summary>
    public bool PathStyle { get; set; } = true;
}
