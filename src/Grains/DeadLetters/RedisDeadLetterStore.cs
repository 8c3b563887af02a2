using System.Collections.Immutable;
using BlueEdge.Sessions;
using BlueEdge.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;
using StackExchange.Redis;

namespace BlueEdge.DeadLetters;

/// <summary>Dead letters as a Redis hash by node.</summary>
internal sealed partial class RedisDeadLetterStore(IConnectionMultiplexer redis, Serializer<DeadLetter> serializer, ILogger<RedisDeadLetterStore> logger) : IDeadLetterStore
{
    public async Task KeepAsync(string sessionId, DeadLetter letter)
    {
        try
        {
            await redis.GetDatabase().HashSetAsync(StorageKeys.DeadLetters(sessionId), letter.Node, serializer.SerializeToArray(letter));
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
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

        var kept = (await redis.GetDatabase().HashGetAllAsync(StorageKeys.DeadLetters(sessionId)))
            .ToDictionary(entry => entry.Name.ToString(), entry => serializer.Deserialize((ReadOnlyMemory<byte>)entry.Value), StringComparer.Ordinal);
        return
        [
            .. spec.Nodes.Zip(state.Nodes)
                .Where(node => node.Second.Status is SubSessionStatus.Failed)
                .Select(node => (Node: node.Second, Letter: kept.GetValueOrDefault(node.First.Name)))
                .Where(pair => pair.Letter?.Epoch == state.Epoch)
                .Select(pair => pair.Letter! with { Error = pair.Letter.Error ?? pair.Node.Error }),
        ];
    }

    [LoggerMessage(LogLevel.Warning, "Item {Sequence} of channel {Channel} of session {SessionId} could not be kept for the dead letters")]
    private partial void LogFailed(Exception error, long sequence, string channel, string sessionId);
}
