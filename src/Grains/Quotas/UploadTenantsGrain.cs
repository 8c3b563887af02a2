using System.Collections.Immutable;
using BlueEdge.Quotas;

namespace BlueEdge.Grains.Quotas;

/// <summary>Keeps the names of tenants that have uploaded something, few and seldom changed.</summary>
[GrainType("upload-tenants")]
internal sealed class UploadTenantsGrain([PersistentState("tenants")] IPersistentState<UploadTenantsState> stored) : Grain, IUploadTenantsGrain
{
    public async Task AddAsync(string tenant, CancellationToken cancellationToken)
    {
        var before = stored.State;
        var next = before.Add(tenant);
        if (next == before)
        {
            return;
        }

        stored.State = next;
        try
        {
            await stored.WriteStateAsync(CancellationToken.None);
        }
        catch
        {
            stored.State = before;
            DeactivateOnIdle();
            throw;
        }
    }

    public Task<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(stored.State.Tenants);
}
