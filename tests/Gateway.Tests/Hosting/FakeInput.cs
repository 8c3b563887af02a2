using BlueEdge.Channels;
using BlueEdge.Channels.Inputs;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>A channel that clients write, which remembers what was written and answers as it is told to.</summary>
internal sealed class FakeInput(FakeGrains grains) : IChannelInputGrain
{
    public ChannelType? Type { get; set; } = ChannelType.Json;

    public InputReply Reply { get; set; } = new() { Outcome = InputOutcome.Taken, NextSequence = 1, CreditItems = 7, CreditBytes = 8 };

    public List<InputWrite> Written { get; } = [];

    public async Task<InputSnapshot?> FindAsync(CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(FindAsync));
        return Type is { } type ? new() { Type = type } : null;
    }

    public async Task<InputReply> WriteAsync(InputWrite write, CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(WriteAsync));
        Written.Add(write);
        return Reply;
    }
}
