using BlueEdge.Sessions.Listing;
using BlueEdge.Storage;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Storage;
using StackExchange.Redis;

namespace BlueEdge.Sessions.Records;

/// <summary>
/// Sessions in Redis, a hash each. A write is one step with all that follows from it: the lists that the session stands in and,
/// where it ends, the time when all it leaves behind is deleted. Writes that come while one is under way share the next.
/// </summary>
internal sealed class SessionStore
{
    private const string Version = "version";
    private const string State = "state";
    private const string Spec = "spec";

    /// <summary>
    /// For each session: the number of its key, the version it must have, how many words follow, and these. They are commands:
    /// the name, the number of the key, how many arguments, and these. Answers with 1 for each that was written, else 0.
    /// </summary>
    private const string Save =
        """
        local answers = {}
        local i = 1
        while i <= #ARGV do
          local last = i + 2 + tonumber(ARGV[i + 2])
          if (redis.call('HGET', KEYS[tonumber(ARGV[i])], 'version') or '0') == ARGV[i + 1] then
            local j = i + 3
            while j <= last do
              local final = j + 2 + tonumber(ARGV[j + 2])
              redis.call(ARGV[j], KEYS[tonumber(ARGV[j + 1])], unpack(ARGV, j + 3, final))
              j = final + 1
            end
            answers[#answers + 1] = 1
          else
            answers[#answers + 1] = 0
          end
          i = last + 1
        end
        return answers
        """;

    private static readonly TimeSpan ShortestRetention = TimeSpan.FromMilliseconds(1);

    private readonly IConnectionMultiplexer _redis;
    private readonly Serializer<SessionState> _states;
    private readonly Serializer<SessionSpec> _specs;
    private readonly IOptions<SessionOptions> _options;
    private readonly TimeProvider _clock;
    private readonly CallGatherer<SessionWrite, bool> _writes;

    public SessionStore(
        IConnectionMultiplexer redis,
        Serializer<SessionState> states,
        Serializer<SessionSpec> specs,
        IOptions<SessionOptions> options,
        TimeProvider clock)
    {
        (_redis, _states, _specs, _options, _clock) = (redis, states, specs, options, clock);
        _writes = new(SaveAsync);
    }

    /// <summary>Reads a session.</summary>
    public async Task<StoredSession> ReadAsync(string sessionId)
    {
        var fields = await _redis.GetDatabase().HashGetAsync(StorageKeys.Session(sessionId), [Version, State, Spec]);
        return fields[0].IsNull
            ? new(0, SessionState.None, null)
            : new((long)fields[0], _states.Deserialize((ReadOnlyMemory<byte>)fields[1])!, _specs.Deserialize((ReadOnlyMemory<byte>)fields[2])); // Written together.
    }

    /// <summary>Writes a session's state, and its spec with the first one.</summary>
    /// <param name="sessionId">Whose it is.</param>
    /// <param name="version">The version that the caller knows, 0 for none.</param>
    /// <param name="spec">The session's spec.</param>
    /// <param name="before">The state of that version.</param>
    /// <param name="after">The state to store.</param>
    /// <exception cref="InconsistentStateException">Another version is stored.</exception>
    public async Task WriteAsync(string sessionId, long version, SessionSpec spec, SessionState before, SessionState after)
    {
        var write = new SessionWrite(sessionId, version, Commands(sessionId, version, spec, before, after));
        if (!(write.Size > ScriptWords.LargestShared ? (await SaveAsync([write]))[0] : await _writes.CallAsync(write)))
        {
            throw new InconsistentStateException($"Session {sessionId} was changed by another activation since its version {version}. Call again.");
        }
    }

    private List<StoreCommand> Commands(string sessionId, long version, SessionSpec spec, SessionState before, SessionState after)
    {
        var key = StorageKeys.Session(sessionId);
        List<StoreCommand> commands = [new("HSET", key, Version, version + 1, State, _states.SerializeToArray(after))];
        if (version == 0)
        {
            commands.Add(new("HSET", key, Spec, _specs.SerializeToArray(spec)));
        }

        var group = SessionGroups.Of(after.Status);
        if (version > 0 && SessionGroups.Of(before.Status) == group)
        {
            return commands;
        }

        var listed = ListedSession.Of(sessionId, spec, after);
        commands.AddRange(listed.Lists(group).Select(list => new StoreCommand("ZADD", list, 0, listed.Place)));
        if (version > 0)
        {
            commands.AddRange(listed.Lists(SessionGroups.Of(before.Status)).Select(list => new StoreCommand("ZREM", list, listed.Place)));
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
            new("ZADD", StorageKeys.Expiring, at.ToUnixTimeMilliseconds(), listed.Format(group)),
            .. state.FormerAttempts
                .SelectMany(former => StorageKeys.ResultsOf(listed.SessionId, former.Epoch, channels))
                .Select(key => new StoreCommand("DEL", key)),
            .. StorageKeys.ResultsOf(listed.SessionId, state.Epoch, channels)
                .Append(StorageKeys.DeadLetters(listed.SessionId))
                .Append(StorageKeys.Session(listed.SessionId))
                .Select(key => new StoreCommand("PEXPIRE", key, milliseconds)),
        ];
    }

    private async Task<IReadOnlyList<bool>> SaveAsync(List<SessionWrite> writes)
    {
        var script = new ScriptWords();
        foreach (var write in writes)
        {
            script.Add(script.Number(StorageKeys.Session(write.SessionId)), write.Version, 0);
            var begin = script.Count;
            foreach (var command in write.Commands)
            {
                script.AddCommand(command.Name, command.Key, command.Arguments);
            }

            script[begin - 1] = script.Count - begin;
        }

        var answers = (RedisResult[])(await _redis.GetDatabase().ScriptEvaluateAsync(Save, script.Keys, script.Words))!; // A table.
        return Array.ConvertAll(answers, answer => (int)answer == 1);
    }
}
