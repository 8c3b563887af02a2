using System.Collections.Concurrent;
using BlueEdge.Callers;
using BlueEdge.Gateway.Http;
using BlueEdge.Quotas;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Blobs;

/// <summary>Has the cluster know which tenants upload, before they do: what expires is looked for by their names. Each is told once a process.</summary>
internal sealed class UploadTenants(IGrainFactory grains, IOptions<GatewayOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, byte> _known = new(StringComparer.Ordinal);

    /// <param name="tenant">As <see cref="Caller.NamedTenant"/> has it; of the default one everybody knows.</param>
    /// <exception cref="UnavailableException">The cluster does not answer.</exception>
    public async Task NoteAsync(string? tenant)
    {
        if (tenant is null || _known.ContainsKey(tenant))
        {
            return;
        }

        await ClusterCall.MakeAsync(
            async () =>
            {
                await grains.GetGrain<IUploadTenantsGrain>(IUploadTenantsGrain.Key).AddAsync(tenant, CancellationToken.None);
                return true;
            },
            options.Value.CallTimeout,
            time,
            "Nothing can be uploaded now: try again soon.",
            CancellationToken.None);
        _known.TryAdd(tenant, 0);
    }
}
