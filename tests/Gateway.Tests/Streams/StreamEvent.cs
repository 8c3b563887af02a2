using System.Text.Json;

namespace BlueEdge.Gateway.Tests.Streams;

/// <summary>An event that a listener was told.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Id">The id that the listener comes back with after it.</param>
/// <param name="Data">What it says.</param>
internal sealed record StreamEvent(string Type, string Id, JsonElement Data)
{
    /// <summary>The session's status in it.</summary>
    public string? Status => Data.GetProperty("process").GetProperty("status").GetString();
}
