using BlueEdge.Channels;
using BlueEdge.EngineHost.Channels;
using BlueEdge.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.EngineHost.Tests.Channels;

/// <summary>An instance remembers only so many of the runs that ended there; a writer may be quiet for longer than that.</summary>
public sealed class ForgottenReaderTests : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public void Dispose() => _stopping.Dispose();

    [Fact]
    public async Task A_reader_that_was_known_and_is_no_more_is_gone()
    {
        var writer = Open(new(async delivery =>
        {
            await Task.Yield();
            return delivery.FirstSequence == 0 ? ScriptedTransport.Taken(delivery) : ScriptedTransport.NotYet(delivery);
        }));
        await writer.WriteAsync(Number).AsTask().OrFail("the write that the reader took");

        await writer.WriteAsync(Number).AsTask().OrFail("the write that nobody took");

        await writer.EndAsync().OrFail("the end");
        await Assert.ThrowsAsync<BlueEdgeException>(async () => await writer.WriteAsync(Number));
    }

    [Fact]
    public async Task It_is_asked_once_and_then_left_alone()
    {
        var transport = new ScriptedTransport(delivery => new(delivery.FirstSequence == 0 ? ScriptedTransport.Taken(delivery) : ScriptedTransport.NotYet(delivery)));
        var writer = Open(transport);

        for (var time = 0; time < 10; time++)
        {
            await writer.WriteAsync(Number).AsTask().OrFail("a write");
        }

        await writer.EndAsync().OrFail("the end");
        Assert.Equal(2, transport.Deliveries.Count);
    }

    private static Payload Number => Payload.Json("1"u8.ToArray());

    private ChannelWriter Open(ScriptedTransport transport) => new(
        new() { Port = "Out", Channel = "c", Type = ChannelType.Json, Interested = false, Readers = [new() { Name = "r", Address = "i" }] },
        new(SessionIds.Create(), "w"), 1, transport, new RecordingResultStore(), windowItems: 4, long.MaxValue, new FakeTimeProvider(), NoLogger.Of<ChannelWriter>(), _stopping.Token);
}
