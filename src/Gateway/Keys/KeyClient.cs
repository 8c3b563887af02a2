using BlueEdge.Gateway.Http;
using BlueEdge.Keys;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Keys;

/// <summary>Asks the cluster for the keys there are.</summary>
internal sealed class KeyClient(IGrainFactory grains, IOptions<GatewayOptions> options, TimeProvider time)
{
    /// <exception cref="UnavailableException">The cluster does not answer; whether it was done is open.</exception>
    public Task<KeyAddOutcome> AddAsync(ApiKey key) =>
        CallAsync(registry => registry.AddAsync(key, CancellationToken.None), TimeSpan.Zero, "The key cannot be made now: try again soon.", CancellationToken.None);

    /// <exception cref="UnavailableException">The cluster does not answer; whether it was done is open.</exception>
    public Task<bool> RevokeAsync(string keyId) => CallAsync(
        registry => registry.RevokeAsync(keyId, CancellationToken.None), TimeSpan.Zero, $"Key '{keyId}' cannot be revoked now: try again soon.", CancellationToken.None);

    /// <exception cref="UnavailableException">The cluster does not answer.</exception>
    public Task<KeyList> ListAsync(CancellationToken cancellationToken) =>
        CallAsync(registry => registry.ListAsync(cancellationToken), TimeSpan.Zero, "The keys cannot be listed now: try again soon.", cancellationToken);

    /// <exception cref="UnavailableException">The cluster does not answer.</exception>
    public Task<KeyList> FollowAsync(Guid? known, TimeSpan turn, CancellationToken cancellationToken) =>
        CallAsync(registry => registry.FollowAsync(known, turn, cancellationToken), turn, "Keys cannot be looked at now: try again soon.", cancellationToken);

    /// <exception cref="UnavailableException">The cluster does not answer.</exception>
    public Task NoteUsesAsync(IEnumerable<KeyUse> uses, CancellationToken cancellationToken) => CallAsync(
        async registry =>
        {
            await registry.NoteUsesAsync([.. uses], cancellationToken);
            return true;
        },
        TimeSpan.Zero,
        "When keys were used cannot be noted now.",
        cancellationToken);

    private Task<T> CallAsync<T>(Func<IKeyRegistryGrain, Task<T>> call, TimeSpan expected, string refusal, CancellationToken cancellationToken) => ClusterCall.MakeAsync(
        () => call(grains.GetGrain<IKeyRegistryGrain>(IKeyRegistryGrain.Key)), expected + options.Value.CallTimeout, time, refusal, cancellationToken);
}
