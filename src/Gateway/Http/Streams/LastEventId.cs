using BlueEdge.Validation;

namespace BlueEdge.Gateway.Http.Streams;

/// <summary>What a caller that comes back says it had last.</summary>
internal static class LastEventId
{
    public const string Header = "Last-Event-ID";

    /// <summary>The header's value; <see langword="null"/> where there is none. It goes before <c>after</c>, which a browser repeats when it comes back.</summary>
    public static string? Of(HttpRequest request) => request.Headers[Header] is [{ Length: > 0 } id] ? id : null;

    /// <summary>Whether the caller has had all there is: 204 has a browser come back no more.</summary>
    public static bool IsEnd(HttpRequest request) => Of(request) is EventStream.LastId;

    /// <summary>What is wrong with it.</summary>
    public static ErrorItem Malformed(string id, string form) =>
        new() { Pointer = Header, Code = FaultCodes.Malformed, Message = $"'{Shown.Short(id)}' is no id of an event of this stream, which is {form}. Leave it out to begin anew." };
}
