namespace BlueEdge.Soak.History;

/// <summary>An engine's figures, as a gateway tells them.</summary>
internal sealed record EngineAtRest(string Gateway, string Engine, int Waiting, int Working, int Instances, int Draining, int Busy, int Slots, int Free);
