using System.Collections.Immutable;
using BlueEdge.DeadLetters;
using BlueEdge.Grains.DeadLetters;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;
using BlueEdge.Store.Sqlite.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;

namespace BlueEdge.Store.Sqlite.DeadLetters;

/// <summary>Dead letters as a row for each node.</summary>
internal sealed partial class SqliteDeadLetterStore(SqliteStore store, Serializer<DeadLetter> serializer, ILogger<SqliteDeadLetterStore> logger) : IDeadLetterStore
{
    public async Task KeepAsync(string sessionId, DeadLetter letter)
    {
        var bytes = serializer.SerializeToArray(letter);
        try
        {
            await store.WriteAsync(session => session.Execute(
                "INSERT OR REPLACE INTO dead_letters (session, node, letter) SELECT $1, $2, $3 FROM sessions WHERE id = $1 AND epoch = $4",
                sessionId, letter.Node, bytes, letter.Epoch));
        }
        catch (BlueEdgeException error)
        {
            LogFailed(error, letter.Sequence, letter.Channel, sessionId);
        }
    }

    public async Task<ImmutableArray<DeadLetter>> ReadAsync(string sessionId, SessionSpec spec, SessionState state)
    {
        if (state.Status is not SessionStatus.Failed)
        {
            return [];
        }

        var kept = await store.ReadAsync(session => session.ReadAll(
            "SELECT letter FROM dead_letters WHERE session = $1", [sessionId], row => row.GetFieldValue<byte[]>(0)));
        return kept.Select(letter => serializer.Deserialize(letter)!).Pick(spec, state); // Written from one.
    }

    [LoggerMessage(LogLevel.Warning, "Item {Sequence} of channel {Channel} of session {SessionId} could not be kept for the dead letters")]
    private partial void LogFailed(Exception error, long sequence, string channel, string sessionId);
}
