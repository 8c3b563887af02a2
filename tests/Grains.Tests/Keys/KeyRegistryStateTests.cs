using BlueEdge.Callers;
using BlueEdge.Grains.Keys;
using BlueEdge.Keys;

namespace BlueEdge.Grains.Tests.Keys;

public sealed class KeyRegistryStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_key_is_added_and_revoked_and_each_is_another_version()
    {
        var one = new KeyRegistryState().Add(Key("one"), Now)!; // There is room.
        var two = one.Add(Key("two"), Now)!;
        var rest = two.Revoke("one");

        Assert.Equal(["one", "two"], two.Keys.Select(key => key.Id));
        Assert.Equal(["two"], rest.Keys.Select(key => key.Id));
        Assert.Equal(4, new[] { Guid.Empty, one.Version, two.Version, rest.Version }.Distinct().Count());
    }

    [Fact]
    public void Expired_keys_make_room_after_thirty_days()
    {
        var full = new KeyRegistryState { Keys = [.. Enumerable.Range(0, IKeyRegistryGrain.MostKeys).Select(i => Key($"{i}", i == 0 ? Now : null))] };

        Assert.Null(full.Add(Key("more"), Now + TimeSpan.FromDays(30)));

        var made = full.Add(Key("more"), Now + TimeSpan.FromDays(30) + TimeSpan.FromTicks(1));
        Assert.Equal((false, true, IKeyRegistryGrain.MostKeys), (made!.Has("0"), made.Has("more"), made.Keys.Length)); // There is room.
    }

    [Fact]
    public void The_newest_use_is_noted_and_is_no_other_version()
    {
        var state = new KeyRegistryState().Add(Key("one"), Now)!; // There is room.

        var noted = state.Note(Uses(Now)).Note(Uses(Now - TimeSpan.FromSeconds(1)));

        Assert.Equal(Now, Assert.Single(noted.Keys).LastUsedAt);
        Assert.Equal(state.Version, noted.Version);
        Assert.Same(noted, noted.Note(new Dictionary<string, DateTimeOffset>()));
    }

    private static Dictionary<string, DateTimeOffset> Uses(DateTimeOffset at) => new() { ["one"] = at, ["none"] = at };

    private static ApiKey Key(string id, DateTimeOffset? expiresAt = null) =>
        new() { Id = id, Hash = "", Name = id, Roles = [CallerRole.Viewer], CreatedAt = Now, ExpiresAt = expiresAt };
}
