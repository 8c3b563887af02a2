using System.Globalization;
using BlueEdge.Store.Sqlite.Storage;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace BlueEdge.Store.Sqlite.GrainStates;

/// <summary>The state of a grain as a row, under an etag that no other write has had.</summary>
internal sealed class SqliteGrainStorage(SqliteStore store, Serializer serializer, IActivatorProvider activators, TimeProvider clock, TimeSpan? lifetime) : IGrainStorage
{
    /// <summary>States whose time is over that go with each write of one that will have its time.</summary>
    private const int Forgotten = 10;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (grain, now) = (grainId.ToString(), Now);
        var found = await store.ReadAsync(session => session.ReadAll(
            "SELECT etag, state FROM grain_states WHERE grain = $1 AND name = $2 AND (expires IS NULL OR expires > $3)",
            [grain, stateName, now],
            row => (ETag: row.GetString(0), State: row.GetFieldValue<byte[]>(1))));
        if (found is [var only])
        {
            grainState.State = serializer.Deserialize<T>(only.State)
                ?? throw new BlueEdgeException($"The stored state '{stateName}' of grain {grain} is damaged: it holds nothing.");
            (grainState.ETag, grainState.RecordExists) = (only.ETag, true);
        }
        else
        {
            Forget(grainState);
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (grain, bytes, known) = (grainId.ToString(), serializer.SerializeToArray(grainState.State), grainState.ETag);
        var etag = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        var (now, expires) = (Now, lifetime is { } time ? (clock.GetUtcNow() + time).ToUnixTimeMilliseconds() : default(long?));
        var written = await store.WriteAsync(session =>
        {
            if (expires is not null)
            {
                session.Execute("DELETE FROM grain_states WHERE grain = $1 AND name = $2 AND expires <= $3", grain, stateName, now);
                session.Execute("DELETE FROM grain_states WHERE rowid IN (SELECT rowid FROM grain_states WHERE expires <= $1 LIMIT $2)", now, Forgotten);
            }

            return known is null
                ? session.Execute(
                    "INSERT INTO grain_states (grain, name, etag, state, expires) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING", grain, stateName, etag, bytes, expires)
                : session.Execute(
                    "UPDATE grain_states SET etag = $3, state = $4, expires = $6 WHERE grain = $1 AND name = $2 AND etag = $5", grain, stateName, etag, bytes, known, expires);
        });
        Require(written == 1, stateName, grain, known);
        (grainState.ETag, grainState.RecordExists) = (etag, true);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (grain, known) = (grainId.ToString(), grainState.ETag);
        var cleared = await store.WriteAsync(session => known is null
            ? session.ReadValue("SELECT 1 FROM grain_states WHERE grain = $1 AND name = $2", grain, stateName) is null
            : session.Execute("DELETE FROM grain_states WHERE grain = $1 AND name = $2 AND etag = $3", grain, stateName, known) == 1);
        Require(cleared, stateName, grain, known);
        Forget(grainState);
    }

    private static void Require(bool isDone, string stateName, string grain, string? known)
    {
        if (!isDone)
        {
            throw new InconsistentStateException($"State '{stateName}' of grain {grain} was changed by another activation since its etag {known ?? "of none"}. Call again.");
        }
    }

    private void Forget<T>(IGrainState<T> grainState)
    {
        grainState.State = activators.GetActivator<T>().Create();
        (grainState.ETag, grainState.RecordExists) = (null, false);
    }
}
