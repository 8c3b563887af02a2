using BlueEdge.Callers;
using BlueEdge.Keys;
using BlueEdge.Storage;
using Orleans.Core.Internal;

namespace BlueEdge.Grains.Tests.Keys;

/// <summary>The keys of a cluster, in a real Redis.</summary>
public sealed class KeyRegistryTests(Cluster cluster)
{
    private readonly ApiKey _key = Key($"key-{Guid.NewGuid():N}");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IKeyRegistryGrain Registry => cluster.Grains.GetGrain<IKeyRegistryGrain>(IKeyRegistryGrain.Key);

    [Fact]
    public async Task Keys_and_their_uses_outlive_the_grain()
    {
        var key = _key with { Tenant = "blue", ExpiresAt = new(2999, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        await Registry.AddAsync(key, Ct);
        await Registry.AddAsync(key, Ct);
        await Registry.NoteUsesAsync([new(key.Id, key.CreatedAt), new("none", key.CreatedAt)], Ct);
        var before = await Registry.ListAsync(Ct);

        await Registry.Cast<IGrainManagementExtension>().DeactivateOnIdle(Ct);

        var after = await Registry.ListAsync(Ct);
        Assert.Equal(before.Version, after.Version);
        var kept = Assert.Single(after.Keys!.Value, one => one.Id == key.Id); // All are listed.
        Assert.Equal(key with { LastUsedAt = key.CreatedAt, Roles = kept.Roles }, kept);
        Assert.Equal(key.Roles, kept.Roles);
    }

    [Fact]
    public async Task Who_follows_hears_of_a_change_and_of_nothing_else()
    {
        await Registry.AddAsync(_key, Ct);
        var first = await Registry.FollowAsync(known: null, TimeSpan.FromSeconds(20), Ct);
        Assert.Contains(first.Keys!.Value, one => one.Id == _key.Id); // Nothing was known.
        Assert.Null((await Registry.FollowAsync(first.Version, TimeSpan.Zero, Ct)).Keys);
        var following = Registry.FollowAsync(first.Version, TimeSpan.FromSeconds(20), Ct);

        await Registry.NoteUsesAsync([new(_key.Id, _key.CreatedAt)], Ct);
        Assert.False(following.IsCompleted);
        Assert.True(await Registry.RevokeAsync(_key.Id, Ct));

        Assert.DoesNotContain((await following).Keys!.Value, one => one.Id == _key.Id); // They are others.
        Assert.False(await Registry.RevokeAsync(_key.Id, Ct));
    }

    [Fact]
    public async Task What_could_not_be_stored_is_not_told()
    {
        await using var own = await OwnCluster.StartAsync(silos: 1);
        var registry = own.Grains.GetGrain<IKeyRegistryGrain>(IKeyRegistryGrain.Key);
        await registry.AddAsync(_key, Ct);
        var known = await registry.ListAsync(Ct);
        await own.Redis.SetAsync("min-replicas-to-write", "1");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => registry.AddAsync(Key("two"), Ct));

        await own.Redis.SetAsync("min-replicas-to-write", "0");
        var now = await registry.ListAsync(Ct);
        Assert.Equal((known.Version, 1), (now.Version, now.Keys!.Value.Length)); // All are listed.
        Assert.Equal(KeyAddOutcome.Added, await registry.AddAsync(Key("two"), Ct));
    }

    private static ApiKey Key(string id) =>
        new() { Id = id, Hash = new string('0', 64), Name = id, Roles = [CallerRole.Viewer, CallerRole.Operator], CreatedAt = new(2026, 11, 27, 0, 0, 0, TimeSpan.Zero) };
}
