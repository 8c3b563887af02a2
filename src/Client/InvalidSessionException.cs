using System.Collections.Immutable;
using BlueEdge.Validation;

namespace BlueEdge.Client;

/// <summary>A session was refused; nothing was created.</summary>
public sealed class InvalidSessionException : BlueEdgeException
{
    internal InvalidSessionException(string message, ImmutableArray<Fault> faults)
        : base(message) => Faults = faults;

    /// <summary>Every fault of the spec, each with its JSON pointer; empty where the id names another session already.</summary>
    public ImmutableArray<Fault> Faults { get; }
}
