using System.Collections.Concurrent;
using BlueEdge.Callers;
using BlueEdge.Quotas;

namespace BlueEdge.Gateway.Quotas;

/// <summary>The quotas of all tenants that call at this gateway. Nothing is made for who has none.</summary>
internal sealed class GatewayQuotas(QuotaTable table, IGrainFactory grains, QuotaMetrics metrics, TimeProvider time, ILogger<GatewayQuotas> logger) : IDisposable
{
    /// <summary>How long a grain that has something to hear waits for it.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    private readonly Guid _gateway = Guid.NewGuid();
    private readonly ConcurrentDictionary<string, TenantQuota> _tenants = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private ITimer? _telling;

    /// <summary>The quotas of who calls; <see langword="null"/> where there is none.</summary>
    public TenantQuota? OfCaller => Caller.Current.Tenant is var tenant && table.Of(tenant) == QuotaLimits.None ? null
        : _tenants.TryGetValue(tenant, out var known) ? known
        : Begin(tenant);

    public void Dispose()
    {
        lock (_lock)
        {
            _telling?.Dispose();
        }
    }

    private TenantQuota Begin(string tenant)
    {
        lock (_lock)
        {
            if (_telling is null)
            {
                // It outlives the request, and is on nobody's behalf.
                using var nobody = ExecutionContext.SuppressFlow();
                _telling = time.CreateTimer(_ => Tell(), state: null, Turn, Turn);
            }
        }

        return _tenants.GetOrAdd(tenant, name => new(_gateway, name, table, grains, metrics, time, logger));
    }

    private void Tell()
    {
        foreach (var tenant in _tenants.Values)
        {
            tenant.Tell();
        }
    }
}
