using BlueEdge.Grains.Channels.Inputs;
using BlueEdge.Grains.Channels.Taps;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Sessions;
using Orleans.Concurrency;

namespace BlueEdge.Grains.Sessions;

/// <summary>
/// What the scheduler and the engine instances tell a session, and what its sub-sessions ask it. Every call is idempotent; a stale
/// one is answered and changes nothing.
/// </summary>
[Alias("blueedge.session-control")]
public interface ISessionControl : IGrainWithStringKey
{
    /// <summary>
    /// Brings a grant, or brings it again after a crash, which also wakes the session. The answer says what the session
    /// still makes of it: <see langword="false"/> means that this attempt is over and all its leases are free.
    /// </summary>
    [Alias("grant"), AlwaysInterleave]
    Task<bool> GrantAsync(LeaseGrant grant, CancellationToken cancellationToken);

    /// <summary>Says that leases of an attempt are lost, and why.</summary>
    [Alias("lost"), AlwaysInterleave]
    Task LostAsync(int epoch, string instance, string reason, CancellationToken cancellationToken);

    /// <summary>Brings the news of one sub-session. An end is stored once this returns, and may be told again until then.</summary>
    [Alias("report"), AlwaysInterleave]
    Task ReportAsync(SubSessionReport report, CancellationToken cancellationToken);

    /// <summary>
    /// Brings what a node's engine said on its Status output, which is stored once this returns. It may come again until then.
    /// </summary>
    [Alias("report-events"), AlwaysInterleave]
    Task ReportEventsAsync(EngineEventReport report, CancellationToken cancellationToken);

    /// <summary>What there is to know of a channel that clients write; <see langword="null"/> where there is none, or no such session any more.</summary>
    [Alias("find-input"), AlwaysInterleave]
    Task<InputDefinition?> FindInputAsync(string channel, CancellationToken cancellationToken);

    /// <summary>
    /// Says that somebody listens to a channel that is not kept, and where it stands once it has writers in a newer attempt than that, or the
    /// session has ended, or that time is over; <see langword="null"/> where there is none such, or no such session any more.
    /// </summary>
    [Alias("watch-tap"), AlwaysInterleave]
    Task<TapDefinition?> WatchTapAsync(string channel, int attached, TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>See <see cref="ISubSessionGrain.FindAsync"/>.</summary>
    [Alias("find-node"), AlwaysInterleave]
    Task<SubSessionSnapshot?> FindNodeAsync(string node, CancellationToken cancellationToken);

    /// <summary>See <see cref="ISubSessionGrain.StopAsync"/>.</summary>
    [Alias("stop-node"), AlwaysInterleave]
    Task<SubSessionSnapshot?> StopNodeAsync(string node, CancellationToken cancellationToken);
}
