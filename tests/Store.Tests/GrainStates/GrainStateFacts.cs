using BlueEdge.Grains.Storage;
using Orleans.Storage;
using Orleans.TestingHost;

namespace BlueEdge.Store.Tests.GrainStates;

/// <summary>What holds of the default storage of grains. Each test has grains of its own.</summary>
public abstract class GrainStateFacts : StoreFacts
{
    private const string Name = "note";
    private const int Writers = 16;
    private readonly GrainId _grain = Grain($"{Guid.NewGuid()}");

    [Fact]
    public async Task Of_what_was_never_written_an_empty_state_is_read()
    {
        var storage = await Stores.OpenGrainStatesAsync();
        var read = State("left over", etag: "left over");

        await storage.ReadStateAsync(Name, _grain, read);

        Assert.Equal(("", null, false), (read.State.Text, read.ETag, read.RecordExists));
        await storage.ClearStateAsync(Name, _grain, read);
    }

    [Fact]
    public async Task What_is_written_is_read_again_until_it_is_written_anew()
    {
        var storage = await Stores.OpenGrainStatesAsync();
        var written = State("first");
        await storage.WriteStateAsync(Name, _grain, written);
        var read = await ReadAsync(storage, _grain);
        Assert.Equal(("first", written.ETag, true, true), (read.State.Text, read.ETag, read.RecordExists, written.RecordExists));

        read.State = new() { Text = "second" };
        await storage.WriteStateAsync(Name, _grain, read);

        Assert.Equal("second", (await ReadAsync(storage, _grain)).State.Text);
    }

    [Fact]
    public async Task Who_knows_an_older_state_can_neither_write_nor_clear()
    {
        var storage = await Stores.OpenGrainStatesAsync();
        var newest = State("first");
        await storage.WriteStateAsync(Name, _grain, newest);
        var older = await ReadAsync(storage, _grain);
        newest.State = new() { Text = "second" };
        await storage.WriteStateAsync(Name, _grain, newest);

        foreach (var stale in new[] { older, State("new", etag: null) })
        {
            await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync(Name, _grain, stale));
            await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync(Name, _grain, stale));
        }

        Assert.Equal("second", (await ReadAsync(storage, _grain)).State.Text);
    }

    [Fact]
    public async Task What_is_cleared_is_gone_and_can_be_written_anew()
    {
        var storage = await Stores.OpenGrainStatesAsync();
        var state = State("first");
        await storage.WriteStateAsync(Name, _grain, state);
        var before = await ReadAsync(storage, _grain);

        await storage.ClearStateAsync(Name, _grain, state);

        Assert.Equal(("", null, false), (state.State.Text, state.ETag, state.RecordExists));
        Assert.False((await ReadAsync(storage, _grain)).RecordExists);
        Assert.Equal(0, await CountAsync());
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync(Name, _grain, before));
        state.State = new() { Text = "second" };
        await storage.WriteStateAsync(Name, _grain, state);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync(Name, _grain, before));
        Assert.Equal("second", (await ReadAsync(storage, _grain)).State.Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_many_who_write_at_once_one_does(bool isFirst)
    {
        var storage = await Stores.OpenGrainStatesAsync();
        if (!isFirst)
        {
            await storage.WriteStateAsync(Name, _grain, State("before"));
        }

        var known = await ReadAsync(storage, _grain);
        var states = Enumerable.Range(0, Writers).Select(writer => State($"{writer}", known.ETag)).ToList();

        var ends = await Task.WhenAll(states.Select(state => Task.Run(async () => await Record.ExceptionAsync(() => storage.WriteStateAsync(Name, _grain, state)))));

        Assert.Equal(Writers - 1, ends.OfType<InconsistentStateException>().Count());
        var winner = states[Array.IndexOf(ends, null)];
        var read = await ReadAsync(storage, _grain);
        Assert.Equal((winner.State.Text, winner.ETag), (read.State.Text, read.ETag));
    }

    [Fact]
    public async Task What_is_to_expire_is_gone_some_time_after_it_was_written_last_and_what_is_not_stays()
    {
        var (storage, lasting) = (await Stores.OpenGrainStatesAsync(ExpiringStates.Name), await Stores.OpenGrainStatesAsync());
        var lifetime = ExpiringStates.Lifetime(new() { Retention = Stores.Retention }, new() { Retries = "00:10:00" });
        var (state, other) = (State("first"), Grain($"{Guid.NewGuid()}"));
        await storage.WriteStateAsync(Name, _grain, state);
        await lasting.WriteStateAsync(Name, other, State("lasting"));
        await PassAsync(_grain, Name, lifetime / 2);
        state.State = new() { Text = "second" };
        await storage.WriteStateAsync(Name, _grain, state);
        await PassAsync(_grain, Name, lifetime * 0.9);
        Assert.Equal("second", (await ReadAsync(storage, _grain)).State.Text);

        await PassAsync(_grain, Name, lifetime * 0.2);

        Assert.False((await ReadAsync(storage, _grain)).RecordExists);
        await storage.WriteStateAsync(Name, _grain, State("third"));
        Assert.Equal(("third", "lasting"), ((await ReadAsync(storage, _grain)).State.Text, (await ReadAsync(lasting, other)).State.Text));
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task A_large_state_comes_back_whole()
    {
        var storage = await Stores.OpenGrainStatesAsync();
        var text = string.Create(1_000_000, 0, static (letters, _) => new Random(1).GetItems("abcdefgh", letters));

        await storage.WriteStateAsync(Name, _grain, State(text));

        Assert.Equal(text, (await ReadAsync(storage, _grain)).State.Text);
    }

    [Fact]
    public async Task Names_that_hold_each_others_parts_are_apart()
    {
        var storage = await Stores.OpenGrainStatesAsync();
        string[] odd = ["a", "A", "a/a", "a%2Fa", "%61", "a a", "ä\n\0*?[", "\U0001F600", "a/", "/a", "'; DROP TABLE grain_states; --"];
        var places = odd.SelectMany(key => odd.Select(name => (Grain: Grain(key), Name: name))).ToList();
        foreach (var (grain, name) in places)
        {
            await storage.WriteStateAsync(name, grain, State($"{grain} {name}"));
        }

        foreach (var (grain, name) in places)
        {
            Assert.Equal($"{grain} {name}", (await ReadAsync(storage, grain, name)).State.Text);
        }

        Assert.Equal(places.Count, await CountAsync());
    }

    [Fact]
    public async Task A_grain_that_names_no_storage_has_this_one()
    {
        var key = $"{Guid.NewGuid()}";
        await WithSiloAsync(Configure, grains => grains.GetGrain<INoteGrain>(key).WriteAsync("kept"));
        await WithSiloAsync(Configure, async grains =>
        {
            var grain = grains.GetGrain<INoteGrain>(key);
            Assert.Equal("kept", await grain.ReadAsync());
            await grain.ClearAsync();
        });

        Assert.Equal(0, await CountAsync());
    }

    internal static NoteState State(string text, string? etag = null) => new(text, etag);

    internal static async Task<NoteState> ReadAsync(IGrainStorage storage, GrainId grain, string name = Name)
    {
        var read = State("not read");
        await storage.ReadStateAsync(name, grain, read);
        return read;
    }

    internal static GrainId Grain(string key) => GrainId.Create("note", key);

    internal static async Task WithSiloAsync(Action<ISiloBuilder> configure, Func<IGrainFactory, Task> act)
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo((_, silo) => configure(silo));
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        await act(cluster.Client);
    }

    /// <summary>Has a silo keep its grains' states in the test's stores.</summary>
    internal abstract void Configure(ISiloBuilder silo);

    /// <summary>Lets so much of the time pass that a state has left.</summary>
    internal abstract Task PassAsync(GrainId grain, string name, TimeSpan time);

    /// <summary>How many states of grains are stored.</summary>
    protected abstract Task<int> CountAsync();
}
