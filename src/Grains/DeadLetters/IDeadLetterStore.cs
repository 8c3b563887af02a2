using System.Collections.Immutable;
using BlueEdge.DeadLetters;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;
using BlueEdge.Storage;

namespace BlueEdge.Grains.DeadLetters;

/// <summary>Keeps the item that each node of a session had in hand last, as far as it is worth keeping.</summary>
public interface IDeadLetterStore
{
    /// <summary>Keeps the item in place of the node's former one. A store that is away is no reason to hold up the engine.</summary>
    Task KeepAsync(string sessionId, DeadLetter letter);

    /// <summary>What is dead of a session that failed: items that failed nodes had in hand in their last attempt.</summary>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    Task<ImmutableArray<DeadLetter>> ReadAsync(string sessionId, SessionSpec spec, SessionState state);
}
