using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Channels.Taps;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions;

/// <summary>What a session's spec and leases mean for each of its sub-sessions. Linear in the size of the spec.</summary>
internal sealed class SessionPlan
{
    private readonly SessionSpec _spec;
    private readonly Dictionary<string, ChannelSpec> _channels;
    private readonly ILookup<string, string> _writers;
    private readonly ILookup<string, int> _readers;

    public SessionPlan(SessionSpec spec)
    {
        _spec = spec;
        _channels = spec.Channels.ToDictionary(channel => channel.Name, StringComparer.Ordinal);
        _writers = spec.Nodes
            .SelectMany(node => node.Outputs.Select(link => (link.Channel, node.Name)))
            .Concat(spec.StartData.Select(data => (data.Channel, ChannelEnd.StartData.Name)))
            .Concat(spec.Channels.Where(channel => channel.External is ExternalDirection.In).Select(channel => (channel.Name, ChannelEnd.Writers.Name)))
            .Distinct()
            .ToLookup(writer => writer.Item1, writer => writer.Item2, StringComparer.Ordinal);
        _readers = spec.Nodes
            .SelectMany((node, index) => node.Inputs.Select(link => (link.Channel, index)))
            .Distinct()
            .ToLookup(reader => reader.Channel, reader => reader.index, StringComparer.Ordinal);
        InterestedChannels = [.. spec.Channels.Where(channel => channel.Interested).Select(channel => channel.Name)];
        ExternalChannels = [.. spec.Channels.Where(channel => channel.External is not ExternalDirection.None)];
    }

    public ImmutableArray<string> InterestedChannels { get; }

    /// <summary>Those that clients write or listen to.</summary>
    public ImmutableArray<ChannelSpec> ExternalChannels { get; }

    /// <summary>Those that clients write.</summary>
    public IEnumerable<ChannelSpec> Inputs => ExternalChannels.Where(channel => channel.External is ExternalDirection.In);

    /// <summary>The slots that the session needs: each engine once.</summary>
    public ImmutableArray<EngineDemand> Demands =>
        [.. _spec.Nodes.CountBy(node => node.Engine, StringComparer.Ordinal).Select(pair => new EngineDemand { Engine = pair.Key, Slots = pair.Value })];

    /// <summary>Whether clients may listen to a channel that is not kept: engines write it.</summary>
    public bool CanBeTapped(string channel) => _channels.TryGetValue(channel, out var spec) && !spec.Interested;

    /// <summary>Whether the spec says that clients listen to a channel that is not kept.</summary>
    public bool IsTapped(string channel) => _channels[channel] is { Interested: false, External: ExternalDirection.Out };

    /// <summary>Whether all that clients write to a channel is kept.</summary>
    public bool IsRecorded(string channel) => _channels[channel] is { External: ExternalDirection.In, Record: true };

    /// <summary>What the client writes to a channel.</summary>
    public ImmutableArray<Payload> StartDataOf(string channel) =>
        [.. _spec.StartData.Where(data => string.Equals(data.Channel, channel, StringComparison.Ordinal)).Select(data => data.Payload)];

    /// <summary>Who writes a channel, for those who listen to it; <see langword="null"/> before all of them have instances, or clients are heard.</summary>
    public ImmutableArray<TapWriter>? TapWriters(string channel, SessionState state)
    {
        if (_channels[channel].External is ExternalDirection.In)
        {
            return state.Status is SessionStatus.Pending or SessionStatus.Queuing ? null : [new() { Name = ChannelEnd.Writers.Name, Instance = null, IsOver = state.Status is not SessionStatus.Processing }];
        }

        var writers = ImmutableArray.CreateBuilder<TapWriter>();
        foreach (var (node, at) in _spec.Nodes.Zip(state.Nodes))
        {
            if (node.Outputs.Any(link => string.Equals(link.Channel, channel, StringComparison.Ordinal)))
            {
                if (state.Status is SessionStatus.Pending || at.Instance is not { } instance)
                {
                    return null;
                }

                writers.Add(new() { Name = node.Name, Instance = instance, IsOver = at.IsOver });
            }
        }

        return state.Status is SessionStatus.Pending ? null : writers.DrainToImmutable();
    }

    /// <summary>What each node's engine instance is told, in the order of the spec.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="state">Its state, with a lease for each node.</param>
    /// <param name="stopGrace">How long engines have to wind down.</param>
    /// <param name="toldTypes">The types of what engines say that the session is told of; <see langword="null"/> for all.</param>
    /// <param name="isListenedTo">Whether somebody listens to a channel that is not kept.</param>
    public ImmutableArray<SubSessionStart> Starts(
        string sessionId, SessionState state, TimeSpan stopGrace, ImmutableArray<string>? toldTypes, Func<string, bool> isListenedTo)
    {
        var readers = _channels.Keys.ToDictionary(channel => channel, channel => Readers(channel, state), StringComparer.Ordinal);
        return [.. _spec.Nodes.Select((node, index) => new SubSessionStart
        {
            Key = new(sessionId, node.Name),
            Epoch = state.Epoch,
            Lease = new() { Engine = node.Engine, Instance = InstanceOf(state, index) },
            Inputs = [.. node.Inputs.Select(Input)],
            Outputs = [.. node.Outputs.Select(link => Output(link, readers[link.Channel]) with { Tap = TapOf(link.Channel) })],
            StopGrace = stopGrace,
            SubmittedAt = state.SubmittedAt,
            TellsEvents = state.KeepsEvents(_spec),
            ToldTypes = toldTypes,
            Trace = state.Trace,
        })];

        ChannelEnd? TapOf(string channel) => IsTapped(channel) || (isListenedTo(channel) && CanBeTapped(channel)) ? ChannelEnd.TapOf(new(sessionId, channel)) : null;
    }

    /// <summary>Start data as a writer: each channel that they feed, with what is written to it.</summary>
    public ImmutableArray<(OutputLink Link, ImmutableArray<Payload> Items)> StartData(SessionState state) =>
    [
        .. _spec.StartData
            .GroupBy(data => data.Channel, data => data.Payload, StringComparer.Ordinal)
            .Select(group => (Output(new() { Port = "", Channel = group.Key }, Readers(group.Key, state)) with { Trace = state.Trace }, group.ToImmutableArray())),
    ];

    /// <summary>Clients as a writer of a channel.</summary>
    public OutputLink Input(ChannelSpec channel, SessionState state) =>
        Output(new() { Port = "", Channel = channel.Name }, Readers(channel.Name, state)) with { Trace = state.Trace };

    /// <summary>The nodes that read a channel, with the instances that run them.</summary>
    private ImmutableArray<ChannelEnd> Readers(string channel, SessionState state) =>
        [.. _readers[channel].Select(index => new ChannelEnd { Name = _spec.Nodes[index].Name, Address = InstanceOf(state, index) })];

    private static string InstanceOf(SessionState state, int index) => state.Nodes[index].Instance
        ?? throw new InvalidOperationException($"Node {index} of a session that is {state.Status} has no instance.");

    private InputLink Input(PortLinkSpec link) => new()
    {
        Port = link.Port,
        Channel = link.Channel,
        Type = _channels[link.Channel].Type,
        Writers = [.. _writers[link.Channel]],
        Delivery = _channels[link.Channel].Delivery,
    };

    private OutputLink Output(PortLinkSpec link, ImmutableArray<ChannelEnd> readers) => new()
    {
        Port = link.Port,
        Channel = link.Channel,
        Type = _channels[link.Channel].Type,
        Interested = _channels[link.Channel].Interested,
        Readers = readers,
        Delivery = _channels[link.Channel].Delivery,
        IsOnlyProducer = _writers[link.Channel].Count() == 1,
    };
}
