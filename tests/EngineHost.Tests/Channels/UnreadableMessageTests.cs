using System.Diagnostics.Metrics;
using BlueEdge.EngineHost.Channels.Durable;
using BlueEdge.EngineHost.Tests.Cluster;
using BlueEdge.Grains.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;

namespace BlueEdge.EngineHost.Tests.Channels;

/// <summary>Messages in a mailbox that nothing of ours wrote, or not all of it arrived.</summary>
public sealed class UnreadableMessageTests : IDisposable
{
    private const string Instance = "relay/127.0.0.1:11111@1";

    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().AddMetrics().BuildServiceProvider();
    private readonly RecordingLogger<DurableTransport> _logger = new();
    private readonly MailboxCodec _envelope;
    private readonly DurableTransport _transport;

    public UnreadableMessageTests()
    {
        _envelope = new(_services.GetRequiredService<Serializer<ChannelDelivery>>());
        _transport = new(
            direct: null!, // What is only read needs neither of these.
            new(),
            new(leases: null!, silo: null!),
            _envelope,
            new(_services.GetRequiredService<IMeterFactory>()),
            client: null!,
            TimeProvider.System,
            _logger);
    }

    [Theory]
    [InlineData("")]
    [InlineData("000102")]
    [InlineData("02")]
    [InlineData("02FFFFFF7F")]
    [InlineData("02FFFFFFFF")]
    [InlineData("020400000001020304")]
    [InlineData("09")]
    [InlineData("7B2261223A317D")]
    public void A_message_that_cannot_be_read_is_put_aside_once_and_named(string message)
    {
        var counted = 0L;
        using var meters = new MeterListener { InstrumentPublished = (instrument, listener) => Listen(instrument, listener) };
        meters.SetMeasurementEventCallback<long>((_, value, _, _) => counted += value);
        meters.Start();

        _transport.Receive(Instance, Convert.FromHexString(message), offset: 17);

        var (level, said, error) = Assert.Single(_logger.Entries);
        Assert.Equal((LogLevel.Error, 1L), (level, counted));
        Assert.Contains("offset 17 of partition -1", said, StringComparison.Ordinal);
        Assert.NotNull(error);

        void Listen(Instrument instrument, MeterListener listener)
        {
            if (instrument.Name is "blueedge.mailbox.put_aside" && instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>())
            {
                listener.EnableMeasurementEvents(instrument);
            }
        }
    }

    [Fact]
    public void A_delivery_for_an_instance_of_another_process_is_put_aside()
    {
        _transport.Receive(
            Instance,
            _envelope.Write(new() { Reader = new("session", "reader"), Epoch = 1, Channel = "c", Producer = "w", FirstSequence = 0, Items = [] }),
            offset: 3);

        Assert.Contains(Instance, Assert.Single(_logger.Entries).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _services.Dispose();
}
