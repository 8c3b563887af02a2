using System.Collections.Immutable;
using System.Globalization;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Tells where a fault of a workflow of one node lies in the body for a single engine that it was made of.</summary>
internal sealed record SingleEnginePlaces(ImmutableArray<string> Inputs, ImmutableArray<string> Outputs, ImmutableArray<string> Fed)
{
    public Fault Translate(Fault fault) => fault with { Pointer = Translate(fault.Pointer, fault.Code) };

    private string Translate(string pointer, string code) => pointer.Split('/') switch
    {
        ["", "engines", _, "id" or "name"] => "/engineId",
        ["", "engines", _, var side] => $"/{side}",
        ["", "engines", _, var side, var link, var member] => Port(side, Number(link), member, code),
        ["", "engines" or "dataChannels"] => "",
        ["", "dataChannels", var channel, var member] => Number(channel) is var place && place < Inputs.Length
            ? Port("inputs", place, member, code)
            : Port("outputs", place - Inputs.Length, member, code),
        ["", "startData", var item, "channelName"] => Input(item),
        ["", "startData", var item, .. var steps] => $"{Input(item)}/{string.Join('/', steps)}",
        _ => pointer,
    };

    private string Input(string item) => $"/inputs/{FaultText.Step(Fed[Number(item)])}";

    // The port is linked to the channel made for it: whatever does not fit is the type that the caller gave it.
    private string Port(string side, int place, string member, string code)
    {
        var ports = side is "inputs" ? Inputs : Outputs;
        var port = $"/{side}/{FaultText.Step(ports[place])}";
        return member switch
        {
            "type" => $"{port}/type",
            "external" or "interested" or "record" or "writerTimeoutSeconds" or "onWriterLost" => $"{port}/{member}",
            _ => code is FaultCodes.TypeMismatch ? $"{port}/type" : port,
        };
    }

    private static int Number(string step) => int.Parse(step, CultureInfo.InvariantCulture);
}
