using System.Runtime.CompilerServices;
using BlueEdge.Channels;
using BlueEdge.Engines;

namespace Words;

/// <summary>Splits a text file, however large, into its lines.</summary>
[Engine("lines")]
[Input("Text", ChannelType.File)]
[Output("Line", ChannelType.Json)]
public sealed class LinesEngine : EngineGrain
{
    protected override ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken) =>
        Output("Line").WriteAllAsync(ReadLinesAsync(input, cancellationToken), cancellationToken);

    private static async IAsyncEnumerable<string> ReadLinesAsync(EngineInput input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var text = new StreamReader(await input.OpenAsync(cancellationToken));
        while (await text.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return line;
        }
    }
}
