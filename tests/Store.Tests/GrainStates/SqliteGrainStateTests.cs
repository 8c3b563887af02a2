using BlueEdge.Storage;
using BlueEdge.Store.Sqlite.Storage;

namespace BlueEdge.Store.Tests.GrainStates;

public sealed class SqliteGrainStateTests : GrainStateFacts
{
    private readonly SqliteStores _file = new();

    [Fact]
    public async Task A_file_that_takes_no_writes_is_unavailable_and_what_it_has_can_be_read()
    {
        var storage = await Stores.OpenGrainStatesAsync();
        var (grain, state) = (Grain("a"), State("kept"));
        await storage.WriteStateAsync("note", grain, state);
        await _file.Store.WriteAsync(session => session.ReadValue("PRAGMA query_only = 1"));
        state.State.Text = "lost";

        await Assert.ThrowsAsync<StoreUnavailableException>(() => storage.WriteStateAsync("note", grain, state));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => storage.ClearStateAsync("note", grain, state));

        Assert.Equal("kept", (await ReadAsync(storage, grain)).State.Text);
    }

    internal override IStores Make() => StoresOf.Sqlite(_file.Store);

    internal override void Configure(ISiloBuilder silo) => silo.UseSqliteStore(_file.Store);

    internal override Task PassAsync(GrainId grain, string name, TimeSpan time)
    {
        Stores.Clock.Advance(time);
        return Task.CompletedTask;
    }

    protected override async Task<int> CountAsync() => (int)await _file.Store.ReadAsync(session => session.ReadNumber("SELECT count(*) FROM grain_states"));

    protected override ValueTask CleanAsync() => _file.DisposeAsync();
}
