using BlueEdge.Grains.Scheduling.Matching;

namespace BlueEdge.Grains.Scheduling;

/// <summary>A loss of which its session has not heard yet, as it is stored.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.stored-loss")]
internal sealed record StoredLoss
{
    [Id(0)]
    public required string SessionId { get; init; }

    [Id(1)]
    public required int Epoch { get; init; }

    [Id(2)]
    public required string Instance { get; init; }

    [Id(3)]
    public required string Reason { get; init; }

    public static StoredLoss Of(LeaseLoss loss) =>
        new() { SessionId = loss.SessionId, Epoch = loss.Epoch, Instance = loss.Instance, Reason = loss.Reason };

    public LeaseLoss ToLoss() => new(SessionId, Epoch, Instance, Reason);
}
