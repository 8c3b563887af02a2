using System.Collections.Immutable;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Sessions;

/// <summary>What statuses are called in the API.</summary>
internal static class SessionStatusNames
{
    /// <summary>All names.</summary>
    public static ImmutableArray<string> All { get; } = [.. Enum.GetValues<SessionStatus>().Select(Of)];

    public static string Of(SessionStatus status) => status switch
    {
        SessionStatus.Pending => "pending",
        SessionStatus.Queuing => "queuing",
        SessionStatus.Processing => "processing",
        SessionStatus.Stopping => "stopping",
        SessionStatus.Finished => "finished",
        SessionStatus.Failed => "failed",
        _ => "canceled",
    };

    /// <summary>The status of one of the names.</summary>
    public static SessionStatus Parse(string name) => Enum.GetValues<SessionStatus>().First(status => string.Equals(Of(status), name, StringComparison.Ordinal));
}
