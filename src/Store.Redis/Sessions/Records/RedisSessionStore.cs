using System.Collections.Immutable;
using BlueEdge.Clustering.Storage;
using BlueEdge.Grains.Results;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using BlueEdge.Store.Redis.Sessions.Listing;
using BlueEdge.Store.Redis.Storage;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Storage;
using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Sessions.Records;

/// <summary>Sessions in Redis, a hash each. Writes that come while one is under way share the next.</summary>
internal sealed class RedisSessionStore : ISessionStore
{
    private const string Version = "version";
    private const string State = "state";
    private const string Spec = "spec";

    /// <summary>The attempt that may write results; 0 once the session has ended.</summary>
    public const string Attempt = "attempt";

    private static readonly TimeSpan ShortestRetention = TimeSpan.FromMilliseconds(1);

    private readonly RedisStore _redis;
    private readonly StorageKeys _keys;
    private readonly Serializer<SessionState> _states;
    private readonly Serializer<SessionSpec> _specs;
    private readonly Serializer<SessionEvent> _events;
    private readonly IOptions<SessionOptions> _options;
    private readonly TimeProvider _clock;
    private readonly SharedWrites _writes;

    public RedisSessionStore(
        RedisStore redis,
        StorageKeys keys,
        Serializer<SessionState> states,
        Serializer<SessionSpec> specs,
        Serializer<SessionEvent> events,
        IOptions<SessionOptions> options,
        TimeProvider clock)
    {
        (_keys, _states, _specs, _events) = (keys, states, specs, events);
        (_options, _clock) = (options, clock);
        _redis = redis;
        _writes = new(redis);
    }

    public async Task<StoredSession> ReadAsync(string sessionId)
    {
        var fields = await _redis.AskAsync(database => database.HashGetAsync(_keys.Session(sessionId), [Version, State, Spec]));
        return fields[0].IsNull
            ? new(0, SessionState.None, null)
            : new((long)fields[0], _states.Deserialize((ReadOnlyMemory<byte>)fields[1])!, _specs.Deserialize((ReadOnlyMemory<byte>)fields[2])); // Written together.
    }

    public async Task<ImmutableArray<SessionEvent>> ReadEventsAsync(string sessionId, long after, int count)
    {
        var key = _keys.Events(sessionId);
        while (true)
        {
            // Where none was dropped, the event with number N is the Nth.
            var (first, events) = await _redis.AskAsync(async database =>
            {
                var oldest = database.ListGetByIndexAsync(key, 0);
                var read = database.ListRangeAsync(key, after, after + count - 1);
                return (await oldest is { IsNull: false } found ? NumberOf(found) : 1, await read);
            });
            if (first > 1)
            {
                var from = Math.Max(after + 1, first);
                events = await _redis.AskAsync(database => database.ListRangeAsync(key, from - first, from - first + count - 1));
                if (events is [var begin, ..] && NumberOf(begin) != from)
                {
                    // Older ones were dropped in between.
                    continue;
                }
            }

            return [.. events.Select(Read)];
        }
    }

    private long NumberOf(RedisValue one) => Read(one).Number;

    private SessionEvent Read(RedisValue one) => _events.Deserialize((ReadOnlyMemory<byte>)one)!; // Written by this class.

    public async Task WriteAsync(string sessionId, long version, SessionSpec spec, SessionState before, SessionState after)
    {
        var isAt = Guard.OfCount(_keys.Session(sessionId), Version, version);

        // A Redis that was killed may have lost its last moments, and so results of which nobody will ask again.
        StoredItems[] expected = after.Status is SessionStatus.Finished && before.Status is not SessionStatus.Finished ? [.. ExpectedResults.Of(spec, after)] : [];
        var hasResults = expected.Select(stored => new Guard(new("LLEN", _keys.Results(sessionId, after.Epoch, stored.Channel)), stored.Count));
        if (await _writes.RunAsync(new([isAt, .. hasResults], Commands(sessionId, version, spec, before, after))) is { } refusal)
        {
            throw refusal.Guard > 0 ? new ResultsLostException(
                $"The store has {refusal.Found} of the {expected[refusal.Guard - 1].Count} results of channel '{expected[refusal.Guard - 1].Channel}' that it had: it was set back, as a Redis is that was killed before it had written all to its disk. Run the session again.")
                : new InconsistentStateException($"Session {sessionId} was changed by another activation since its version {version}. Call again.");
        }
    }

    private List<StoreCommand> Commands(string sessionId, long version, SessionSpec spec, SessionState before, SessionState after)
    {
        var key = _keys.Session(sessionId);
        List<StoreCommand> commands = [new("HSET", key, Version, version + 1, State, _states.SerializeToArray(after), Attempt, after.Status.IsTerminal() ? 0 : after.Epoch)];
        if (version == 0)
        {
            commands.Add(new("HSET", key, Spec, _specs.SerializeToArray(spec)));
        }

        commands.AddRange(after.News.Select(one => new StoreCommand("RPUSH", _keys.Events(sessionId), _events.SerializeToArray(one))));
        if (after.News.Length > 0 && after.LastEvent > SessionEvents.MostKept)
        {
            commands.Add(new("LTRIM", _keys.Events(sessionId), -SessionEvents.MostKept, -1));
        }

        if (before.OwesEvents != after.OwesEvents)
        {
            commands.Add(after.OwesEvents ? new("ZADD", _keys.Untold, 0, sessionId) : new("ZREM", _keys.Untold, sessionId));
        }

        var group = SessionGroups.Of(after.Status);
        if (version > 0 && SessionGroups.Of(before.Status) == group)
        {
            return commands;
        }

        var listed = ListedSession.Of(sessionId, spec, after);
        commands.AddRange(_keys.SessionLists(listed, group).Select(list => new StoreCommand("ZADD", list, 0, listed.Place)));
        if (version > 0)
        {
            var former = _keys.SessionLists(listed, SessionGroups.Of(before.Status));
            commands.AddRange((listed.Tenant is null ? former : former.Concat(_keys.SessionLists(listed with { Tenant = null }, SessionGroups.Of(before.Status))))
                .Select(list => new StoreCommand("ZREM", list, listed.Place)));
        }
        else if (listed.Tenant is { } tenant)
        {
            commands.Add(new("ZADD", _keys.Tenants, 0, tenant));
        }

        if (after.Status.IsTerminal())
        {
            commands.AddRange(Expiry(listed, group, spec, after));
        }

        return commands;
    }

    /// <summary>Redis deletes by itself what has a key of the session's own; the rest is left to <see cref="ExpiredSessionSweeper"/>.</summary>
    private IEnumerable<StoreCommand> Expiry(ListedSession listed, SessionGroup group, SessionSpec spec, SessionState state)
    {
        var at = (state.EndedAt ?? _clock.GetUtcNow()) + _options.Value.Retention;
        var left = at - _clock.GetUtcNow();
        var milliseconds = (long)(left > ShortestRetention ? left : ShortestRetention).TotalMilliseconds;
        string[] channels = [.. spec.Channels.Where(channel => channel.Interested).Select(channel => channel.Name)];
        return
        [
            new("ZADD", _keys.Expiring, at.ToUnixTimeMilliseconds(), ExpiringMember.Format(listed, group)),
            .. state.FormerAttempts
                .SelectMany(former => _keys.ResultsOf(listed.SessionId, former.Epoch, channels))
                .Select(key => new StoreCommand("DEL", key)),
            .. _keys.ResultsOf(listed.SessionId, state.Epoch, channels)
                .Append(_keys.DeadLetters(listed.SessionId))
                .Append(_keys.Events(listed.SessionId))
                .Append(_keys.Session(listed.SessionId))
                .Concat(spec.Channels
                    .Where(channel => channel.External is ExternalDirection.In)
                    .SelectMany<ChannelSpec, RedisKey>(channel => [_keys.Input(listed.SessionId, channel.Name), _keys.InputItems(listed.SessionId, channel.Name)]))
                .Select(key => new StoreCommand("PEXPIRE", key, milliseconds)),
        ];
    }
}
