using System.Collections.Immutable;
using BlueEdge.Sessions;

namespace BlueEdge.Validation;

/// <summary>A spec with its names resolved once: which channel each link means, and whether an engine reads or writes it.</summary>
internal sealed class SessionIndex
{
    /// <summary>A name that no channel has.</summary>
    public const int Unknown = -1;

    private readonly Dictionary<string, int> _channels;
    private readonly bool[] _read;
    private readonly bool[] _written;

    public SessionIndex(SessionSpec spec)
    {
        Channels = spec.Channels.OrEmpty();
        Nodes = spec.Nodes.OrEmpty();
        StartData = spec.StartData.OrEmpty();
        Webhooks = spec.Webhooks.OrEmpty();

        _channels = new(Channels.Length, StringComparer.Ordinal);
        for (var channel = 0; channel < Channels.Length; channel++)
        {
            // Of two channels with one name the first counts; the second is a fault of its own.
            _channels.TryAdd(Channels[channel].Name ?? "", channel);
        }

        Inputs = [.. Nodes.Select(node => Resolve(node.Inputs.OrEmpty()))];
        Outputs = [.. Nodes.Select(node => Resolve(node.Outputs.OrEmpty()))];
        _read = Linked(Inputs);
        _written = Linked(Outputs);
    }

    public ImmutableArray<ChannelSpec> Channels { get; }

    public ImmutableArray<NodeSpec> Nodes { get; }

    public ImmutableArray<StartDataSpec> StartData { get; }

    public ImmutableArray<WebhookSpec> Webhooks { get; }

    /// <summary>By node, then by input: the channel it reads, or <see cref="Unknown"/>.</summary>
    public ImmutableArray<ImmutableArray<int>> Inputs { get; }

    /// <summary>By node, then by output: the channel it writes, or <see cref="Unknown"/>.</summary>
    public ImmutableArray<ImmutableArray<int>> Outputs { get; }

    public int FindChannel(string? name) =>
        !string.IsNullOrEmpty(name) && _channels.TryGetValue(name, out var channel) ? channel : Unknown;

    public bool IsRead(int channel) => _read[channel];

    public bool IsWritten(int channel) => _written[channel];

    private bool[] Linked(ImmutableArray<ImmutableArray<int>> links)
    {
        var linked = new bool[Channels.Length];
        foreach (var channel in links.SelectMany(each => each).Where(channel => channel != Unknown))
        {
            linked[channel] = true;
        }

        return linked;
    }

    private ImmutableArray<int> Resolve(ImmutableArray<PortLinkSpec> links) =>
        [.. links.Select(link => FindChannel(link.Channel))];
}
