using StackExchange.Redis;

namespace BlueEdge.Storage;

/// <summary>Commands that are run together, and only where the store still has what the writer knows.</summary>
/// <param name="Guard">The key that is looked at.</param>
/// <param name="Field">The field, where the key is a hash; else empty.</param>
/// <param name="Expected">What has to be there; 0 also stands for nothing.</param>
/// <param name="Commands">What is done then.</param>
internal sealed record GuardedWrite(RedisKey Guard, RedisValue Field, RedisValue Expected, IReadOnlyList<StoreCommand> Commands)
{
    /// <summary>About what Redis has to take in, in bytes.</summary>
    public long Size => Commands.Sum(command => command.Arguments.Sum(argument => argument.Length()));
}
