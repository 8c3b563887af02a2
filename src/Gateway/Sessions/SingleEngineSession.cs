using BlueEdge.Gateway.Channels;
using BlueEdge.Gateway.Json;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Makes a session of one node: its ports are the channels.</summary>
internal sealed class SingleEngineSession(string engine, List<RawPort> inputs, List<RawPort> outputs)
{
    private HashSet<string>? _names;
    private HashSet<string>? _kept;

    public SingleEnginePlaces Places => new(
        [.. inputs.Select(port => port.Name)],
        [.. outputs.Select(port => port.Name)],
        [.. inputs.Where(port => port.Payload is not null).Select(port => port.Name)]);

    /// <summary>Keeps the results of the outputs named, and of no other; of those marked as interested where none are named.</summary>
    public void MarkResults(List<string>? resultChannels, BodyFaults faults)
    {
        if (resultChannels is null)
        {
            return;
        }

        for (var place = 0; place < resultChannels.Count; place++)
        {
            if (!IsOutput(resultChannels[place]))
            {
                faults.AddAt(
                    $"/resultChannels/{place}",
                    FaultCodes.UnknownChannel,
                    $"'{Shown.Short(resultChannels[place])}' is none of the outputs.");
            }
        }

        _kept = resultChannels.ToHashSet(StringComparer.Ordinal);
    }

    public SessionSpec ToSpec(ReadOnlyMemory<byte> body, BodyFaults faults) => new()
    {
        Channels =
        [
            .. inputs.Select(port => new ChannelSpec { Name = ChannelOf(port), Type = port.Type }),
            .. outputs.Select(port => new ChannelSpec { Name = port.Name, Type = port.Type, Interested = _kept?.Contains(port.Name) ?? port.Interested }),
        ],
        Nodes =
        [
            new()
            {
                Name = engine,
                Engine = engine,
                Inputs = [.. inputs.Select(port => new PortLinkSpec { Port = port.Name, Channel = ChannelOf(port) })],
                Outputs = [.. outputs.Select(port => new PortLinkSpec { Port = port.Name, Channel = port.Name })],
            },
        ],
        StartData = [.. inputs.Where(port => port.Payload is not null).Select(port => Decode(body, port, faults))],
    };

    // Results are named by outputs, so that an input of the same name is the one that gives way.
    private string ChannelOf(RawPort input)
    {
        var name = input.Name;
        while (IsOutput(name))
        {
            name = $"{name} (input)";
        }

        return name;
    }

    private bool IsOutput(string name)
    {
        _names ??= outputs.Select(port => port.Name).ToHashSet(StringComparer.Ordinal);
        return _names.Contains(name);
    }

    private StartDataSpec Decode(ReadOnlyMemory<byte> body, RawPort port, BodyFaults faults)
    {
        faults.Enter("inputs");
        faults.Enter(port.Name);
        faults.Enter("payload");
        var payload = PayloadReader.Read(body, port.Payload.GetValueOrDefault(), port.Type, faults);
        faults.Leave();
        faults.Leave();
        faults.Leave();
        return new() { Channel = ChannelOf(port), Payload = payload };
    }
}
