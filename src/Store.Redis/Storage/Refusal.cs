using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Storage;

/// <summary>Why a write was not done.</summary>
/// <param name="Guard">The first of the write's guards that was against it, from 0.</param>
/// <param name="Found">What that found; empty where there was nothing.</param>
internal sealed record Refusal(int Guard, RedisValue Found);
