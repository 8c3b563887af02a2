using System.Diagnostics.Metrics;
using Amazon.Runtime;
using Amazon.S3;
using BlueEdge.Channels;
using BlueEdge.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BlueEdge.Blobs;

/// <summary>Registers the blob store that <c>BlueEdge:Blobs:Store</c> names.</summary>
public static class BlobStoreHosting
{
    /// <summary>Adds the store, unless there is one.</summary>
    public static IServiceCollection AddBlobStore(this IServiceCollection services)
    {
        services.AddSettings<BlobStoreOptions>("BlueEdge:Blobs");
        services.AddSettings<FolderBlobStoreOptions>("BlueEdge:Blobs");
        services.AddSettings<S3BlobStoreOptions>("BlueEdge:Blobs:S3")
            .Validate<IOptions<BlobStoreOptions>>(
                (s3, blobs) => blobs.Value.Store is not BlobStoreKind.S3 || s3.Bucket.Length > 0,
                "BlueEdge:Blobs:Store is s3 and BlueEdge:Blobs:S3:Bucket is not set: name the bucket, or set BlueEdge:Blobs:Store=folder.");
        services.TryAddSingleton(Create);
        return services;
    }

    /// <summary>A host has meters; a container without them has the store alone.</summary>
    private static IBlobStore Create(IServiceProvider provider)
    {
        IBlobStore store = provider.GetRequiredService<IOptions<BlobStoreOptions>>().Value.Store switch
        {
            BlobStoreKind.S3 => CreateS3(provider.GetRequiredService<IOptions<S3BlobStoreOptions>>().Value),
            _ => ActivatorUtilities.CreateInstance<FolderBlobStore>(provider),
        };
        return provider.GetService<IMeterFactory>() is { } meters
            ? new MeasuredBlobStore(store, new(meters), provider.GetService<TimeProvider>() ?? TimeProvider.System)
            : store;
    }

    private static S3BlobStore CreateS3(S3BlobStoreOptions options)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.PathStyle,

            // Others than Amazon know no checksums behind the content.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = options.Region;
        }
        else
        {
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.Region);
        }

        var client = options.AccessKey is { } key
            ? new AmazonS3Client(new BasicAWSCredentials(key, options.SecretKey), config)
            : new AmazonS3Client(config);
        return new(client, options.Bucket, options.Prefix);
    }
}
