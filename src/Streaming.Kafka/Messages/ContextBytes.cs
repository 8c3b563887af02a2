using Orleans.Serialization;

namespace Streaming.Kafka.Messages;

/// <summary>The request context of a write as it is sent.</summary>
internal static class ContextBytes
{
    /// <summary>The context's bytes; empty where there is nothing but what Orleans itself put there for the call that wrote.</summary>
    public static ReadOnlyMemory<byte> Of(Dictionary<string, object>? context, Serializer serializer)
    {
        if (context is null)
        {
            return default;
        }

        var users = context.Where(each => !IsOfTheCall(each.Key)).ToDictionary(StringComparer.Ordinal);
        return users.Count == 0 ? default : serializer.SerializeToArray(users);
    }

    // Ids of the call chain, and the trace, which goes in a header of its own. Containers of writes with a context hold one
    // write only, so these must not count.
    private static bool IsOfTheCall(string key) => key.StartsWith('#') || key is "traceparent" or "tracestate" or "baggage";
}
