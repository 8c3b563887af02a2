namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>Leases of an attempt that went with their instance. The session must hear of it.</summary>
internal readonly record struct LeaseLoss(string SessionId, int Epoch, string Instance, string Reason);
