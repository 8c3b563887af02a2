using System.Collections.Immutable;
using BlueEdge.Clustering.Storage;
using BlueEdge.DeadLetters;
using BlueEdge.Grains.DeadLetters;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;
using BlueEdge.Store.Redis.Sessions.Records;
using BlueEdge.Store.Redis.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;

namespace BlueEdge.Store.Redis.DeadLetters;

/// <summary>Dead letters as a Redis hash by node.</summary>
internal sealed partial class RedisDeadLetterStore(
    RedisStore redis, StorageKeys keys, Serializer<DeadLetter> serializer, ILogger<RedisDeadLetterStore> logger) : IDeadLetterStore
{
    public async Task KeepAsync(string sessionId, DeadLetter letter)
    {
        try
        {
            // Not for an attempt that is over: what is written after a session's end never expires.
            await GuardedWrites.RunAsync(redis,
            [
                new(
                    [Guard.OfField(keys.Session(sessionId), RedisSessionStore.Attempt, letter.Epoch)],
                    [new("HSET", keys.DeadLetters(sessionId), letter.Node, serializer.SerializeToArray(letter))]),
            ]);
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

        var kept = await redis.AskAsync(database => database.HashValuesAsync(keys.DeadLetters(sessionId)));
        return kept.Select(letter => serializer.Deserialize((ReadOnlyMemory<byte>)letter)!).Pick(spec, state); // Written from one.
    }

    [LoggerMessage(LogLevel.Warning, "Item {Sequence} of channel {Channel} of session {SessionId} could not be kept for the dead letters")]
    private partial void LogFailed(Exception error, long sequence, string channel, string sessionId);
}
