using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Checks;

/// <summary>A time in which no session was accepted, though enough parts ran.</summary>
/// <param name="From">Since when enough ran, or the last was accepted.</param>
/// <param name="To">When one was accepted, or not enough ran any more.</param>
/// <param name="Cause">The last fault that began before it ended.</param>
internal sealed record Gap(TimeSpan From, TimeSpan To, Outage? Cause)
{
    public TimeSpan Length => To - From;

    public string Kind => Cause is null ? "no fault" : $"{Cause.Fault} {Cause.Role}";
}
