using BlueEdge.Grains.Tests;
using BlueEdge.Storage;
using BlueEdge.Store.Redis.Storage;
using StackExchange.Redis;

namespace BlueEdge.Store.Tests.Storage;

/// <summary>What callers are told of a Redis that says no.</summary>
public sealed class RedisErrorsTests(RedisServer redis)
{
    [Theory]
    [InlineData("OOM command not allowed when used memory > 'maxmemory'.", "OOM")]
    [InlineData("READONLY You can't write against a read only replica.", "READONLY")]
    public async Task What_it_will_take_later_is_unavailable_with_its_word(string said, string word)
    {
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => SayAsync(said));

        Assert.Contains(word, error.Message, StringComparison.Ordinal);
        Assert.Contains("may be sent again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_will_never_take_is_said_in_its_own_words()
    {
        var error = await Assert.ThrowsAsync<BlueEdgeException>(() => SayAsync("WRONGTYPE Operation against a key holding the wrong kind of value"));

        Assert.Contains("WRONGTYPE", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_does_not_answer_is_unavailable()
    {
        await Assert.ThrowsAsync<StoreUnavailableException>(() => FailAsync(new RedisTimeoutException(CommandFlags.None, "late", CommandStatus.Unknown)));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => FailAsync(new RedisException("away")));
    }

    [Fact]
    public async Task What_is_none_of_its_errors_stays_as_it_is() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => FailAsync(new InvalidOperationException("a bug")));

    private Task<RedisResult> SayAsync(string error) =>
        new RedisStore(redis.Connection).AskAsync(database => database.ScriptEvaluateAsync("return redis.error_reply(ARGV[1])", [], [error]));

    private Task<int> FailAsync(Exception error) => new RedisStore(redis.Connection).AskAsync(_ => Task.FromException<int>(error));
}
