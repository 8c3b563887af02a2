using BlueEdge.Grains.Scheduling.Matching;

namespace BlueEdge.Grains.Scheduling;

/// <summary>A loss of which its session has not heard yet, as it is stored.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.stored-loss")]
public sealed record StoredLoss
{
    /// <summary>The session that it held slots for.</summary>
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>The attempt's number; the first is 1.</summary>
    [Id(1)]
    public required int Epoch { get; init; }

    /// <summary>The instance that was lost.</summary>
    [Id(2)]
    public required string Instance { get; init; }

    /// <summary>Why, as users read it.</summary>
    [Id(3)]
    public required string Reason { get; init; }

    internal static StoredLoss Of(LeaseLoss loss) =>
        new() { SessionId = loss.SessionId, Epoch = loss.Epoch, Instance = loss.Instance, Reason = loss.Reason };

    internal LeaseLoss ToLoss() => new(SessionId, Epoch, Instance, Reason);
}
