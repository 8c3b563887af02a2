using System.Collections.Immutable;
using BlueEdge.Grains.Storage;
using BlueEdge.Quotas;

namespace BlueEdge.Grains.Quotas;

/// <summary>Keeps the names of tenants that have uploaded something, few and seldom changed.</summary>
[GrainType("upload-tenants")]
internal sealed class UploadTenantsGrain([PersistentState("tenants")] IPersistentState<UploadTenantsState> stored) : Grain, IUploadTenantsGrain
{
    public async Task AddAsync(string tenant, CancellationToken cancellationToken)
    {
        if (stored.State.Add(tenant) is var next && next != stored.State)
        {
            await stored.SaveOrLeaveAsync(next, this);
        }
    }

    public Task<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(stored.State.Tenants);
}
