using BlueEdge.Channels;
using BlueEdge.EngineHost.Channels;
using BlueEdge.Engines;
using BlueEdge.Grains.Channels;
using BlueEdge.Sessions;

namespace BlueEdge.Testing;

/// <summary>One linked input of an engine under test, and the one writer that feeds it.</summary>
internal sealed class EngineTestInput(Inbox inbox, SubSessionKey reader, int epoch, PortDefinition port)
{
    /// <summary>The writing node's name.</summary>
    public const string Writer = "test";

    private readonly Lock _lock = new();
    private long _next;

    public PortDefinition Port { get; } = port;

    public bool HasEnded { get; private set; }

    public void Send(Payload payload)
    {
        lock (_lock)
        {
            if (HasEnded)
            {
                throw new InvalidOperationException($"Input '{Port.Name}' has ended, and takes no more items.");
            }

            Deliver(new() { Reader = reader, Epoch = epoch, Channel = Port.Name, Producer = Writer, FirstSequence = _next++, Items = [payload] });
        }
    }

    /// <summary>Says that no more comes; doing it again changes nothing.</summary>
    public void End()
    {
        lock (_lock)
        {
            HasEnded = true;
            Deliver(new() { Reader = reader, Epoch = epoch, Channel = Port.Name, Producer = Writer, FirstSequence = _next, Items = [], Ended = true });
        }
    }

    // The inbox of a test has no bounds, and one that is closed drops what comes, as it does in a silo.
    private void Deliver(ChannelDelivery delivery) => inbox.Accept(delivery);
}
