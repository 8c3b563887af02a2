using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Engines;

namespace Words;

/// <summary>Adds up what is a number, and says what is none.</summary>
[Engine("sum", Slots = 8)]
[Input("Row", ChannelType.Json)]
[Output("Sum", ChannelType.Json)]
public sealed class SumEngine : EngineGrain
{
    private double _sum;

    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var row = input.Json("Row");
        if (row.ValueKind is not JsonValueKind.Number)
        {
            await WarnAsync("row-skipped", $"Row {input.Sequence} is {row.ValueKind} where a number is wanted; it is not in the sum.", cancellationToken);
            return;
        }

        _sum += row.GetDouble();
    }

    protected override ValueTask StopAsync(CancellationToken cancellationToken) => Output("Sum").WriteAsync(_sum, cancellationToken);
}
