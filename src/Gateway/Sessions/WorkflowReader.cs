using System.Collections.Immutable;
using System.Text.Json;
using BlueEdge.Gateway.Channels;
using BlueEdge.Gateway.Json;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Reads the body of POST /api/v1/process-workflow in one pass.</summary>
internal static class WorkflowReader
{
    private static readonly MemberNames Members =
        new("dataChannels", "engines", "startData", "webhooks", "rank", "waitTimeSecond", "maxDurationSeconds", "retry", "events", "onNodeStopped");

    /// <exception cref="JsonException">The body is no JSON; it says where.</exception>
    public static ParsedSession Read(ReadOnlyMemory<byte> body, SessionLimits limits)
    {
        var faults = new BodyFaults();
        var settings = new SettingsReader(limits);
        ImmutableArray<ChannelSpec> channels = [];
        ImmutableArray<NodeSpec> nodes = [];
        List<RawStartData> startData = [];

        var json = BodyJson.Start(body.Span);
        if (ObjectWalk.BeginRoot(ref json, faults))
        {
            for (var members = new ObjectWalk(Members, faults); members.Next(ref json, out var member);)
            {
                switch (member)
                {
                    case "dataChannels": channels = ChannelReader.ReadAll(ref json, faults, limits); break;
                    case "engines": nodes = NodeReader.ReadAll(ref json, faults, limits); break;
                    case "startData": startData = StartDataReader.ReadAll(ref json, faults); break;
                    default: settings.Read(member, ref json, faults); break;
                }
            }
        }

        BodyJson.End(ref json);
        var spec = settings.Complete(new()
        {
            Channels = channels,
            Nodes = nodes,
            StartData = StartDataReader.Decode(body, startData, channels, faults),
        });
        return new() { Spec = spec, Faults = faults.ToList() };
    }
}
