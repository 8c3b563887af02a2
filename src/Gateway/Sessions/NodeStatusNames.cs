using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Sessions;

/// <summary>What the statuses of nodes are called in the API.</summary>
internal static class NodeStatusNames
{
    public static string Of(SubSessionStatus status) => status switch
    {
        SubSessionStatus.Waiting => "waiting",
        SubSessionStatus.Preparing => "preparing",
        SubSessionStatus.Ready => "ready",
        SubSessionStatus.Finished => "finished",
        SubSessionStatus.Failed => "failed",
        _ => "canceled",
    };
}
