using System.Collections.Immutable;
using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Gateway.Json;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Reads <c>engines</c> of a workflow.</summary>
internal static class NodeReader
{
    private static readonly MemberNames Members = new("id", "name", "inputs", "outputs");
    private static readonly MemberNames LinkMembers = new("name", "type", "linkTo");

    public static ImmutableArray<NodeSpec> ReadAll(ref Utf8JsonReader json, BodyFaults faults, SessionLimits limits)
    {
        var nodes = ImmutableArray.CreateBuilder<NodeSpec>();
        if (ArrayWalk.Begin(ref json, faults))
        {
            for (var items = new ArrayWalk(faults, limits.Engines); items.Next(ref json);)
            {
                nodes.Add(Read(ref json, faults, limits));
            }
        }

        return nodes.DrainToImmutable();
    }

    private static NodeSpec Read(ref Utf8JsonReader json, BodyFaults faults, SessionLimits limits)
    {
        string? engine = null;
        string? name = null;
        var named = false;
        ImmutableArray<PortLinkSpec> inputs = [];
        ImmutableArray<PortLinkSpec> outputs = [];
        if (ObjectWalk.Begin(ref json, faults))
        {
            for (var members = new ObjectWalk(Members, faults); members.Next(ref json, out var member);)
            {
                switch (member)
                {
                    case "id": engine = JsonValues.String(ref json, faults); break;
                    case "inputs": inputs = ReadLinks(ref json, faults, limits); break;
                    case "outputs": outputs = ReadLinks(ref json, faults, limits); break;
                    default:
                        named = json.TokenType != JsonTokenType.Null;
                        name = JsonValues.String(ref json, faults);
                        break;
                }
            }
        }

        // A node that has no name is called like its engine; who uses an engine twice has to tell its nodes apart.
        return new() { Engine = engine ?? "", Name = (named ? name : engine) ?? "", Inputs = inputs, Outputs = outputs };
    }

    private static ImmutableArray<PortLinkSpec> ReadLinks(ref Utf8JsonReader json, BodyFaults faults, SessionLimits limits)
    {
        var links = ImmutableArray.CreateBuilder<PortLinkSpec>();
        if (ArrayWalk.Begin(ref json, faults))
        {
            for (var items = new ArrayWalk(faults, limits.Channels); items.Next(ref json);)
            {
                links.Add(ReadLink(ref json, faults));
            }
        }

        return links.DrainToImmutable();
    }

    private static PortLinkSpec ReadLink(ref Utf8JsonReader json, BodyFaults faults)
    {
        string? port = null;
        string? channel = null;
        ChannelType? type = null;
        if (ObjectWalk.Begin(ref json, faults))
        {
            for (var members = new ObjectWalk(LinkMembers, faults); members.Next(ref json, out var member);)
            {
                switch (member)
                {
                    case "name": port = JsonValues.String(ref json, faults); break;
                    case "type": type = JsonValues.Type(ref json, faults); break;
                    default: channel = JsonValues.String(ref json, faults); break;
                }
            }
        }

        return new() { Port = port ?? "", Channel = channel ?? "", Type = type };
    }
}
