using System.Collections.Immutable;
using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Gateway.Json;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Channels;

/// <summary>Reads <c>dataChannels</c>.</summary>
internal static class ChannelReader
{
    private static readonly MemberNames Members = new("name", "type", "interested", "delivery", "external", "record", "writerTimeoutSeconds", "onWriterLost");

    public static ImmutableArray<ChannelSpec> ReadAll(ref Utf8JsonReader json, BodyFaults faults, SessionLimits limits)
    {
        var channels = ImmutableArray.CreateBuilder<ChannelSpec>();
        if (ArrayWalk.Begin(ref json, faults))
        {
            for (var items = new ArrayWalk(faults, limits.Channels); items.Next(ref json);)
            {
                channels.Add(Read(ref json, faults));
            }
        }

        return channels.DrainToImmutable();
    }

    private static ChannelSpec Read(ref Utf8JsonReader json, BodyFaults faults)
    {
        string? name = null;
        ChannelType? type = null;
        var interested = false;
        var delivery = DeliveryMode.Every;
        RawExternal? external = null;
        if (ObjectWalk.Begin(ref json, faults))
        {
            for (var members = new ObjectWalk(Members, faults); members.Next(ref json, out var member);)
            {
                switch (member)
                {
                    case "name": name = JsonValues.String(ref json, faults); break;
                    case "type": type = JsonValues.Type(ref json, faults); break;
                    case "delivery": delivery = JsonValues.Delivery(ref json, faults); break;
                    case "interested": interested = JsonValues.Boolean(ref json, faults); break;
                    default: (external ??= new()).Read(member, ref json, faults); break;
                }
            }

            if (type is null)
            {
                faults.AddIn("type", FaultCodes.Required, $"The type is required: {ChannelTypes.Choice}.");
            }
        }

        // A name left out is empty, which validation faults at the same place.
        ChannelSpec channel = new() { Name = name ?? "", Type = type ?? JsonValues.UnknownType, Interested = interested, Delivery = delivery };
        return external?.AddTo(channel) ?? channel;
    }
}
