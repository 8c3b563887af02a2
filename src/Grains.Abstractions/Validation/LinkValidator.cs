using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Sessions;

namespace BlueEdge.Validation;

/// <summary>Links: each names a port of the engine, once, and a channel of the session, and all agree on the type.</summary>
internal static class LinkValidator
{
    public static void Validate(
        SessionIndex session, IReadOnlyDictionary<string, EngineDefinition> engines, FaultCollector faults)
    {
        for (var node = 0; node < session.Nodes.Length; node++)
        {
            var id = session.Nodes[node].Engine;
            var engine = id is not null && engines.TryGetValue(id, out var known) ? known : null;
            CheckInputs(LinkSide.Inputs(session, node, engine), session, faults);
            Check(LinkSide.Outputs(session, node, engine), session, faults);
        }
    }

    private static void CheckInputs(LinkSide side, SessionIndex session, FaultCollector faults)
    {
        var linked = Check(side, session, faults);
        foreach (var port in side.Ports)
        {
            if (!port.Optional && !linked.Contains(port.Name))
            {
                faults.Add(
                    $"{side.Pointer()}",
                    FaultCodes.RequiredInputNotLinked,
                    $"The engine {FaultText.Quote(side.Engine?.Id)} needs its input {FaultText.Quote(port.Name)}: link it to a channel.");
            }
        }
    }

    private static HashSet<string> Check(LinkSide side, SessionIndex session, FaultCollector faults)
    {
        var linked = new HashSet<string>(side.Links.Length, StringComparer.Ordinal);
        for (var index = 0; index < side.Links.Length; index++)
        {
            CheckPort(side, index, linked, faults);
            CheckChannel(side, index, session, faults);
            CheckTypes(side, index, session.Channels, faults);
        }

        return linked;
    }

    private static void CheckPort(LinkSide side, int index, HashSet<string> linked, FaultCollector faults)
    {
        var name = side.Links[index].Port;
        if (string.IsNullOrEmpty(name))
        {
            faults.Add($"{side.Pointer()}/{index}/name", FaultCodes.Required, "The name of the engine's port is required.");
        }
        else if (!linked.Add(name))
        {
            faults.Add(
                $"{side.Pointer()}/{index}/name",
                FaultCodes.DuplicatePort,
                $"The port {FaultText.Quote(name)} is listed already: a port is linked to one channel.");
        }
        else if (side.Engine is not null && side.FindPort(name) is null)
        {
            faults.Add(
                $"{side.Pointer()}/{index}/name",
                FaultCodes.UnknownPort,
                $"The engine {FaultText.Quote(side.Engine.Id)} has no {Kind(side)} {FaultText.Quote(name)}; its {Kind(side)}s: {Choices(side)}.");
        }
    }

    private static void CheckChannel(LinkSide side, int index, SessionIndex session, FaultCollector faults)
    {
        var name = side.Links[index].Channel;
        if (string.IsNullOrEmpty(name))
        {
            faults.Add($"{side.Pointer()}/{index}/linkTo", FaultCodes.Required, "The channel to link to is required.");
        }
        else if (side.Channels[index] == SessionIndex.Unknown)
        {
            faults.Add(
                $"{side.Pointer()}/{index}/linkTo",
                FaultCodes.UnknownChannel,
                $"The session has no channel {FaultText.Quote(name)}: list it in dataChannels.");
        }
        else if (!side.IsInput && session.Channels[side.Channels[index]].External is ExternalDirection.In)
        {
            faults.Add(
                $"{side.Pointer()}/{index}/linkTo",
                FaultCodes.ChannelHasWriter,
                $"Clients write the channel {FaultText.Quote(name)}, and so no engine does: link the output to another.");
        }
    }

    private static void CheckTypes(
        LinkSide side, int index, ImmutableArray<ChannelSpec> channels, FaultCollector faults)
    {
        var stated = side.Links[index].Type;
        var port = side.FindPort(side.Links[index].Port);
        var channel = side.Channels[index] == SessionIndex.Unknown ? null : channels[side.Channels[index]];
        if (stated is not null && !ChannelTypes.IsKnown(stated))
        {
            faults.Add($"{side.Pointer()}/{index}/type", FaultCodes.Malformed, $"A type is {ChannelTypes.Choice}.");
        }
        else if (ChannelTypes.Differ(stated, port?.Type))
        {
            faults.Add(
                $"{side.Pointer()}/{index}/type",
                FaultCodes.TypeMismatch,
                $"The {Kind(side)} {FaultText.Quote(port?.Name)} is {ChannelTypes.Name(port?.Type)}, not {ChannelTypes.Name(stated)}.");
        }
        else if (port is null && ChannelTypes.Differ(stated, channel?.Type))
        {
            // The port is unknown, so that only what the caller says of it can be compared.
            faults.Add(
                $"{side.Pointer()}/{index}/type",
                FaultCodes.TypeMismatch,
                $"The channel {FaultText.Quote(channel?.Name)} is {ChannelTypes.Name(channel?.Type)}, not {ChannelTypes.Name(stated)}.");
        }

        if (ChannelTypes.Differ(port?.Type, channel?.Type))
        {
            faults.Add(
                $"{side.Pointer()}/{index}/linkTo",
                FaultCodes.TypeMismatch,
                $"The {Kind(side)} {FaultText.Quote(port?.Name)} is {ChannelTypes.Name(port?.Type)}, the channel {FaultText.Quote(channel?.Name)} {ChannelTypes.Name(channel?.Type)}.");
        }
    }

    private static string Choices(LinkSide side) =>
        side.Ports.IsEmpty ? "none" : string.Join(", ", side.Ports.Take(20).Select(port => port.Name));

    private static string Kind(LinkSide side) => side.IsInput ? "input" : "output";
}
