using BlueEdge.Callers;
using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Keys;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Keys;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>What one gateway knows of keys that others make and revoke.</summary>
public sealed class KeyRingTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new(2026, 11, 27, 0, 0, 0, TimeSpan.Zero));
    private readonly FakeGrains _grains;
    private readonly KeyRing _ring;

    public KeyRingTests()
    {
        _grains = new() { Time = _time };
        var options = Options.Create(new GatewayOptions());
        _ring = new(new KeyClient(_grains.Factory, options, _time), Options.Create(new AuthOptions { Mode = AuthMode.Keys, BootstrapKey = Guarded.Bootstrap }), options, _time);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _ring.Dispose();

    [Fact]
    public async Task A_key_that_was_heard_of_is_found_without_a_call()
    {
        var hash = await AddAsync("key-1");
        await _ring.AskAsync(Ct);
        _grains.Trouble = call => throw new TimeoutException(call);

        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal("key-1", _ring.FindKnown(hash)?.Id);
        }
    }

    [Fact]
    public async Task A_key_that_was_just_made_elsewhere_is_asked_for_once_by_all_who_wait_for_it()
    {
        await _ring.AskAsync(Ct);
        var hash = await AddAsync("key-1");
        Assert.Null(_ring.FindKnown(hash));
        TaskCompletionSource answer = new();
        _grains.Trouble = _ => answer.Task;

        var found = Enumerable.Range(0, 100).Select(_ => _ring.FindAsync(hash, Ct)).ToList();
        answer.SetResult();

        Assert.All(await Task.WhenAll(found), key => Assert.Equal("key-1", key?.Id));
        Assert.InRange(_grains.Keys.Asked, 2, 3);
    }

    [Fact]
    public async Task A_key_that_is_revoked_elsewhere_is_heard_of_and_what_is_open_with_it_ends()
    {
        var (hash, other) = (await AddAsync("key-1"), await AddAsync("key-2"));
        await _ring.AskAsync(Ct);
        var (key, kept) = (_ring.FindKnown(hash), _ring.FindKnown(other));
        var following = _ring.FollowAsync(TimeSpan.FromSeconds(10), Ct);

        await _grains.Keys.RevokeAsync("key-1", Ct);
        await following;

        Assert.True(key?.Ended.IsCancellationRequested);
        Assert.Null(_ring.FindKnown(hash));
        Assert.Same(kept, _ring.FindKnown(other));
        Assert.False(kept?.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task What_was_heard_long_ago_does_not_count_and_the_bootstrap_key_always_does()
    {
        var hash = await AddAsync("key-1");
        await _ring.AskAsync(Ct);
        _grains.Trouble = call => throw new TimeoutException(call);
        _time.Advance(KeyRing.Trust - TimeSpan.FromTicks(1));
        Assert.NotNull(_ring.FindKnown(hash));

        _time.Advance(TimeSpan.FromTicks(1));

        Assert.InRange(KeyRing.Trust, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Null(_ring.FindKnown(hash));
        await Assert.ThrowsAsync<UnavailableException>(() => _ring.FindAsync(hash, Ct));
        Assert.Equal("bootstrap", _ring.FindKnown(KeyHash.Of(Guarded.Bootstrap))?.Id);
        _grains.Trouble = null;
        Assert.NotNull(await _ring.FindAsync(hash, Ct));
    }

    [Fact]
    public async Task A_key_ends_when_it_expires()
    {
        var (soon, late, never) = (await AddAsync("key-1", TimeSpan.FromSeconds(5)), await AddAsync("key-2", TimeSpan.FromDays(100)), await AddAsync("key-3"));
        await _ring.AskAsync(Ct);
        var keys = new[] { soon, late, never }.Select(hash => _ring.FindKnown(hash)!).ToList(); // Just added.

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([true, false, false], keys.Select(key => key.Ended.IsCancellationRequested));
        for (var day = 0; day < 100; day++)
        {
            _time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal([true, true, false], keys.Select(key => key.Ended.IsCancellationRequested));
    }

    [Fact]
    public async Task When_keys_were_used_is_told_once_for_many_uses()
    {
        var (hash, _) = (await AddAsync("key-1"), await AddAsync("key-2"));
        await _ring.AskAsync(Ct);
        var key = _ring.FindKnown(hash)!; // Just added.
        for (var i = 0; i < 1_000; i++)
        {
            _ring.Note(key);
        }

        await _ring.TellUsesAsync(Ct);

        Assert.Equal([new KeyUse("key-1", _time.GetUtcNow())], _grains.Keys.Uses);
        _time.Advance(TimeSpan.FromSeconds(10));
        _ring.Note(key);
        await _ring.TellUsesAsync(Ct);
        Assert.Equal([new KeyUse("key-1", _time.GetUtcNow())], _grains.Keys.Uses);
    }

    private async Task<KeyHash> AddAsync(string id, TimeSpan? lifetime = null)
    {
        var hash = KeyHash.Of(Guarded.Text());
        await _grains.Keys.AddAsync(new() { Id = id, Hash = hash.ToString(), Name = id, Roles = [CallerRole.Viewer], CreatedAt = _time.GetUtcNow(), ExpiresAt = _time.GetUtcNow() + lifetime }, Ct);
        return hash;
    }
}
