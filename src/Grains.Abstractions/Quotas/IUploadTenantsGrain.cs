using System.Collections.Immutable;

namespace BlueEdge.Quotas;

/// <summary>Which tenants have uploaded something, ever, so that it is found when it has expired; there is one, with the key <see cref="Key"/>.</summary>
[Alias("blueedge.upload-tenants")]
public interface IUploadTenantsGrain : IGrainWithIntegerKey
{
    /// <summary>The grain's key.</summary>
    const long Key = 0;

    /// <summary>Notes a tenant, which is stored once this returns; one that is known changes nothing.</summary>
    [Alias("add")]
    Task AddAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>All of them but the default one.</summary>
    [Alias("list")]
    Task<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken);
}
