using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.EngineHost.Channels;
using BlueEdge.Engines;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Channels.Taps;
using BlueEdge.Grains.Results;

namespace BlueEdge.EngineHost.Engines;

/// <summary>
/// The outputs of a run, and the writers of those that its session links. There is one writer for each channel, however many outputs go there, for it numbers
/// what the node writes to it.
/// </summary>
internal sealed class RunOutputs
{
    private readonly EngineDefinition _engine;
    private readonly Dictionary<string, ChannelWriter> _byChannel;
    private readonly Dictionary<string, ChannelWriter> _byPort;

    public RunOutputs(EngineDefinition engine, ImmutableArray<OutputLink> links, Func<OutputLink, ChannelWriter> open)
    {
        _engine = engine;
        _byChannel = links.DistinctBy(link => link.Channel, StringComparer.Ordinal).ToDictionary(link => link.Channel, open, StringComparer.Ordinal);
        _byPort = links.ToDictionary(link => link.Port, link => _byChannel[link.Channel], StringComparer.Ordinal);
    }

    /// <summary>What was stored among the results so far, by interested channel.</summary>
    public ImmutableArray<StoredItems> Stored => [.. _byChannel.Values.Select(writer => writer.Stored).OfType<StoredItems>()];

    /// <summary>What the items of an output are.</summary>
    /// <exception cref="BlueEdgeException">The engine has no such output.</exception>
    public ChannelType TypeOf(string port)
    {
        foreach (var output in _engine.Outputs)
        {
            if (string.Equals(output.Name, port, StringComparison.Ordinal))
            {
                return output.Type;
            }
        }

        throw new BlueEdgeException($"Engine '{_engine.Id}' has no output '{port}'; it has: {string.Join(", ", _engine.Outputs.Select(output => output.Name))}.");
    }

    /// <summary>Whether a channel takes what is written to an output.</summary>
    /// <exception cref="BlueEdgeException">The engine has no such output.</exception>
    public bool IsLinked(string port)
    {
        if (_byPort.ContainsKey(port))
        {
            return true;
        }

        _ = TypeOf(port);
        return false;
    }

    /// <summary>The writer of an output, or <see langword="null"/> where no channel takes it.</summary>
    public ChannelWriter? Find(string port) => _byPort.GetValueOrDefault(port);

    /// <summary>Sends what the node writes to a channel to those who listen; see <see cref="ChannelWriter.Tap"/>.</summary>
    public long? Tap(TapOrder order) => _byChannel.GetValueOrDefault(order.Channel)?.Tap(order.Tap, order.Ring);

    /// <summary>Tells those who listen that the node is over; answers how much it wrote to each channel.</summary>
    public ImmutableArray<StoredItems> EndTaps() => [.. _byChannel.Values.Select(writer => writer.EndTap())];

    /// <summary>Returns when all is stored, and every reader has all and knows that it is all.</summary>
    public Task EndAsync() => Task.WhenAll(_byChannel.Values.Select(writer => writer.EndAsync()));
}
