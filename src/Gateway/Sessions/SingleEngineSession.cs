using System.Globalization;
using BlueEdge.Channels;
using BlueEdge.Gateway.Channels;
using BlueEdge.Gateway.Json;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Makes a session of one node: its ports are the channels.</summary>
internal sealed class SingleEngineSession(string engine, List<RawPort> inputs, List<RawPort> outputs)
{
    private readonly HashSet<string> _outputs = outputs.Select(port => port.Name).ToHashSet(StringComparer.Ordinal);
    private HashSet<string>? _kept;

    public SingleEnginePlaces Places => new(
        [.. inputs.Select(port => port.Name)],
        [.. outputs.Select(port => port.Name)],
        [.. inputs.Where(port => port.Payload is not null).Select(port => port.Name)]);

    /// <summary>Keeps the results of the outputs named, and of no other; of those marked as interested where none are named.</summary>
    public void MarkResults(List<string?>? resultChannels, BodyFaults faults)
    {
        if (resultChannels is null)
        {
            return;
        }

        for (var place = 0; place < resultChannels.Count; place++)
        {
            if (resultChannels[place] is { } name && !_outputs.Contains(name))
            {
                faults.Add(
                    $"/resultChannels/{place}",
                    FaultCodes.UnknownChannel,
                    $"'{Shown.Short(name)}' is none of the outputs.");
            }
        }

        _kept = resultChannels.OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    public SessionSpec ToSpec(ReadOnlyMemory<byte> body, BodyFaults faults)
    {
        var channels = ChannelsOfInputs();
        return new()
        {
            Channels =
            [
                .. inputs.Select((port, place) => port.ToChannel(channels[place], interested: false)),
                .. outputs.Select(port => port.ToChannel(port.Name, _kept?.Contains(port.Name) ?? port.Interested)),
            ],
            Nodes =
            [
                new()
                {
                    Name = engine,
                    Engine = engine,
                    Inputs = [.. inputs.Select((port, place) => new PortLinkSpec { Port = port.Name, Channel = channels[place] })],
                    Outputs = [.. outputs.Select(port => new PortLinkSpec { Port = port.Name, Channel = port.Name })],
                },
            ],
            StartData =
            [
                .. inputs.Index().Where(input => input.Item.Payload is not null)
                    .Select(input => new StartDataSpec { Channel = channels[input.Index], Payload = Decode(body, input.Item, faults) }),
            ],
        };
    }

    /// <summary>
    /// Results are named by outputs, so that an input of the same name is the one that gives way. Its channel gets the first
    /// number that is free: each name is looked at once, however many there are.
    /// </summary>
    private string[] ChannelsOfInputs()
    {
        var taken = inputs.Select(port => port.Name).Concat(_outputs).ToHashSet(StringComparer.Ordinal);
        return [.. inputs.Select(port => _outputs.Contains(port.Name) ? Free(port.Name) : port.Name)];

        string Free(string name)
        {
            var free = $"{name} (input)";
            for (var number = 2; !taken.Add(free); number++)
            {
                free = string.Create(CultureInfo.InvariantCulture, $"{name} (input {number})");
            }

            return free;
        }
    }

    private static Payload Decode(ReadOnlyMemory<byte> body, RawPort port, BodyFaults faults)
    {
        faults.Enter("inputs");
        faults.Enter(port.Name);
        faults.Enter("payload");
        var payload = PayloadReader.Read(body, port.Payload.GetValueOrDefault(), port.Type, faults);
        faults.Leave();
        faults.Leave();
        faults.Leave();
        return port.Envelope?.In(body) is { } said ? payload with { Envelope = said } : payload;
    }
}
