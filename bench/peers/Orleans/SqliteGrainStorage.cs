using BlueEdge.Store.Sqlite.Storage;
using Orleans.Serialization;
using Orleans.Storage;

namespace BlueEdge.OrleansPeer;

/// <summary>The state of grains in the store that BlueEdge embeds, as plain as a provider can be.</summary>
internal sealed class SqliteGrainStorage(SqliteStore store, Serializer serializer) : IGrainStorage
{
    public static Task PrepareAsync(SqliteStore store) =>
        store.WriteAsync(session => session.Execute("CREATE TABLE IF NOT EXISTS grains (id TEXT PRIMARY KEY, state BLOB NOT NULL) WITHOUT ROWID"));

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (await store.ReadAsync(session => session.ReadValue("SELECT state FROM grains WHERE id = $1", Id(stateName, grainId))) is byte[] state)
        {
            (grainState.State, grainState.RecordExists) = (serializer.Deserialize<T>(state)!, true); // Written from one.
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var state = serializer.SerializeToArray(grainState.State);
        await store.WriteAsync(session => session.Execute("INSERT OR REPLACE INTO grains (id, state) VALUES ($1, $2)", Id(stateName, grainId), state));
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        store.WriteAsync(session => session.Execute("DELETE FROM grains WHERE id = $1", Id(stateName, grainId)));

    private static string Id(string stateName, GrainId grainId) => $"{grainId}/{stateName}";
}
