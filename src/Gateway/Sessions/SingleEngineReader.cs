using System.Text.Json;
using BlueEdge.Gateway.Json;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Reads the body of POST /api/v1/process-single-engine in one pass, as a workflow of one node.</summary>
internal static class SingleEngineReader
{
    private static readonly MemberNames Members =
        new("engineId", "inputs", "outputs", "resultChannels", "webhooks", "rank", "waitTimeSecond", "maxDurationSeconds", "retry", "events", "onNodeStopped");

    /// <exception cref="JsonException">The body is no JSON; it says where.</exception>
    public static ParsedSession Read(ReadOnlyMemory<byte> body, SessionLimits limits)
    {
        var faults = new BodyFaults();
        var settings = new SettingsReader(limits);
        var engine = "";
        List<RawPort> inputs = [];
        List<RawPort> outputs = [];
        List<string?>? resultChannels = null;

        var json = BodyJson.Start(body.Span);
        if (ObjectWalk.BeginRoot(ref json, faults))
        {
            for (var members = new ObjectWalk(Members, faults); members.Next(ref json, out var member);)
            {
                switch (member)
                {
                    case "engineId": engine = JsonValues.String(ref json, faults) ?? ""; break;
                    case "inputs": inputs = PortReader.ReadAll(ref json, faults, limits); break;
                    case "outputs": outputs = PortReader.ReadAll(ref json, faults, limits); break;
                    case "resultChannels": resultChannels = ReadNames(ref json, faults); break;
                    default: settings.Read(member, ref json, faults); break;
                }
            }
        }

        BodyJson.End(ref json);
        var session = new SingleEngineSession(engine, inputs, outputs);
        session.MarkResults(resultChannels, faults);
        var spec = settings.Complete(session.ToSpec(body, faults));
        return new() { Spec = spec, Faults = faults.ToList(), Places = session.Places };
    }

    private static List<string?>? ReadNames(ref Utf8JsonReader json, BodyFaults faults)
    {
        if (!ArrayWalk.Begin(ref json, faults))
        {
            return null;
        }

        List<string?> names = [];
        for (var items = new ArrayWalk(faults); items.Next(ref json);)
        {
            names.Add(JsonValues.String(ref json, faults));
        }

        return names;
    }
}
