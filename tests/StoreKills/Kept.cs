using System.Collections.Immutable;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Sessions;

namespace BlueEdge.StoreKills;

/// <summary>A session as the model has it.</summary>
internal sealed record Kept(string Id, SessionSpec Spec, long Version, SessionState State)
{
    /// <summary>What its present attempt has written.</summary>
    public ImmutableArray<string> Items { get; init; } = [];

    public ExpiredSession Expired => new(ListedSession.Of(Id, Spec, State), SessionGroups.Of(State.Status));
}
