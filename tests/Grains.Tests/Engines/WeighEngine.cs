using System.Globalization;
using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Grains.Tests.Engines;

/// <summary>Says how many bytes a file has that comes as such, or that its Control refers to.</summary>
[Engine("weigh", Slots = 8)]
[Input("Control", ChannelType.Json, Optional = true)]
[Input("File", ChannelType.File, Optional = true)]
[Output("Out", ChannelType.Json)]
public sealed class WeighEngine : EngineGrain
{
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        await using var content = input.Has("File")
            ? await input.OpenAsync(cancellationToken)
            : await OpenBlobAsync(input.Json("Control").GetProperty("file").GetProperty("blob").GetString() ?? "", cancellationToken);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        var length = input.Has("File") ? input.Payload.Length : bytes.Length;
        await Output("Out").WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} of {length}"), cancellationToken);
    }
}
