using System.Collections.Immutable;
using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Gateway.Json;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Engines;

/// <summary>Reads an engine's definition. What an answer tells besides, such as its instances, is passed over.</summary>
internal static class EngineReader
{
    /// <summary>As of an assembly that says none.</summary>
    private const string NoVersion = "0.0.0";

    private static readonly MemberNames Members = new("id", "name", "version", "inputs", "outputs", "slots", "finishesByItself");
    private static readonly MemberNames PortMembers = new("name", "type", "optional", "description", "byReference");

    /// <param name="body">The body.</param>
    /// <param name="id">The id that the address says.</param>
    /// <param name="faults">Takes what is wrong with the body's form.</param>
    /// <exception cref="JsonException">The body is no JSON; it says where.</exception>
    public static EngineDefinition Read(ReadOnlySpan<byte> body, string id, BodyFaults faults)
    {
        var json = BodyJson.Start(body);
        string? name = null;
        string? version = null;
        var slots = 1;
        var finishes = true;
        ImmutableArray<PortDefinition> inputs = [], outputs = [];
        if (ObjectWalk.BeginRoot(ref json, faults))
        {
            for (var members = new ObjectWalk(Members, faults); members.Next(ref json, out var member);)
            {
                switch (member)
                {
                    case "id": CheckId(JsonValues.String(ref json, faults), id, faults); break;
                    case "name": name = JsonValues.String(ref json, faults); break;
                    case "version": version = JsonValues.String(ref json, faults); break;
                    case "inputs": inputs = ReadPorts(ref json, areOutputs: false, faults); break;
                    case "outputs": outputs = ReadPorts(ref json, areOutputs: true, faults); break;
                    case "slots": slots = JsonValues.Integer(ref json, faults) ?? 1; break;
                    default: finishes = json.TokenType == JsonTokenType.Null || JsonValues.Boolean(ref json, faults); break;
                }
            }
        }

        BodyJson.End(ref json);
        return new()
        {
            Id = id,
            Name = string.IsNullOrWhiteSpace(name) ? id : name,
            Version = string.IsNullOrWhiteSpace(version) ? NoVersion : version,
            Inputs = inputs,
            Outputs = WithStatus(outputs),
            Slots = slots,
            FinishesByItself = finishes,
        };
    }

    private static void CheckId(string? given, string id, BodyFaults faults)
    {
        if (given is not null && !string.Equals(given, id, StringComparison.Ordinal))
        {
            faults.Add(FaultCodes.Malformed, $"The id is {FaultText.Quote(given)}, and the address says {FaultText.Quote(id)}: leave it out, or write the same.");
        }
    }

    private static ImmutableArray<PortDefinition> ReadPorts(ref Utf8JsonReader json, bool areOutputs, BodyFaults faults)
    {
        var ports = ImmutableArray.CreateBuilder<PortDefinition>();
        if (ArrayWalk.Begin(ref json, faults))
        {
            for (var items = new ArrayWalk(faults, EngineValidator.MostPorts); items.Next(ref json);)
            {
                ports.Add(ReadPort(ref json, areOutputs, faults));
            }
        }

        return ports.DrainToImmutable();
    }

    private static PortDefinition ReadPort(ref Utf8JsonReader json, bool isOutput, BodyFaults faults)
    {
        string? name = null;
        string? description = null;
        ChannelType? type = null;
        bool optional = false, byReference = false;
        if (ObjectWalk.Begin(ref json, faults))
        {
            for (var members = new ObjectWalk(PortMembers, faults); members.Next(ref json, out var member);)
            {
                switch (member)
                {
                    case "name": name = JsonValues.String(ref json, faults); break;
                    case "type": type = JsonValues.Type(ref json, faults); break;
                    case "optional": optional = JsonValues.Boolean(ref json, faults); break;
                    case "description": description = JsonValues.String(ref json, faults); break;
                    default: byReference = JsonValues.Boolean(ref json, faults); break;
                }
            }

            if (type is null)
            {
                faults.AddIn("type", FaultCodes.Required, $"The type is required: {ChannelTypes.Choice}.");
            }
        }

        return new()
        {
            Name = name ?? "",
            Type = type ?? JsonValues.UnknownType,
            Optional = optional || isOutput,
            Description = description,
            ByReference = byReference && !isOutput,
        };
    }

    /// <summary>Every engine has it, declared or not; as instances declare it that say nothing of it.</summary>
    private static ImmutableArray<PortDefinition> WithStatus(ImmutableArray<PortDefinition> outputs) =>
        outputs.Any(port => string.Equals(port.Name, WellKnownPorts.Status, StringComparison.Ordinal))
            ? outputs
            : outputs.Add(WellKnownPorts.StatusPort);
}
