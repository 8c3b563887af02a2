using System.Collections.Immutable;
using BlueEdge.DeadLetters;
using BlueEdge.Grains.DeadLetters;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;

namespace BlueEdge.EngineHost.Tests.Cluster;

/// <summary>Keeps nothing: dead letters are told of where there are whole sessions.</summary>
internal sealed class NoDeadLetters : IDeadLetterStore
{
    public Task KeepAsync(string sessionId, DeadLetter letter) => Task.CompletedTask;

    public Task<ImmutableArray<DeadLetter>> ReadAsync(string sessionId, SessionSpec spec, SessionState state) =>
        Task.FromResult(ImmutableArray<DeadLetter>.Empty);
}
