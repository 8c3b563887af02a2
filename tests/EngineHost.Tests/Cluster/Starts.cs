using BlueEdge.Channels;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;

namespace BlueEdge.EngineHost.Tests.Cluster;

internal static class Starts
{
    /// <summary>A first attempt of a fresh session: one node that reads channel <c>in</c> from writer <c>w</c>.</summary>
    public static SubSessionStart Of(EngineCluster cluster, DirectedScript? script, TimeSpan stopGrace)
    {
        var sessionId = SessionIds.Create();
        if (script is not null)
        {
            cluster.Scripts.Add(sessionId, script);
        }

        return new()
        {
            Key = new(sessionId, "n"),
            Epoch = 1,
            Lease = new() { Engine = "directed", Instance = "any" },
            Inputs = [new InputLink { Port = "In", Channel = "in", Type = ChannelType.Json, Writers = ["w"] }],
            Outputs = [],
            StopGrace = stopGrace,
        };
    }
}
