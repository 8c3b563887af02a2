using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Gateway.Channels;
using BlueEdge.Gateway.Json;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Reads <c>inputs</c> and <c>outputs</c> of a single engine.</summary>
internal static class PortReader
{
    private static readonly MemberNames Members = new("type", "interested", "payload", "key", "tags", "attributes", "external", "record", "writerTimeoutSeconds", "onWriterLost");

    public static List<RawPort> ReadAll(ref Utf8JsonReader json, BodyFaults faults, SessionLimits limits)
    {
        List<RawPort> ports = [];
        if (ObjectWalk.Begin(ref json, faults))
        {
            for (var members = new MapWalk(faults, limits.Channels); members.Next(ref json, FaultCodes.DuplicatePort, out var name);)
            {
                if (name.Length <= limits.NameLength)
                {
                    ports.Add(Read(name, ref json, faults));
                    continue;
                }

                faults.Add(FaultCodes.TooLarge, $"The name has {name.Length} characters; {limits.NameLength} are allowed.");
                json.Skip();
            }
        }

        return ports;
    }

    private static RawPort Read(string name, ref Utf8JsonReader json, BodyFaults faults)
    {
        ChannelType? type = null;
        RawValue? payload = null;
        RawEnvelope? envelope = null;
        RawExternal? external = null;
        var interested = false;
        if (ObjectWalk.Begin(ref json, faults))
        {
            for (var members = new ObjectWalk(Members, faults); members.Next(ref json, out var member);)
            {
                switch (member)
                {
                    case "type": type = JsonValues.Type(ref json, faults); break;
                    case "interested": interested = JsonValues.Boolean(ref json, faults); break;
                    case "payload": payload = RawValue.Take(ref json); break;
                    case "key" or "tags" or "attributes": (envelope ??= new()).Read(member, ref json, faults); break;
                    default: (external ??= new()).Read(member, ref json, faults); break;
                }
            }

            if (type is null)
            {
                faults.AddIn("type", FaultCodes.Required, $"The type is required: {ChannelTypes.Choice}.");
            }
        }

        return new(name, type ?? JsonValues.UnknownType, interested, payload, envelope, external);
    }
}
