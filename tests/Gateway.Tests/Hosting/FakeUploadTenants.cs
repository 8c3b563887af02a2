using System.Collections.Immutable;
using BlueEdge.Quotas;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>Which tenants have uploaded, in memory.</summary>
internal sealed class FakeUploadTenants(FakeGrains grains) : IUploadTenantsGrain
{
    public ImmutableArray<string> Tenants { get; private set; } = [];

    public async Task AddAsync(string tenant, CancellationToken cancellationToken)
    {
        await grains.TroubleAsync("AddUploadTenant");
        Tenants = [.. Tenants.Union([tenant], StringComparer.Ordinal)];
    }

    public Task<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(Tenants);
}
