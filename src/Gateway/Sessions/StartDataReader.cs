using System.Collections.Immutable;
using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Gateway.Channels;
using BlueEdge.Gateway.Json;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Reads <c>startData</c> of a workflow.</summary>
internal static class StartDataReader
{
    private static readonly MemberNames Members = new("channelName", "payload", "key", "tags", "attributes");

    public static List<RawStartData> ReadAll(ref Utf8JsonReader json, BodyFaults faults)
    {
        List<RawStartData> startData = [];
        if (ArrayWalk.Begin(ref json, faults))
        {
            for (var items = new ArrayWalk(faults); items.Next(ref json);)
            {
                startData.Add(Read(ref json, faults));
            }
        }

        return startData;
    }

    /// <summary>Makes payloads, once the channels' types are known.</summary>
    public static ImmutableArray<StartDataSpec> Decode(
        ReadOnlyMemory<byte> body, List<RawStartData> startData, ImmutableArray<ChannelSpec> channels, BodyFaults faults)
    {
        if (startData.Count == 0 || faults.IsFull)
        {
            // Of what will be refused nothing more is made.
            return [];
        }

        var types = new Dictionary<string, ChannelType>(channels.Length, StringComparer.Ordinal);
        foreach (var channel in channels)
        {
            types.TryAdd(channel.Name, channel.Type);
        }

        var decoded = ImmutableArray.CreateBuilder<StartDataSpec>(startData.Count);
        faults.Enter("startData");
        foreach (var (channel, payload, envelope) in startData)
        {
            var type = types.GetValueOrDefault(channel, JsonValues.UnknownType);
            faults.Enter(decoded.Count);
            faults.Enter("payload");
            var read = PayloadReader.Read(body, payload ?? default, payload is null ? JsonValues.UnknownType : type, faults);
            decoded.Add(new() { Channel = channel, Payload = envelope?.In(body) is { } said ? read with { Envelope = said } : read });
            faults.Leave();
            faults.Leave();
        }

        faults.Leave();
        return decoded.MoveToImmutable();
    }

    private static RawStartData Read(ref Utf8JsonReader json, BodyFaults faults)
    {
        string? channel = null;
        RawValue? payload = null;
        RawEnvelope? envelope = null;
        if (ObjectWalk.Begin(ref json, faults))
        {
            for (var members = new ObjectWalk(Members, faults); members.Next(ref json, out var member);)
            {
                switch (member)
                {
                    case "channelName": channel = JsonValues.String(ref json, faults); break;

                    // null is a JSON value like any other, so here it is not the same as nothing.
                    case "payload": payload = RawValue.Take(ref json); break;
                    default: (envelope ??= new()).Read(member, ref json, faults); break;
                }
            }

            if (payload is null)
            {
                faults.AddIn("payload", FaultCodes.Required, "A payload is required.");
            }
        }

        return new(channel ?? "", payload, envelope);
    }
}
